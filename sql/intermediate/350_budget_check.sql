-- YG1: what accounts state as the initial budget must be what the budget document of the same body, year and scope printed.
-- Select one document at a time, else it is slow.
-- Grain: one figure that both print (current final accounts × basis × key).
create view intermediate.budget_check as
with

planned_value as (
    select * from intermediate.planned_value
    where budget_document_id is not null and account_document_id is not null
)

select
    account_document_id as document_id,
    budget_document_id as last_document_id,
    'YG1' as rule_id,
    '决算所述年初预算 = 预算文件的数' as rule,
    budget_table_code as table_code,
    key as row_key,
    'initial_budget' as measure,
    stated_wan as left_value,
    budget_wan as right_value,
    - difference_wan as difference,
    envelope_wan as envelope,
    '万元' as unit,
    outcome,
    case outcome
        when 'exact' then '决算所述年初预算 ' || stated_words || ' 万元，与预算文件一致'
        when 'rounding' then '决算所述年初预算 ' || stated_words || ' 万元，预算文件 ' || budget_words || ' 万元，为四舍五入所致'
        when 'undetermined'
            then '决算所列预算 ' || stated_words || ' 万元，预算文件 ' || budget_words || ' 万元，'
                || case
                    when is_restated and why_not_budget is null and why_not_stated is null
                        then '决算表中所列可能是调整后的预算，无法判定'
                    else '有数未能确切读出，或所涉勾稽关系不符，无法判定'
                end
        else '决算所述年初预算 ' || stated_words || ' 万元，预算文件 ' || budget_words || ' 万元，相差 '
            || to_char(abs(difference_wan), 'FM999999999990.0099') || ' 万元'
    end as explanation,
    array[
        case when is_restated then concat_ws('/', account_table_code, 'all', key) else 'stated/' || subject || '/initial_budget' end,
        'budget:' || concat_ws('/', budget_table_code, key, 'total')
    ] as cells,
    null::text as also_fits,
    stated_page as page,
    stated_file_no as file_no
from planned_value
cross join lateral (
    select
        to_char(stated_wan, 'FM999999999990.0099') as stated_words,
        to_char(budget_wan, 'FM999999999990.0099') as budget_words
) as words
where outcome <> 'not_applicable';

comment on view intermediate.budget_check is '决算所述年初预算与预算文件的核对（YG1）。粒度：每个现行决算文件的每项数一行';
comment on column intermediate.budget_check.document_id is '决算的文件版本编号';
comment on column intermediate.budget_check.last_document_id is '预算的文件版本编号';
comment on column intermediate.budget_check.rule_id is '规则编号 YG1';
comment on column intermediate.budget_check.rule is '规则的含义';
comment on column intermediate.budget_check.unit is '各数的单位：万元';
