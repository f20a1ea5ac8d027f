-- What was planned and what came of it: the figures of a budget, what the accounts of the year state of it, and what the
-- accounts print as spent, in one row. Select one document at a time, else it is slow.
-- Grain: one document of intermediate.plan_and_outcome × basis × key.
create view intermediate.planned_value as
with

pair as (
    select * from intermediate.plan_and_outcome
),

planned as (
    select * from intermediate.budget_figure
),

stated as (
    select * from intermediate.stated_budget
),

compared as (
    select * from intermediate.budget_check
),

-- Only what budgets have too.
spent as (
    select * from mart.metric_value
    where
        metric_family in ('general_public', 'economic')
        or 'budget_' || metric in (
            select declared.metric from staging.metric as declared
            where declared.metric_family in ('budget_headline', 'budget_three_public')
        )
),

family as (
    select * from staging.metric_family
    where classification is not null
),

table_state as (
    select * from intermediate.table_state
)

select
    pair.document_id,
    pair.budget_document_id,
    pair.account_document_id,
    pair.fiscal_year,
    figures.*,
    -- A code is not known to be unprinted where its table was not read whole.
    case when figures.is_in_budget is not true and figures.family is not null
        then coalesce(unread.why_not ->> ('budget_' || figures.family), (
            select coalesce(
                (
                    select min('预算未印出 ' || short.row_key || ' 的全部下级') from staging.check_result as short
                    where
                        short.parse_id = pair.budget_parse_id
                        and short.outcome = 'withheld'
                        and short.table_code = planned_family.table_code
                        and (short.row_key = 'TOTAL' or starts_with(figures.key, short.row_key))
                ),
                -- Of a table by unit, by name, or by two codes it is not known what it has of one code.
                (
                    select '预算此表的行不是单一的科目代码，不能对照' from staging.amount
                    where
                        amount.parse_id = pair.budget_parse_id
                        and amount.measure_id = planned_family.measure_id
                        and amount.row_key ~ '^name:|/[0-9]+$'
                    limit 1
                )
            )
            from staging.metric_family as planned_family
            where planned_family.metric_family = 'budget_' || figures.family
        ))
    end as why_no_budget,
    case when figures.is_in_account is not true then unread.why_not ->> figures.family end as why_no_account
from pair
-- The tables of codes that may hold more than was read, by the family of metrics that stands in them.
left join lateral (
    select jsonb_object_agg(family.metric_family, shown.why_not) as why_not
    from unnest(array[pair.budget_parse_id, pair.account_parse_id]) as parse (parse_id)
    cross join lateral (
        select
            table_state.table_code,
            table_state.why_not,
            table_state.is_unread
        from table_state
        where table_state.parse_id = parse.parse_id
        offset 0
    ) as shown
    inner join family on family.table_code = shown.table_code
    where shown.is_unread
) as unread on true
cross join lateral (
    select
        figure.basis,
        figure.key,
        case figure.basis
            when 'economic' then 'economic' when 'total' then null when 'three_public' then null else 'general_public'
        end as family,
        max(figure.table_code) filter (where figure.side = 'budget') as budget_table_code,
        max(figure.table_code) filter (where figure.side = 'final') as account_table_code,
        (array_agg(figure.label order by figure.side <> 'final') filter (where figure.label is not null))[1] as label,
        max(figure.amount_wan) filter (where figure.side = 'budget') as budget_wan,
        max(figure.amount_wan) filter (where figure.side = 'stated') as stated_wan,
        max(figure.adjusted_wan) as adjusted_wan,
        max(figure.amount_wan) filter (where figure.side = 'final') as final_wan,
        max(figure.why_not) filter (where figure.side = 'budget') as why_not_budget,
        max(figure.why_not) filter (where figure.side = 'final') as why_not_final,
        max(figure.why_not) filter (where figure.side = 'stated') as why_not_stated,
        coalesce(max(figure.outcome), 'not_applicable') as outcome,
        bool_or(figure.side = 'budget') as is_in_budget,
        bool_or(figure.side = 'final') as is_in_account,
        max(figure.page) filter (where figure.side = 'budget') as budget_page,
        max(figure.page) filter (where figure.side = 'final') as final_page,
        max(figure.page) filter (where figure.side = 'stated') as stated_page,
        max(figure.file_no) filter (where figure.side = 'final') as final_file_no,
        max(figure.file_no) filter (where figure.side = 'stated') as stated_file_no
    from (
        select
            'budget' as side,
            planned.basis,
            planned.key,
            planned.label,
            planned.amount_wan,
            null::numeric as adjusted_wan,
            planned.why_not,
            planned.table_code,
            planned.page,
            null::smallint as file_no,
            null as outcome
        from planned
        where planned.document_id = pair.budget_document_id
        union all
        select
            'final',
            case spent.metric_family
                when 'general_public' then case length(spent.functional_code)
                    when 3 then 'class' when 5 then 'category' else 'function'
                end
                when 'economic' then 'economic'
                when 'three_public' then 'three_public'
                else 'total'
            end,
            coalesce(
                spent.functional_code,
                spent.economic_code,
                coalesce(nullif(regexp_replace(spent.metric, '^three_public_?', ''), ''), 'total')
            ),
            spent.row_label,
            spent.amount_wan,
            null,
            spent.why_not,
            spent.table_code,
            spent.page,
            spent.file_no,
            null
        from spent
        where spent.document_id = pair.account_document_id
        union all
        select
            'stated',
            stated.basis,
            stated.key,
            null,
            stated.initial_wan,
            stated.adjusted_wan,
            stated.why_not,
            null,
            stated.page,
            stated.file_no,
            null
        from stated
        where stated.document_id = pair.account_document_id
        union all
        select
            'compared',
            compared.basis,
            compared.row_key,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            compared.outcome
        from compared
        where compared.document_id = pair.account_document_id
    ) as figure
    group by figure.basis, figure.key
    -- What is only stated may be of another budget, whose tables are not compared here.
    having bool_or(figure.side in ('budget', 'final'))
    offset 0
) as figures;

