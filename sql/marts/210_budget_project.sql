-- Projects of budgets (YS10), each with its target and with what the accounts of the year say of it.
-- Grain: one current budget × row of the table: project, with its unit and the levels above it, unit, or total.
-- Key: document_id, row_key.
create view mart.budget_project as
select
    budget_row.{shared},
    budget_row.row_key,
    budget_row.row_label,
    budget_row.unit,
    case when strpos(budget_row.row_key, 'project:') > 0
        then regexp_replace(substring(budget_row.row_key from '([^/]*)$'), '^project:', '')
    end as project,
    (budget_row.amounts ->> 'total')::numeric(20, 6) as total_wan,
    (budget_row.amounts ->> 'fiscal_appropriation')::numeric(20, 6) as fiscal_appropriation_wan,
    (budget_row.amounts ->> 'general_public_budget')::numeric(20, 6) as general_public_budget_wan,
    (budget_row.amounts ->> 'government_fund')::numeric(20, 6) as government_fund_wan,
    (budget_row.amounts ->> 'state_capital')::numeric(20, 6) as state_capital_wan,
    (budget_row.amounts ->> 'fiscal_special_account')::numeric(20, 6) as fiscal_special_account_wan,
    (budget_row.amounts ->> 'education_fees')::numeric(20, 6) as education_fees_wan,
    (budget_row.amounts ->> 'institutional')::numeric(20, 6) as institutional_wan,
    (budget_row.amounts ->> 'operating')::numeric(20, 6) as operating_wan,
    (budget_row.amounts ->> 'superior_subsidy')::numeric(20, 6) as superior_subsidy_wan,
    (budget_row.amounts ->> 'subordinate_remittance')::numeric(20, 6) as subordinate_remittance_wan,
    (budget_row.amounts ->> 'other')::numeric(20, 6) as other_wan,
    (budget_row.amounts ->> 'unit_funds')::numeric(20, 6) as unit_funds_wan,
    (budget_row.amounts ->> 'non_fiscal_balance_used')::numeric(20, 6) as non_fiscal_balance_used_wan,
    (budget_row.amounts ->> 'carry_over_in')::numeric(20, 6) as carry_over_in_wan,
    (budget_row.amounts ->> 'current.total')::numeric(20, 6) as current_total_wan,
    (budget_row.amounts ->> 'current.general_public_budget')::numeric(20, 6) as current_general_public_budget_wan,
    (budget_row.amounts ->> 'current.government_fund')::numeric(20, 6) as current_government_fund_wan,
    (budget_row.amounts ->> 'current.state_capital')::numeric(20, 6) as current_state_capital_wan,
    (budget_row.amounts ->> 'carry_over_in.general_public_budget')::numeric(20, 6) as carry_over_in_general_public_budget_wan,
    (budget_row.amounts ->> 'carry_over_in.government_fund')::numeric(20, 6) as carry_over_in_government_fund_wan,
    (budget_row.amounts ->> 'carry_over_in.state_capital')::numeric(20, 6) as carry_over_in_state_capital_wan,
    outcome.target_form_no,
    outcome.target_wan::numeric(38, 6) as target_wan,
    outcome.target_text,
    outcome.account_document_id,
    outcome.result_form_no,
    outcome.stated_wan::numeric(38, 6) as stated_initial_wan,
    outcome.adjusted_wan::numeric(38, 6) as adjusted_budget_wan,
    outcome.executed_wan::numeric(38, 6) as executed_wan,
    (outcome.executed_wan * 100 / nullif((budget_row.amounts ->> 'total')::numeric, 0))::numeric(38, 2) as execution_pct_of_budget,
    outcome.execution_rate_pct,
    outcome.total_score,
    outcome.grade,
    outcome.why_no_outcome,
    budget_row.is_sound,
    budget_row.why_not,
    budget_row.page,
    budget_row.line_no,
    budget_row.file_no,
    budget_row.slot_id,
    budget_row.department_id,
    budget_row.document_kind,
    budget_row.project_code
from intermediate.budget_row
-- The project, if it is the only one with its code or name on each side; else it is not known which row is meant.
left join lateral (
    select
        case when project_value.targets = 1 then project_value.target_form_no end as target_form_no,
        case when project_value.targets = 1 then project_value.target_wan end as target_wan,
        case when project_value.targets = 1 then project_value.target_text end as target_text,
        project_value.account_document_id,
        result.*,
        case
            when project_value.account_document_id is null then '同一口径的决算未入库'
            when project_value.budget_rows > 1 then '预算有几个项目同名'
            when project_value.results = 0 and project_value.is_code_needed
                then '同名项目不止一个编码，决算没有此编码的自评表'
            when project_value.results = 0 then '决算没有同名项目的自评表'
            when project_value.results > 1 then '决算有几张同名项目的自评表'
            else project_value.why_not_result
        end as why_no_outcome
    -- Of the accounts of the body and the year, and of the units of its division, since the office of a department may be
    -- named otherwise there; without accounts the project is found under the budget itself.
    from mart.published_document as beside
    -- Lateral, so that PostgreSQL reads the projects of one document and not of all.
    cross join lateral (
        select * from intermediate.project_value as of_document
        where of_document.document_id = beside.document_id
        offset 0
    ) as project_value
    left join lateral (
        select
            project_value.result_form_no,
            project_value.stated_wan,
            project_value.adjusted_wan,
            project_value.executed_wan,
            project_value.execution_rate_pct,
            project_value.total_score,
            project_value.grade
        where project_value.results = 1 and project_value.budget_rows = 1
    ) as result on true
    where
        beside.fiscal_year = budget_row.fiscal_year
        and (
            beside.department_id = budget_row.department_id
            or (
                budget_row.scope = 'unit'
                and beside.division_code = budget_row.division_code
                and beside.scope = 'unit'
                and beside.body = budget_row.body
            )
        )
        and project_value.budget_document_id = budget_row.document_id
        and budget_row.row_key = any(project_value.row_keys)
        and strpos(budget_row.row_key, 'project:') > 0
    offset 0
) as outcome on true
where budget_row.table_code = 'YS10';

comment on view mart.budget_project is '项目支出预算，及其绩效目标与同一年度决算中的执行与自评（现行预算；合计、单位与上级项目行也在其中）。粒度：每个预算的项目支出表每行一行';
comment on column mart.budget_project.project is '项目名称；单位与合计行为空';
comment on column mart.budget_project.unit is '所属单位；行不分单位为空';
comment on column mart.budget_project.target_form_no is '绩效目标表在预算文件中的序号，连接 mart.performance_project；没有或不止一张为空';
comment on column mart.budget_project.target_wan is '绩效目标表所列金额（万元）；没有为空';
comment on column mart.budget_project.account_document_id is '同一部门、年度、口径的决算的文件版本编号；未入库为空';
comment on column mart.budget_project.result_form_no is '绩效自评表在决算文件中的序号，连接 mart.performance_project；没有或不止一张为空';
comment on column mart.budget_project.stated_initial_wan is '自评表所列年初预算（万元）；没有为空';
comment on column mart.budget_project.execution_pct_of_budget is '自评表所列执行数 ÷ 本表合计（%）；没有为空';
comment on column mart.budget_project.why_no_outcome is '没有执行与自评的理由；有为空';
