-- Funding sources of the self-evaluation forms. Grain: one source of a form (document version × form_no × fund_no).
-- Key: document_id, form_no, fund_no.
create view mart.performance_fund as
with

document as (
    select * from mart.published_document
),

performance_project as (
    select * from staging.performance_project
),

performance_fund as (
    select * from staging.performance_fund
)

select
    document.{shared},
    performance_project.project,
    performance_fund.source,
    performance_fund.initial_budget_wan,
    performance_fund.adjusted_budget_wan,
    performance_fund.executed_wan,
    performance_fund.form_no,
    performance_fund.fund_no,
    document.is_current,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from performance_fund
inner join performance_project
    on performance_project.parse_id = performance_fund.parse_id
    and performance_project.form_no = performance_fund.form_no
inner join document on document.parse_id = performance_fund.parse_id;

comment on view mart.performance_fund is '绩效自评表的资金来源（不含合计行），含旧版本文件。粒度：每个文件版本的每张自评表、每个资金来源一行';
comment on column mart.performance_fund.source is '资金来源，如印出：财政拨款、单位资金等';
