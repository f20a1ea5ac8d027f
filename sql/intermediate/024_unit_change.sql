-- The units of two years: which were added, which removed. The head office is one, whatever the body is called.
-- Grain: one current document whose list of units, and that of the year before, were read.
create view intermediate.unit_change as
with

pair as (
    select * from intermediate.consecutive_year
),

unit as (
    select
        parse_id,
        unit_no,
        unit,
        case when is_head_office then '' else body end as body
    from staging.department_unit
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
last_unit as (
    select
        parse_id,
        unit_no,
        unit,
        case when is_head_office then '' else body end as body
    from staging.department_unit
)

select
    pair.document_id,
    pair.last_document_id,
    compared.units,
    compared.last_units,
    compared.units_added,
    compared.units_removed,
    compared.units_kept
from pair
cross join lateral (
    select
        count(*) filter (where now_unit.body is not null) as units,
        count(*) filter (where before_unit.body is not null) as last_units,
        coalesce(array_agg(now_unit.unit order by now_unit.unit_no) filter (where before_unit.body is null), '{}') as units_added,
        coalesce(array_agg(before_unit.unit order by before_unit.unit_no) filter (where now_unit.body is null), '{}')
            as units_removed,
        count(*) filter (where now_unit.body is not null and before_unit.body is not null) as units_kept
    from (select * from unit where unit.parse_id = pair.parse_id) as now_unit
    full join (select * from last_unit where last_unit.parse_id = pair.last_parse_id) as before_unit
        on before_unit.body = now_unit.body
) as compared
where compared.units > 0 and compared.last_units > 0;

comment on view intermediate.unit_change is '单位构成两年之间的变化，依名称比较，本级视为同一个。粒度：每个现行文件（其与上年文件都列有单位）一行';
comment on column intermediate.unit_change.document_id is '本年文件版本编号';
comment on column intermediate.unit_change.units is '本年所列单位个数';
comment on column intermediate.unit_change.last_units is '上年所列单位个数';
comment on column intermediate.unit_change.units_added is '本年增加的单位，如本年所印';
comment on column intermediate.unit_change.units_removed is '本年减少的单位，如上年所印';
comment on column intermediate.unit_change.units_kept is '两年都列有的单位个数';
