-- The disclosures that the manifests of sources expect, and when they are due. Grain: one expected slot
-- (department × division × fiscal year × kind × scope, as the manifests name them).
create view intermediate.expected_slot as
with

source as (
    select * from staging.source
),

today as (
    select * from intermediate.today
),

listed as (
    select
        source.source_id,
        department.name as department,
        source.division_code,
        source.fiscal_year,
        source.kind,
        source.scope,
        source.due_on,
        (source.first_listed_at at time zone 'Asia/Shanghai')::date as listed_on,
        cardinality(source.departments) = 1 as is_only_department
    from source
    cross join today
    cross join unnest(source.departments) as department (name)
    where
        source.fiscal_year is not null
        and source.first_listed_at < today.moment
        and (source.retired_at is null or source.retired_at >= today.moment)
)

select
    department,
    division_code,
    fiscal_year,
    kind,
    scope,
    min(due_on) as due_on,
    min(listed_on) as listed_on,
    array_agg(source_id order by source_id) as source_ids,
    array_agg(source_id order by source_id) filter (where is_only_department) as own_source_ids
from listed
group by department, division_code, fiscal_year, kind, scope;

comment on view intermediate.expected_slot is '来源清单预期公开的文件位。粒度：清单所写的每个部门、地区、年度、种类、口径一行';
comment on column intermediate.expected_slot.department is '清单所写的部门名称';
comment on column intermediate.expected_slot.division_code is '清单所写的行政区划代码；未写为空';
comment on column intermediate.expected_slot.fiscal_year is '清单所写的决算年度';
comment on column intermediate.expected_slot.scope is '清单所写的口径：department 部门、unit 单位；未写为空';
comment on column intermediate.expected_slot.due_on is '应公开日期；多个来源取最早；未写为空';
comment on column intermediate.expected_slot.listed_on is '最早列入清单的日期';
comment on column intermediate.expected_slot.source_ids is '预期该文件位的来源编号';
comment on column intermediate.expected_slot.own_source_ids is '其中只预期这一部门的来源编号；没有为空';
