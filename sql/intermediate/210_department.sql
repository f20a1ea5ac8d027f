-- Departments that have a document. Grain: one department.
create view intermediate.department as
with

department as (
    select * from staging.department
),

slot as (
    select * from staging.document_slot
),

department_alias as (
    select * from staging.department_alias
),

jurisdiction as (
    select * from staging.jurisdiction
)

select
    department.department_id,
    department.name as department,
    department.kind as department_kind,
    department.division_code,
    jurisdiction.name as jurisdiction,
    jurisdiction.level as jurisdiction_level,
    array(
        select department_alias.name
        from department_alias
        where department_alias.department_id = department.department_id
        order by department_alias.valid_from_year, department_alias.name
    ) as names_printed
from department
left join jurisdiction on jurisdiction.division_code = department.division_code
where exists (select from slot where slot.department_id = department.department_id);

comment on view intermediate.department is '部门维度：有文件入库的部门。粒度：每个部门一行';
comment on column intermediate.department.department_id is '部门编号';
comment on column intermediate.department.department is '部门名称';
comment on column intermediate.department.department_kind is '部门类别，例如 工业和信息化；无法判断时为空';
comment on column intermediate.department.division_code is '所属行政区划代码；无法判断时为空';
comment on column intermediate.department.jurisdiction is '所属行政区划名称；无法判断时为空';
comment on column intermediate.department.names_printed is '文件中印出过的全部名称，按使用年度排列';
