-- Figures and texts stated in the narrative. Grain: one figure (document version × kind × subject × measure).
-- Key: document_id, kind, subject, measure.
create view mart.stated_figure as
with

document as (
    select * from mart.published_document
),

stated_figure as (
    select * from staging.stated_figure
),

functional_subject as (
    select * from staging.functional_subject
)

select
    document.{shared},
    stated_figure.kind,
    stated_figure.subject,
    stated_figure.measure,
    stated_figure.value,
    stated_figure.text,
    stated_figure.unit,
    functional_subject.code as functional_code,
    stated_figure.printed,
    stated_figure.page,
    stated_figure.line_no,
    stated_figure.amount_wan,
    stated_figure.status,
    stated_figure.repair_reason,
    stated_figure.functional_subject_id,
    document.is_current,
    document.slot_id,
    document.department_id,
    document.kind as document_kind,
    stated_figure.file_no,
    stated_figure.sheet,
    stated_figure.cell,
    stated_figure.box,
    {evidence_url(document.document_id, concat_ws('/', 'stated', stated_figure.kind, stated_figure.subject, stated_figure.measure))}
        as evidence_url
from stated_figure
inner join document on document.parse_id = stated_figure.parse_id
left join functional_subject on functional_subject.functional_subject_id = stated_figure.functional_subject_id;

comment on view mart.stated_figure is '情况说明中的数字与文字，含旧版本文件。粒度：每个文件版本的每个种类、对象、指标一行';
comment on column mart.stated_figure.kind is '种类：income_composition、expenditure_composition、structure、budget_vs_final、fund_budget_vs_final、year_over_year、three_public_amount、three_public_detail、operating_cost、procurement、state_assets、performance_summary、project_score，预算另有 item_budget';
comment on column mart.stated_figure.subject is '所说的对象：印出的科目或项目名称，或 all、TOTAL、personnel 等';
comment on column mart.stated_figure.measure is '指标，例如 initial_budget、final、completion_pct、current、change、change_pct、reason';
comment on column mart.stated_figure.value is '数值，以 unit 计，减少、下降为负；以文字回答者为空';
comment on column mart.stated_figure.text is '以文字回答者的文字，例如增减原因；其余为空';
comment on column mart.stated_figure.unit is '数值的单位：万元、元、%、个、辆、人次等；文字为空';
comment on column mart.stated_figure.functional_code is '支出功能分类科目代码；对象不是科目或无法对应时为空';
comment on column mart.stated_figure.printed is '读出数值的原文';
comment on column mart.stated_figure.amount_wan is '金额换算为万元；不是金额者为空';
comment on column mart.stated_figure.repair_reason is '修复或存疑的理由；与原文一致者为空';
