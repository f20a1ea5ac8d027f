-- Budget against account: what was planned, what the accounts of the year state of it, and what was spent.
-- Grain: one department × scope × fiscal year × basis × key; document_id is that of the accounts, of the budget where
-- there are none.
-- Without CTEs, so that PostgreSQL plans the view together with the query that reads it: a query for some rows does not
-- compute all of them.
-- Key: document_id, basis, key.
create view mart.budget_against_account as
select
    pair.{shared},
    value.basis,
    value.key,
    value.label,
    value.budget_wan::numeric(38, 6) as budget_document_wan,
    value.stated_wan::numeric(38, 6) as stated_initial_wan,
    value.adjusted_wan::numeric(38, 6) as adjusted_wan,
    value.final_wan::numeric(38, 6) as final_wan,
    (value.final_wan * 100 / nullif(value.budget_wan, 0))::numeric(38, 2) as execution_pct_of_budget,
    (value.final_wan * 100 / nullif(value.stated_wan, 0))::numeric(38, 2) as execution_pct_of_stated,
    (value.final_wan * 100 / nullif(value.adjusted_wan, 0))::numeric(38, 2) as execution_pct_of_adjusted,
    value.difference_wan::numeric(38, 6) as budget_minus_stated_wan,
    value.outcome,
    value.why_not is null as is_sound,
    value.why_not,
    value.budget_document_id,
    value.account_document_id,
    value.budget_table_code,
    value.account_table_code,
    value.budget_page,
    value.stated_page,
    value.final_page,
    value.stated_file_no,
    value.final_file_no,
    pair.slot_id,
    pair.department_id,
    pair.document_kind
from intermediate.plan_and_outcome as pair
cross join lateral (
    select
        planned.basis,
        planned.key,
        planned.label,
        planned.budget_wan,
        planned.stated_wan,
        planned.adjusted_wan,
        planned.final_wan,
        planned.budget_wan - planned.stated_wan as difference_wan,
        planned.outcome,
        planned.budget_document_id,
        planned.account_document_id,
        planned.budget_table_code,
        planned.account_table_code,
        planned.budget_page,
        planned.stated_page,
        planned.final_page,
        planned.stated_file_no,
        planned.final_file_no,
        case
            when planned.budget_document_id is null then '同一口径的预算未入库'
            when planned.account_document_id is null then '同一口径的决算未入库'
            when coalesce(planned.why_not_budget, planned.why_no_budget) is not null
                then '预算：' || coalesce(planned.why_not_budget, planned.why_no_budget)
            when coalesce(planned.why_not_final, planned.why_no_account) is not null
                then '决算：' || coalesce(planned.why_not_final, planned.why_no_account)
            when planned.why_not_stated is not null then '情况说明：' || planned.why_not_stated
        end as why_not
    from intermediate.planned_value as planned
    where planned.document_id = pair.document_id
    union all
    -- The amount of a project is that of its row in the table of projects, else that of its target form.
    select
        'project',
        project.name,
        project.project,
        coalesce(project.budget_wan, project.target_wan),
        project.stated_wan,
        project.adjusted_wan,
        project.executed_wan,
        coalesce(project.budget_wan, project.target_wan) - project.stated_wan,
        case
            when project.stated_wan is null or coalesce(project.budget_wan, project.target_wan) is null then 'not_applicable'
            when coalesce(project.budget_wan, project.target_wan) = project.stated_wan then 'exact'
            -- A form may count money that the table of projects leaves out.
            else 'undetermined'
        end,
        project.budget_document_id,
        project.account_document_id,
        case when project.budget_rows > 0 then 'YS10' when project.targets > 0 then 'YS12' end,
        null,
        project.budget_page,
        project.result_page,
        project.result_page,
        project.result_file_no,
        project.result_file_no,
        case
            when project.budget_document_id is null then '同一口径的预算未入库'
            when project.account_document_id is null then '同一口径的决算未入库'
            when project.budget_rows > 1 or project.targets > 1 then '预算有几个项目同名'
            when project.is_code_needed and project.project_code is null then '同名项目有几个编码，此处未印'
            when project.results > 1 then '决算有几张同名项目的自评表'
            when project.why_not_budget is not null then '预算：' || project.why_not_budget
            when project.why_not_result is not null then '决算：' || project.why_not_result
        end
    from intermediate.project_value as project
    where project.document_id = pair.document_id
    offset 0
) as value;

