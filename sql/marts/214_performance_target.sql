-- Performance targets of budgets (YS12, YS13), each beside the indicator of the same name in the self-evaluation of the
-- accounts of the year. Grain: one indicator of a form of a current budget; a form without indicators has one row.
-- Key: document_id, form_no, seq.
create view mart.performance_target as
with

document as (
    select * from mart.published_document
    where is_current and kind = 'budget'
),

form as (
    select * from staging.performance_project
),

indicator as (
    select * from staging.performance_indicator
),

outcome as (
    select * from intermediate.project_value
    where targets = 1 and results = 1
),

account as (
    select * from mart.published_document
),

result as (
    select * from staging.performance_indicator
)

select
    document.{shared},
    form.form_no,
    form.project,
    form.kind,
    form.competent_department,
    form.implementing_unit,
    form.initial_budget_wan,
    form.target_text,
    indicator.seq,
    indicator.level1,
    indicator.level2,
    indicator.level3,
    indicator.target,
    indicator.target_operator,
    indicator.target_value,
    indicator.target_unit,
    indicator.weight,
    outcome.account_document_id,
    outcome.result_form_no,
    achieved.actual,
    achieved.actual_value,
    achieved.score,
    achieved.is_met,
    form.is_whole,
    coalesce(indicator.page, form.page) as page,
    coalesce(indicator.line_no, form.line_no) as line_no,
    coalesce(indicator.file_no, form.file_no) as file_no,
    document.slot_id,
    document.department_id,
    document.kind as document_kind,
    form.project_code
from document
inner join form on form.parse_id = document.parse_id
left join indicator on indicator.parse_id = form.parse_id and indicator.form_no = form.form_no
left join lateral (
    select * from outcome
    where outcome.budget_document_id = document.document_id and outcome.target_form_no = form.form_no
    offset 0
) as outcome on true
-- The indicator with the same words; where several have them, none.
left join lateral (
    select
        min(result.actual) as actual,
        min(result.actual_value) as actual_value,
        min(result.score) as score,
        bool_and(result.is_met) as is_met
    from account
    inner join result on result.parse_id = account.parse_id
    where
        account.document_id = outcome.account_document_id
        and result.form_no = outcome.result_form_no
        and translate(result.level3, E' \u3000\n', '') = translate(indicator.level3, E' \u3000\n', '')
    having count(*) = 1
) as achieved on true;

comment on view mart.performance_target is '绩效目标（现行预算），及同一年度决算自评表中同名指标的实际完成值。粒度：每个预算的每张绩效目标表、每个指标一行；没有指标的表一行';
comment on column mart.performance_target.form_no is '绩效目标表在文件中的序号，连接 mart.performance_project';
comment on column mart.performance_target.kind is '表的种类：project 项目、department 部门整体';
comment on column mart.performance_target.initial_budget_wan is '表中所列预算金额（万元）；未印为空';
comment on column mart.performance_target.seq is '指标在表中的序号，自 1 起，按印出顺序；没有指标为空';
comment on column mart.performance_target.target is '指标值原文；未印为空';
comment on column mart.performance_target.target_operator is '指标值的关系：=、>=、<=、>、<；未印符号的、定性指标为空';
comment on column mart.performance_target.account_document_id is '列有同名项目自评表的决算的文件版本编号；没有为空';
comment on column mart.performance_target.result_form_no is '同名项目的自评表在决算文件中的序号；没有或不止一张为空';
comment on column mart.performance_target.actual is '自评表中同名指标的实际完成值原文；没有为空';
comment on column mart.performance_target.actual_value is '自评表中同名指标的实际完成值的数值；没有为空';
comment on column mart.performance_target.score is '自评表中同名指标的得分；没有为空';
comment on column mart.performance_target.is_met is '自评表中同名指标是否完成；不能确定或没有为空';
