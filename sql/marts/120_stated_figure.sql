-- What the narrative says. Grain: one figure (document version × kind × subject × measure).
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
    document.document_id,
    document.source_name,
    document.province,
    document.city,
    document.county,
    document.division_code,
    document.jurisdiction_level,
    document.department,
    document.department_kind,
    document.scope,
    document.fiscal_year,
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
    document.department_id
from stated_figure
inner join document on document.parse_id = stated_figure.parse_id
left join functional_subject on functional_subject.functional_subject_id = stated_figure.functional_subject_id;

comment on view mart.stated_figure is '情况说明中的数字与文字，含旧版本文件。粒度：每个文件版本的每个种类、对象、指标一行';
comment on column mart.stated_figure.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.stated_figure.source_name is '文件名（来源：入库文件）';
comment on column mart.stated_figure.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.stated_figure.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.stated_figure.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.stated_figure.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.stated_figure.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.stated_figure.department is '部门名称；无法判断时为空';
comment on column mart.stated_figure.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.stated_figure.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.stated_figure.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.stated_figure.kind is '种类：income_composition、expenditure_composition、structure、budget_vs_final、fund_budget_vs_final、year_over_year、three_public_amount、three_public_detail、operating_cost、procurement、state_assets、performance_summary、project_score';
comment on column mart.stated_figure.subject is '所说的对象：印出的科目或项目名称，或 all、TOTAL、personnel 等';
comment on column mart.stated_figure.measure is '指标，例如 initial_budget、final、completion_pct、current、change、change_pct、reason';
comment on column mart.stated_figure.value is '数值，以 unit 计，减少、下降为负；以文字回答者为空';
comment on column mart.stated_figure.text is '以文字回答者的文字，例如增减原因；其余为空';
comment on column mart.stated_figure.unit is '数值的单位：万元、元、%、个、辆、人次等；文字为空';
comment on column mart.stated_figure.functional_code is '支出功能分类科目代码；对象不是科目或无法对应时为空';
comment on column mart.stated_figure.printed is '读出数值的原文';
comment on column mart.stated_figure.page is '页码，自 1 起；文本文件为空';
comment on column mart.stated_figure.line_no is '文本文件的行号，自 1 起；其他格式为空';
comment on column mart.stated_figure.amount_wan is '金额换算为万元；不是金额者为空';
comment on column mart.stated_figure.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
comment on column mart.stated_figure.repair_reason is '修复或存疑的理由；与原文一致者为空';
comment on column mart.stated_figure.functional_subject_id is '功能分类科目编号，连接 mart.functional_subject';
comment on column mart.stated_figure.is_current is '是否为该文件位的最新版本';
comment on column mart.stated_figure.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.stated_figure.department_id is '部门编号，连接 mart.department；无法判断时为空';