comment on view mart.budget_against_account is '预算与决算对照：预算文件的数、决算所述年初预算与调整预算、决算数与执行率（现行文件；口径相同者相比，部门与单位不相混）。粒度：每个部门、口径、年度的每项数一行；没有决算者按预算文件列示';
comment on column mart.budget_against_account.document_id is '决算的文件版本编号；决算未入库者为预算的';
comment on column mart.budget_against_account.basis is '依据：function 功能分类（项）、category 功能分类（款）、class 功能分类（类），均为一般公共预算；economic 经济分类（基本支出）；three_public 三公经费；total 合计数；project 项目';
comment on column mart.budget_against_account.key is '科目代码；三公经费与合计数为英文名，项目为项目名称';
comment on column mart.budget_against_account.label is '印出的名称，决算优先';
comment on column mart.budget_against_account.budget_document_wan is '预算文件的年初预算（万元）；预算未入库、没有此数或未能确切读出为空';
comment on column mart.budget_against_account.stated_initial_wan is '决算所述的年初预算（万元）：情况说明所述，三公经费为决算表所列预算数（可能已调整），项目为自评表所列；未述为空';
comment on column mart.budget_against_account.adjusted_wan is '决算所述的调整预算或全年预算（万元）；未印为空';
comment on column mart.budget_against_account.final_wan is '决算数（万元）；决算未入库、没有此数或未能确切读出为空';
comment on column mart.budget_against_account.execution_pct_of_budget is '决算数 ÷ 预算文件的年初预算（%）；预算为 0 或没有为空';
comment on column mart.budget_against_account.execution_pct_of_stated is '决算数 ÷ 决算所述的年初预算（%）；为 0 或没有为空';
comment on column mart.budget_against_account.execution_pct_of_adjusted is '决算数 ÷ 调整预算（%）；为 0 或没有为空';
comment on column mart.budget_against_account.budget_minus_stated_wan is '预算文件的年初预算 − 决算所述的年初预算（万元）；缺一为空';
comment on column mart.budget_against_account.outcome is '两个年初预算的核对（规则 YG1，同 mart.check_result）：exact 相等、rounding 四舍五入之差、broken 不符、undetermined 无法判定、not_applicable 缺一';
comment on column mart.budget_against_account.is_sound is '本行各数是否可靠，且预算与决算均已入库';
comment on column mart.budget_against_account.budget_document_id is '预算的文件版本编号；未入库为空';
comment on column mart.budget_against_account.account_document_id is '决算的文件版本编号；未入库为空';
comment on column mart.budget_against_account.budget_table_code is '预算数所在的标准表编号；没有此数为空';
comment on column mart.budget_against_account.account_table_code is '决算数所在的标准表编号；没有此数为空';
comment on column mart.budget_against_account.budget_page is '预算数所在页；文本文件或没有为空';
comment on column mart.budget_against_account.stated_page is '决算所述预算所在页；文本文件或没有为空';
comment on column mart.budget_against_account.final_page is '决算数所在页；文本文件或没有为空';
comment on column mart.budget_against_account.stated_file_no is '决算所述预算所在文件的序号，连接 mart.document_file；没有为空';
comment on column mart.budget_against_account.final_file_no is '决算数所在文件的序号，连接 mart.document_file；没有为空';
comment on column mart.budget_against_account.document_kind is 'document_id 的文件种类：final_accounts 决算、budget 预算';
