-- Comparison of self-evaluations: scores, scores against execution rates, share of indicators that can be judged.
-- Grain: one current document that holds a form (department × scope × fiscal year).
-- Key: document_id.
create view mart.performance_comparison as
with

document as (
    select * from intermediate.current_accounts
),

-- A project is not executed if its printed rate is 0, or where none is printed, if its executed amount is 0.
performance_project as (
    select
        *,
        coalesce(execution_rate_pct, executed_wan * 100 / nullif(adjusted_budget_wan, 0)) = 0
        and coalesce(adjusted_budget_wan, 1) > 0 as is_not_executed  -- a budget of 0 has nothing to execute
    from staging.performance_project
),

performance_indicator as (
    select * from staging.performance_indicator
),

-- Rules about sums within a form: weights, scores, funds, rates. Their row key is the project of the form.
check_result as (
    select * from staging.check_result
    where rule_id in ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') and outcome = 'broken'
),

undetermined as (
    select * from staging.check_result
    where rule_id in ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') and outcome = 'undetermined'
)

select
    document.{shared},
    form.forms,
    form.projects,
    form.department_forms,
    form.department_score,
    form.initial_budget_wan,
    form.adjusted_budget_wan,
    form.executed_wan,
    (form.rated_executed_wan * 100 / nullif(form.rated_budget_wan, 0))::numeric(38, 2) as execution_rate_pct,
    form.scored_projects,
    form.average_score,
    form.lowest_score,
    form.projects_at_least_90,
    (form.projects_at_least_90 * 100::numeric / nullif(form.scored_projects, 0))::numeric(38, 2) as share_at_least_90_pct,
    form.projects_not_executed,
    form.zero_execution_high_score,
    form.score_minus_execution_rate,
    (form.executed_wan / nullif(form.projects_with_money, 0))::numeric(38, 6) as cost_per_project_wan,
    indicator.indicators,
    indicator.quantified,
    indicator.qualitative,
    indicator.indicators - indicator.quantified - indicator.qualitative as not_taken_apart,
    (indicator.qualitative * 100::numeric / nullif(indicator.indicators, 0))::numeric(38, 2)
        as qualitative_share_pct,
    indicator.indicators_met,
    indicator.indicators_unmet,
    indicator.indicators_unmet_full_score,
    (select count(distinct check_result.row_key) from check_result
        where check_result.parse_id = document.parse_id) as forms_not_adding_up,
    form.forms_not_whole,
    form.forms_not_whole = 0
    and not exists (select from undetermined where undetermined.parse_id = document.parse_id) as is_comparable,
    case
        when form.forms_not_whole > 0 then form.forms_not_whole || ' 张自评表未能全部读出'
        when exists (select from undetermined where undetermined.parse_id = document.parse_id)
            then '自评表内有勾稽关系无法判定'
    end as why_not,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from document
inner join lateral (
    select
        count(*) as forms,
        count(*) filter (where kind = 'project') as projects,
        count(*) filter (where kind = 'department') as department_forms,
        max(total_score) filter (where kind = 'department')::numeric(38, 2) as department_score,
        sum(initial_budget_wan) filter (where kind = 'project')::numeric(38, 6) as initial_budget_wan,
        sum(adjusted_budget_wan) filter (where kind = 'project')::numeric(38, 6) as adjusted_budget_wan,
        sum(executed_wan) filter (where kind = 'project')::numeric(38, 6) as executed_wan,
        sum(executed_wan) filter (where kind = 'project' and adjusted_budget_wan is not null) as rated_executed_wan,
        sum(adjusted_budget_wan) filter (where kind = 'project' and executed_wan is not null) as rated_budget_wan,
        count(executed_wan) filter (where kind = 'project') as projects_with_money,
        count(total_score) filter (where kind = 'project') as scored_projects,
        avg(total_score) filter (where kind = 'project')::numeric(38, 2) as average_score,
        min(total_score) filter (where kind = 'project')::numeric(38, 2) as lowest_score,
        avg(total_score - execution_rate_pct) filter (where kind = 'project')::numeric(38, 2) as score_minus_execution_rate,
        count(*) filter (where kind = 'project' and total_score >= 90) as projects_at_least_90,
        count(*) filter (where kind = 'project' and is_not_executed) as projects_not_executed,
        count(*) filter (where kind = 'project' and is_not_executed and total_score >= 80) as zero_execution_high_score,
        count(*) filter (where not is_whole) as forms_not_whole
    from performance_project
    where performance_project.parse_id = document.parse_id
) as form on form.forms > 0
cross join lateral (
    select
        count(*) as indicators,
        count(target_value) as quantified,
        count(*) filter (where target_value is null and target !~ '[0-9０-９]') as qualitative,
        count(*) filter (where is_met) as indicators_met,
        count(*) filter (where not is_met) as indicators_unmet,
        -- Only forms that were read completely count, as in check P8.
        count(*) filter (
            where not is_met and score = weight and weight > 0 and exists (
                select from performance_project
                where performance_project.parse_id = performance_indicator.parse_id
                    and performance_project.form_no = performance_indicator.form_no
                    and performance_project.is_whole
            )
        ) as indicators_unmet_full_score
    from performance_indicator
    where performance_indicator.parse_id = document.parse_id
) as indicator;

