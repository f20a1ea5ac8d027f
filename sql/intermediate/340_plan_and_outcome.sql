-- The budget and the final accounts of the same body, year and scope. What a department sums and what a unit spends alone
-- are two scopes, and never one pair. Documents of unknown body, year or scope are in no pair. The office of a department
-- may be named with (本级) in one of the two: it is found by the name without it, in the same division, where neither
-- document has one of its own name. Other remarks are parts of the name: 甲医院(南院) is not 甲医院.
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
    coalesce(budget.document_id, of_office.document_id) as budget_document_id,
    coalesce(budget.parse_id, of_office.parse_id) as budget_parse_id,
    account.document_id as account_document_id,
    account.parse_id as account_parse_id
from account
left join budget
    on budget.department_id = account.department_id
    and budget.fiscal_year = account.fiscal_year
    and budget.scope = account.scope
left join lateral (
    select
        min(named.document_id) as document_id,
        min(named.parse_id) as parse_id
    from mart.published_document as named
    where
        budget.document_id is null
        and account.scope = 'unit'
        and named.is_current
        and named.kind = 'budget'
        and named.scope = 'unit'
        and named.fiscal_year = account.fiscal_year
        and named.division_code = account.division_code
        and named.body = account.body
        and not exists (
            select from mart.published_document as own
            where
                own.is_current
                and own.kind = 'final_accounts'
                and own.department_id = named.department_id
                and own.fiscal_year = named.fiscal_year
                and own.scope = named.scope
        )
    having count(*) = 1
) as of_office on true
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
)
and not exists (
    select from mart.published_document as named
    where
        budget_alone.scope = 'unit'
        and named.is_current
        and named.kind = 'final_accounts'
        and named.scope = 'unit'
        and named.fiscal_year = budget_alone.fiscal_year
        and named.division_code = budget_alone.division_code
        and named.body = budget_alone.body
        and not exists (
            select from mart.published_document as own
            where
                own.is_current
                and own.kind = 'budget'
                and own.department_id = named.department_id
                and own.fiscal_year = named.fiscal_year
                and own.scope = named.scope
        )
);

comment on view intermediate.plan_and_outcome is '同一部门、年度、口径的预算与决算。粒度：每个有现行预算或决算的部门、年度、口径一行';
comment on column intermediate.plan_and_outcome.budget_document_id is '预算的文件版本编号；未入库为空';
comment on column intermediate.plan_and_outcome.budget_parse_id is '预算的解析编号；未入库为空';
comment on column intermediate.plan_and_outcome.account_document_id is '决算的文件版本编号；未入库为空';
comment on column intermediate.plan_and_outcome.account_parse_id is '决算的解析编号；未入库为空';
