-- Expenditure of all departments of a division by class. Grain: one division × fiscal year × scope × class
-- (and TOTAL, the sum of the departments' total rows). Documents of unknown place, year or scope are left out.
-- Only sound numbers are added; `left_out` counts the documents whose number is not. Departments without a document are
-- not counted.
create view intermediate.class_expenditure as
with

published_document as (
    select * from intermediate.current_accounts
    where scope is not null
),

jurisdiction as (
    select * from intermediate.jurisdiction
),

metric_value as (
    select * from mart.metric_value
    where metric = 'expenditure' or (metric_family = 'functional' and length(functional_code) = 3)
),

-- Documents whose table was not read completely: they may have any class.
unread as (
    select
        document.fiscal_year,
        document.division_code,
        document.scope,
        array_agg(document.document_id) as document_ids
    from intermediate.current_accounts as document
    inner join staging.metric_family as family on family.metric_family = 'functional'
    cross join lateral (
        select table_state.is_unread from intermediate.table_state
        where table_state.parse_id = document.parse_id and table_state.table_code = family.table_code
        offset 0
    ) as shown
    where document.scope is not null and shown.is_unread
    group by document.fiscal_year, document.division_code, document.scope
),

added as (
    select
        published_document.fiscal_year,
        published_document.division_code,
        published_document.scope,
        coalesce(metric_value.functional_code, 'TOTAL') as class_code,
        sum(metric_value.amount_wan) filter (where metric_value.is_sound)::numeric(38, 6) as amount_wan,
        count(*) filter (where metric_value.is_sound) as documents,
        count(*) filter (where not metric_value.is_sound) as left_out,
        array_agg(published_document.document_id) as document_ids
    from published_document
    inner join metric_value on metric_value.document_id = published_document.document_id
    group by
        published_document.fiscal_year,
        published_document.division_code,
        published_document.scope,
        coalesce(metric_value.functional_code, 'TOTAL')
)

select
    added.fiscal_year,
    added.division_code,
    jurisdiction.province,
    jurisdiction.city,
    jurisdiction.county,
    jurisdiction.jurisdiction_level,
    added.scope,
    added.class_code,
    added.amount_wan,
    added.documents,
    added.left_out + (
        select count(*) from unnest(unread.document_ids) as document (id)
        where document.id <> all (added.document_ids)
    ) as left_out
from added
inner join jurisdiction on jurisdiction.division_code = added.division_code
left join unread
    on unread.fiscal_year = added.fiscal_year
    and unread.division_code = added.division_code
    and unread.scope = added.scope
where added.fiscal_year is not null;

comment on view intermediate.class_expenditure is '各地区按功能分类（类）的支出合计，写入 mart.class_expenditure：只加可靠的数，未公开的部门不在其中，地区、年度或口径不明的文件也不在其中。粒度：每个地区、年度、口径、类（TOTAL 为各部门支出合计）一行';
comment on column intermediate.class_expenditure.fiscal_year is '决算年度';
comment on column intermediate.class_expenditure.division_code is '行政区划代码，六位';
comment on column intermediate.class_expenditure.province is '省份';
comment on column intermediate.class_expenditure.city is '地级市；省级为空';
comment on column intermediate.class_expenditure.county is '县（区）；省、市级为空';
comment on column intermediate.class_expenditure.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级';
comment on column intermediate.class_expenditure.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加';
comment on column intermediate.class_expenditure.class_code is '支出功能分类科目（类）代码；TOTAL 为支出合计';
comment on column intermediate.class_expenditure.amount_wan is '金额（万元，来源：公开03表本年支出合计列）：可靠的数之和；没有可靠的数为空';
comment on column intermediate.class_expenditure.documents is '相加的文件数';
comment on column intermediate.class_expenditure.left_out is '未相加的文件数：印有该类而数字不可靠，或公开03表未能全部读出、不知是否印有该类';
