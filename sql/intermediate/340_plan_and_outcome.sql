-- The budget and the final accounts of the same body, year and scope. What a department sums and what a unit spends alone
-- are two scopes, and never one pair. Documents of unknown body, year or scope are in no pair.
-- Grain: one department × fiscal year × scope with a current document of either kind; document_id is that of the accounts,
-- of the budget where there are none.
create view intermediate.plan_and_outcome as
with

account as (
    select * from mart.published_document
    where is_current and kind = 'final_accounts' and scope is not null
),

budget as (
    select * from mart.published_document
    where is_current and kind = 'budget' and scope is not null
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
budget_alone as (
    select * from mart.published_document
    where is_current and kind = 'budget' and scope is not null and department_id is not null and fiscal_year is not null
)

select
    account.{shared},
    account.slot_id,
    account.department_id,
    account.kind as document_kind,
    budget.document_id as budget_document_id,
    budget.parse_id as budget_parse_id,
    account.document_id as account_document_id,
    account.parse_id as account_parse_id
from account
left join budget
    on budget.department_id = account.department_id
    and budget.fiscal_year = account.fiscal_year
    and budget.scope = account.scope
where account.department_id is not null and account.fiscal_year is not null
union all
select
    budget_alone.{shared},
    budget_alone.slot_id,
    budget_alone.department_id,
    budget_alone.kind,
    budget_alone.document_id,
    budget_alone.parse_id,
    null,
    null
from budget_alone
where not exists (
    select from mart.published_document as of_year
    where
        of_year.is_current
        and of_year.kind = 'final_accounts'
        and of_year.department_id = budget_alone.department_id
        and of_year.fiscal_year = budget_alone.fiscal_year
        and of_year.scope = budget_alone.scope
);

comment on view intermediate.plan_and_outcome is '同一部门、年度、口径的预算与决算。粒度：每个有现行预算或决算的部门、年度、口径一行';
comment on column intermediate.plan_and_outcome.budget_document_id is '预算的文件版本编号；未入库为空';
comment on column intermediate.plan_and_outcome.budget_parse_id is '预算的解析编号；未入库为空';
comment on column intermediate.plan_and_outcome.account_document_id is '决算的文件版本编号；未入库为空';
comment on column intermediate.plan_and_outcome.account_parse_id is '决算的解析编号；未入库为空';
