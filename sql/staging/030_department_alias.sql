-- Names of departments with the years in which they were used. Grain: one name of a department.
create view staging.department_alias as
select
    department_id,
    name,
    valid_from_year,
    valid_to_year
from warehouse.department_alias;

comment on view staging.department_alias is '部门名称及其使用年度：机构会改名。粒度：每个部门的每个名称一行';
comment on column staging.department_alias.department_id is '部门编号';
comment on column staging.department_alias.name is '该部门在文件中使用过的名称';
comment on column staging.department_alias.valid_from_year is '名称最早使用的决算年度；未知为空';
comment on column staging.department_alias.valid_to_year is '名称最晚使用的决算年度；未知为空';
