-- YG1: what accounts state as the initial budget must be what the budget document of the same body, year and scope printed.
-- The table of 三公经费 in accounts may print the adjusted budget: there a difference proves nothing.
-- Grain: one figure that both print (current final accounts × basis × key).
create view intermediate.budget_check as
with

pair as (
    select * from intermediate.plan_and_outcome
),

stated as (
    select * from intermediate.stated_budget
    where initial_wan is not null
),

planned as (
    select * from intermediate.budget_figure
    where amount_wan is not null
)

select
    pair.account_document_id as document_id,
    pair.budget_document_id as last_document_id,
    'YG1' as rule_id,
    '决算所述年初预算 = 预算文件的数' as rule,
    printed.table_code,
    printed.basis,
    printed.key as row_key,
    'initial_budget' as measure,
    printed.stated_wan as left_value,
    printed.budget_wan as right_value,
    printed.stated_wan - printed.budget_wan as difference,
    printed.envelope,
    '万元' as unit,
    judged.outcome,
    case judged.outcome
        when 'exact' then '决算所述年初预算 ' || words.stated || ' 万元，与预算文件一致'
        when 'rounding' then '决算所述年初预算 ' || words.stated || ' 万元，预算文件 ' || words.planned || ' 万元，为四舍五入所致'
        when 'undetermined'
            then '决算所列预算 ' || words.stated || ' 万元，预算文件 ' || words.planned || ' 万元，'
                || case
                    when printed.is_restated and printed.are_certain then '决算表中所列可能是调整后的预算，无法判定'
                    else '有数未能确切读出，或所涉勾稽关系不符，无法判定'
                end
        else '决算所述年初预算 ' || words.stated || ' 万元，预算文件 ' || words.planned || ' 万元，相差 '
            || to_char(abs(printed.budget_wan - printed.stated_wan), 'FM999999999990.0099') || ' 万元'
    end as explanation,
    array_remove(array[printed.stated_place, 'budget:' || printed.budget_place], null) as cells,
    null::text as also_fits,
    printed.page,
    printed.file_no
from pair
-- The offset makes PostgreSQL read the figures of the two documents only, and not join those of all documents first.
cross join lateral (
    select
        stated.basis,
        stated.key,
        stated.initial_wan as stated_wan,
        planned.amount_wan as budget_wan,
        planned.half_unit_wan + stated.half_unit_wan as envelope,
        planned.why_not is null and stated.why_not is null as are_certain,
        stated.is_restated,
        stated.place as stated_place,
        planned.place as budget_place,
        planned.table_code,
        stated.page,
        stated.file_no
    from stated
    inner join planned on planned.basis = stated.basis and planned.key = stated.key
    where stated.document_id = pair.account_document_id and planned.document_id = pair.budget_document_id
    offset 0
) as printed
cross join lateral (
    select case
        when not printed.are_certain then 'undetermined'
        when printed.budget_wan = printed.stated_wan then 'exact'
        when abs(printed.budget_wan - printed.stated_wan) <= printed.envelope then 'rounding'
        when printed.is_restated then 'undetermined'
        else 'broken'
    end as outcome
) as judged
cross join lateral (
    select
        to_char(printed.stated_wan, 'FM999999999990.0099') as stated,
        to_char(printed.budget_wan, 'FM999999999990.0099') as planned
) as words;

comment on view intermediate.budget_check is '决算所述年初预算与预算文件的核对（YG1）。粒度：每个现行决算文件的每项数一行';
comment on column intermediate.budget_check.document_id is '决算的文件版本编号';
comment on column intermediate.budget_check.last_document_id is '预算的文件版本编号';
comment on column intermediate.budget_check.rule_id is '规则编号 YG1';
comment on column intermediate.budget_check.rule is '规则的含义';
comment on column intermediate.budget_check.unit is '各数的单位：万元';
comment on column intermediate.budget_check.basis is '依据：function 功能分类（项）、category 款、class 类、economic 经济分类、three_public 三公经费、total 合计数';
