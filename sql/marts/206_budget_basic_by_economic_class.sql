-- Budgeted basic expenditure by economic class (YS06; where that is not printed, the column of it in YS14).
-- Grain: one current budget × row of the table: economic code, with the code of the government's budget where both are
-- printed, or total.
-- Key: document_id, row_key.
create view mart.budget_basic_by_economic_class as
with

budget_row as (
    select * from intermediate.budget_row
    where table_code = 'YS06' or (table_code = 'YS14' and amounts ? 'basic')
),

basic_table as (
    select * from intermediate.table_state
    where table_code = 'YS06'
),

basic as (
    select
        *,
        (amounts ->> case table_code when 'YS06' then 'total' else 'basic' end)::numeric(20, 6) as total_wan
    from budget_row
    where
        table_code = 'YS06'
        or exists (
            select from basic_table
            where basic_table.parse_id = budget_row.parse_id and basic_table.status = 'absent'
        )
),

-- Partitioned by all columns that queries filter by, so that PostgreSQL reads only the documents that are asked for.
with_total as (
    select
        *,
        max(basic.total_wan) filter (where basic.row_key = 'TOTAL' and basic.is_sound)
            over (partition by basic.{shared}, basic.slot_id, basic.department_id) as whole_wan
    from basic
)

select
    with_total.{shared},
    with_total.table_code,
    with_total.row_key,
    with_total.row_label,
    with_total.unit,
    with_total.economic_code,
    left(with_total.economic_code, 3) as class_code,
    with_total.level,
    with_total.is_leaf,
    with_total.total_wan,
    (with_total.amounts ->> 'personnel')::numeric(20, 6) as personnel_wan,
    (with_total.amounts ->> 'public')::numeric(20, 6) as public_wan,
    (with_total.total_wan * 100 / nullif(with_total.whole_wan, 0))::numeric(38, 2) as share_of_basic_pct,
    with_total.is_sound,
    with_total.why_not,
    with_total.page,
    with_total.line_no,
    with_total.file_no,
    with_total.economic_subject_id,
    with_total.slot_id,
    with_total.department_id,
    with_total.document_kind
from with_total;

comment on view mart.budget_basic_by_economic_class is '基本支出预算：按部门预算支出经济分类（现行预算；合计行也在其中）。粒度：每个预算的一般公共预算基本支出表每行一行';
comment on column mart.budget_basic_by_economic_class.share_of_basic_pct is '占基本支出预算合计的比重（%）；合计未印或不可靠为空';
comment on column mart.budget_basic_by_economic_class.unit is '所属单位；行不分单位为空';
comment on column mart.budget_basic_by_economic_class.personnel_wan is '人员经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_basic_by_economic_class.public_wan is '公用经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_basic_by_economic_class.unit is '所属单位；行不分单位为空';
comment on column mart.budget_basic_by_economic_class.personnel_wan is '人员经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_basic_by_economic_class.public_wan is '公用经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_basic_by_economic_class.unit is '所属单位；行不分单位为空';
comment on column mart.budget_basic_by_economic_class.personnel_wan is '人员经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_basic_by_economic_class.public_wan is '公用经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_basic_by_economic_class.unit is '所属单位；行不分单位为空';
comment on column mart.budget_basic_by_economic_class.personnel_wan is '人员经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_basic_by_economic_class.public_wan is '公用经费（万元）；空白、未印或未能确切读出为空';
