-- Departments: bodies that publish accounts. Grain: one department of a division.
create view staging.department as
select
    department_id,
    name,
    kind,
    division_code
from warehouse.department;

comment on view staging.department is '部门：公开决算的机构。粒度：每个地区的每个部门一行';
comment on column staging.department.department_id is '部门编号（仓库内部）';
comment on column staging.department.name is '部门名称；改名的部门保留一行，曾用名见 department_alias';
comment on column staging.department.kind is '部门类别，使不同地区的同类部门可比，如 工业和信息化；无法判断时为空';
comment on column staging.department.division_code is '所属行政区划代码；无法判断时为空';