comment on view mart.performance_comparison is '绩效自评比较（有自评表的现行决算文件）。粒度：每个文件一行';
comment on column mart.performance_comparison.forms is '自评表张数';
comment on column mart.performance_comparison.projects is '项目自评表张数';
comment on column mart.performance_comparison.department_forms is '部门整体自评表张数';
comment on column mart.performance_comparison.department_score is '部门整体自评总分；没有为空';
comment on column mart.performance_comparison.initial_budget_wan is '各项目年初预算数之和（万元）';
comment on column mart.performance_comparison.adjusted_budget_wan is '各项目全年预算数之和（万元）';
comment on column mart.performance_comparison.executed_wan is '各项目全年执行数之和（万元）';
comment on column mart.performance_comparison.execution_rate_pct is '执行率（%）：执行数之和 ÷ 全年预算数之和，只计两数俱全的项目';
comment on column mart.performance_comparison.scored_projects is '有总分的项目个数';
comment on column mart.performance_comparison.average_score is '项目自评总分的平均';
comment on column mart.performance_comparison.lowest_score is '项目自评总分的最低分';
comment on column mart.performance_comparison.projects_at_least_90 is '自评总分不低于 90 分的项目个数';
comment on column mart.performance_comparison.share_at_least_90_pct is '自评总分不低于 90 分的项目占比（%），反映评分偏高的程度';
comment on column mart.performance_comparison.projects_not_executed is '执行率为 0 的项目个数（未印执行率者按执行数与全年预算数计；全年预算为 0 者不计）';
comment on column mart.performance_comparison.zero_execution_high_score is '执行率为 0 而自评总分不低于 80 分的项目个数';
comment on column mart.performance_comparison.score_minus_execution_rate is '项目总分减执行率的平均（分），只计两数俱全的项目：越大，评分与执行越不相称';
comment on column mart.performance_comparison.cost_per_project_wan is '项目平均执行数（万元），只计印有执行数的项目';
comment on column mart.performance_comparison.indicators is '指标个数（含部门整体自评表）';
comment on column mart.performance_comparison.quantified is '定量指标个数：指标值可以读成数';
comment on column mart.performance_comparison.qualitative is '定性指标个数：指标值为不含数字的文字';
comment on column mart.performance_comparison.not_taken_apart is '未能归入定量或定性的指标个数：未印指标值，或指标值含数字而不能读成一个数（如日期、公式）';
comment on column mart.performance_comparison.qualitative_share_pct is '定性指标占比（%）';
comment on column mart.performance_comparison.indicators_met is '完成的定量指标个数：实际完成值达到指标值（方向依所印符号，未印符号的依指标名称，如成本以不超过为完成）';
comment on column mart.performance_comparison.indicators_unmet is '未完成的定量指标个数；方向不能确定的不计';
comment on column mart.performance_comparison.indicators_unmet_full_score is '未完成而得满分的指标个数，只计全部读出的自评表，与勾稽关系 P8 一致';
comment on column mart.performance_comparison.forms_not_adding_up is '自评表内部不平的张数：分值、得分、资金、执行率有不符（P1 至 P6）；同名自评表计一张';
comment on column mart.performance_comparison.forms_not_whole is '未能全部读出的自评表张数';
comment on column mart.performance_comparison.is_comparable is '是否可比：各自评表全部读出，表内勾稽关系均可判定';
comment on column mart.performance_comparison.why_not is '不可比的理由；可比为空';