comment on view intermediate.planned_value is '预算、决算所述预算与决算，同一数并为一行。粒度：每个有现行预算或决算的部门、年度、口径的每项数一行';
comment on column intermediate.planned_value.basis is '依据：function 功能分类（项）、category 款、class 类、economic 经济分类、three_public 三公经费、total 合计数';
comment on column intermediate.planned_value.outcome is '决算所述年初预算与预算文件的核对（YG1）：exact 相等、rounding 四舍五入之差、broken 不符、undetermined 无法判定、not_applicable 缺一';
comment on column intermediate.planned_value.key is '科目代码，或项目的英文名';
comment on column intermediate.planned_value.budget_document_id is '预算的文件版本编号；未入库为空';
comment on column intermediate.planned_value.account_document_id is '决算的文件版本编号；未入库为空';
comment on column intermediate.planned_value.family is '科目所属的可比指标类，决算的；预算的为 budget_ 加此名；不是科目为空';
comment on column intermediate.planned_value.budget_table_code is '预算数所在的标准表编号；没有此数为空';
comment on column intermediate.planned_value.account_table_code is '决算数所在的标准表编号；没有此数为空';
comment on column intermediate.planned_value.label is '印出的名称，决算优先';
comment on column intermediate.planned_value.budget_wan is '预算文件的年初预算（万元）；没有此数或未能确切读出为空';
comment on column intermediate.planned_value.stated_wan is '决算所述的年初预算（万元）；未述为空';
comment on column intermediate.planned_value.adjusted_wan is '决算所述的调整预算（万元）；未述为空';
comment on column intermediate.planned_value.final_wan is '决算数（万元）；没有此数或未能确切读出为空';
comment on column intermediate.planned_value.why_not_budget is '预算数不可靠的理由；可靠或没有为空';
comment on column intermediate.planned_value.why_not_final is '决算数不可靠的理由；可靠或没有为空';
comment on column intermediate.planned_value.why_not_stated is '决算所述之数不可靠的理由；可靠或没有为空';
comment on column intermediate.planned_value.is_in_budget is '预算文件是否有此数';
comment on column intermediate.planned_value.is_in_account is '决算文件是否有此数';
comment on column intermediate.planned_value.budget_page is '预算数所在页；文本文件或没有为空';
comment on column intermediate.planned_value.final_page is '决算数所在页；文本文件或没有为空';
comment on column intermediate.planned_value.stated_page is '决算所述预算所在页；文本文件或没有为空';
comment on column intermediate.planned_value.final_file_no is '决算数所在文件的序号；没有为空';
comment on column intermediate.planned_value.stated_file_no is '决算所述预算所在文件的序号；没有为空';
comment on column intermediate.planned_value.why_no_budget is '不知预算是否有此数的理由：其表未能全部读出、未印出上级的全部下级，或不以单一的科目代码为行；预算有此数或确未列为空';
comment on column intermediate.planned_value.why_no_account is '不知决算是否印有此数的理由；决算有此数或其表已全部读出为空';
