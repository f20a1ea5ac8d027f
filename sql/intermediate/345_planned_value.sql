-- What was planned and what came of it: the figures of a budget, what the accounts of the year state of it, and what the
-- accounts print as spent, in one row. Select one document at a time, else it is slow.
-- Grain: one document of intermediate.plan_and_outcome × basis × key.
create view intermediate.planned_value as
with

pair as (
    select * from intermediate.plan_and_outcome
),

planned as (
    select * from mart.metric_value
    where metric_family like 'budget%'
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

-- The accounts print the budget of these expenses in a table of their own, which may be the adjusted one.
restated as (
    select * from mart.metric_value
    where metric_family = 'three_public' and metric like '%\_budget'
),

-- Some accounts print the adjusted budget beside the final amount of the whole.
adjusted_total as (
    select
        amount.*,
        measure.table_code
    from staging.amount
    inner join staging.measure on measure.measure_id = amount.measure_id
    where
        measure.table_code = 'GK01'
        and measure.measure = 'adjusted_budget'
        and amount.item_key in ('income', 'expenditure')
        and amount.amount_wan is not null
),

stated_figure as (
    select * from staging.stated_figure
    where
        kind in ('budget_vs_final', 'fund_budget_vs_final', 'operating_cost')
        and measure in ('initial_budget', 'adjusted_budget')
        and amount_wan is not null
),

functional_subject as (
    select * from staging.functional_subject
),

objection as (
    select * from intermediate.objection
    where place = 'stated'
),

family as (
    select * from staging.metric_family
    where classification is not null
),

table_state as (
    select * from intermediate.table_state
),

of_three as (
    select * from mart.metric_value
    where metric in (
        'budget_three_public_total', 'budget_three_public_overseas', 'budget_three_public_vehicle_total',
        'budget_three_public_reception', 'budget_meeting', 'budget_training'
    )
),

-- The sentences that state one figure of the whole, by the metric it is.
total_sentence (kind, subject, metric) as (
    values
        ('budget_vs_final', 'TOTAL', 'general_public_expenditure'),
        ('fund_budget_vs_final', 'government_fund', 'government_fund'),
        ('fund_budget_vs_final', 'state_capital', 'state_capital'),
        ('operating_cost', 'all', 'operating_cost')
)

select
    pair.document_id,
    pair.budget_document_id,
    pair.account_document_id,
    pair.fiscal_year,
    figures.*,
    figures.budget_wan - figures.stated_wan as difference_wan,
    compared.outcome,
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
-- Some tables add meetings and training to the total of the three expenses, without a total of these alone.
left join lateral (
    select
        bool_or(of_three.metric in ('budget_meeting', 'budget_training') and of_three.amount_wan <> 0)
        and abs(
            sum(case of_three.metric when 'budget_three_public_total' then of_three.amount_wan else - of_three.amount_wan end)
                filter (where of_three.metric not in ('budget_meeting', 'budget_training'))
        ) > 0.02 as has_more
    from of_three
    where of_three.document_id = pair.budget_document_id
) as three on true
cross join lateral (
    select
        figure.basis,
        figure.key,
        case figure.basis
            when 'economic' then 'economic' when 'total' then null when 'three_public' then null else 'general_public'
        end as family,
        max(figure.table_code) filter (where figure.side = 'budget') as budget_table_code,
        max(figure.table_code) filter (where figure.side = 'final') as account_table_code,
        (array_agg(figure.label order by figure.side <> 'final', figure.side <> 'budget')
            filter (where figure.label is not null))[1] as label,
        (array_agg(figure.amount_wan order by figure.choice) filter (where figure.side = 'budget'))[1] as budget_wan,
        max(figure.amount_wan) filter (where figure.side = 'initial') as stated_wan,
        max(figure.amount_wan) filter (where figure.side = 'adjusted') as adjusted_wan,
        max(figure.amount_wan) filter (where figure.side = 'final') as final_wan,
        coalesce(max(figure.half_unit_wan) filter (where figure.side = 'budget'), 0)
        + coalesce(max(figure.half_unit_wan) filter (where figure.side = 'initial'), 0) as envelope_wan,
        (array_agg(figure.why_not order by figure.choice) filter (where figure.side = 'budget'))[1] as why_not_budget,
        max(figure.why_not) filter (where figure.side = 'final') as why_not_final,
        case
            when count(distinct figure.amount_wan) filter (where figure.side = 'initial') > 1
                then '情况说明所述年初预算不止一个数'
            else min(figure.why_not) filter (where figure.side in ('initial', 'adjusted'))
        end as why_not_stated,
        max(figure.subject) filter (where figure.side = 'initial') as subject,
        bool_or(figure.is_restated) filter (where figure.side = 'initial') as is_restated,
        bool_or(figure.side = 'budget') as is_in_budget,
        bool_or(figure.side = 'final') as is_in_account,
        max(figure.page) filter (where figure.side = 'budget') as budget_page,
        max(figure.page) filter (where figure.side = 'final') as final_page,
        min(figure.page) filter (where figure.side in ('initial', 'adjusted')) as stated_page,
        max(figure.file_no) filter (where figure.side = 'final') as final_file_no,
        min(figure.file_no) filter (where figure.side in ('initial', 'adjusted')) as stated_file_no
    from (
        select
            'budget' as side,
            own.basis,
            own.key,
            planned.row_label as label,
            case when not own.is_of_more then planned.amount_wan end as amount_wan,
            null as subject,
            0.005 as half_unit_wan,
            case when own.is_of_more then '表中合计含会议费、培训费，“三公”经费小计未印' else planned.why_not end as why_not,
            false as is_restated,
            planned.table_code,
            planned.page,
            planned.file_no,
            case when planned.amount_wan is null then 2 else 0 end
            + case planned.metric when 'budget_three_public_total' then 1 else 0 end as choice
        from planned
        cross join lateral (
            select
                case planned.metric_family
                    when 'budget_general_public' then case length(planned.functional_code)
                        when 3 then 'class' when 5 then 'category' else 'function'
                    end
                    when 'budget_economic' then 'economic'
                    when 'budget_three_public' then 'three_public'
                    when 'budget_headline' then 'total'
                end as basis,
                coalesce(
                    planned.functional_code,
                    planned.economic_code,
                    coalesce(nullif(regexp_replace(substr(planned.metric, 8), '^three_public_?(total)?', ''), ''), 'total')
                ) as key,
                planned.metric = 'budget_three_public_total' and coalesce(three.has_more, false) as is_of_more
        ) as own
        where planned.document_id = pair.budget_document_id and own.basis is not null
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
            null,
            spent.why_not,
            false,
            spent.table_code,
            spent.page,
            spent.file_no,
            0
        from spent
        where spent.document_id = pair.account_document_id
        union all
        select
            'initial',
            'three_public',
            coalesce(nullif(regexp_replace(left(restated.metric, -7), '^three_public_?', ''), ''), 'total'),
            null,
            restated.amount_wan,
            restated.row_label,
            0.005,
            restated.why_not,
            true,
            restated.table_code,
            restated.page,
            restated.file_no,
            0
        from restated
        where restated.document_id = pair.account_document_id and restated.amount_wan is not null
        union all
        select
            'adjusted',
            'total',
            adjusted_total.item_key,
            null,
            adjusted_total.amount_wan,
            adjusted_total.row_label,
            0.005,
            case when adjusted_total.status = 'doubtful' then '数字存疑：' || adjusted_total.repair_reason end,
            false,
            adjusted_total.table_code,
            adjusted_total.page,
            adjusted_total.file_no,
            0
        from adjusted_total
        where adjusted_total.parse_id = pair.account_parse_id
        union all
        select
            case stated_figure.measure when 'initial_budget' then 'initial' else 'adjusted' end,
            case
                when total_sentence.metric is not null then 'total'
                else case length(functional_subject.code) when 3 then 'class' when 5 then 'category' else 'function' end
            end,
            coalesce(total_sentence.metric, functional_subject.code),
            stated_figure.subject,
            stated_figure.amount_wan,
            stated_figure.kind || '/' || stated_figure.subject,
            coalesce(stated_figure.half_unit_wan, 0.005),
            coalesce(
                objected.why_not, case when stated_figure.status = 'doubtful' then '数字存疑：' || stated_figure.repair_reason end
            ),
            false,
            null,
            stated_figure.page,
            stated_figure.file_no,
            0
        from stated_figure
        left join functional_subject on functional_subject.functional_subject_id = stated_figure.functional_subject_id
        left join total_sentence
            on total_sentence.kind = stated_figure.kind and total_sentence.subject = stated_figure.subject
        left join lateral (
            select min(objection.why_not) as why_not from objection
            where
                objection.parse_id = stated_figure.parse_id
                and objection.row_key = stated_figure.kind || '/' || stated_figure.subject
        ) as objected on true
        where
            stated_figure.parse_id = pair.account_parse_id
            and (
                total_sentence.metric is not null
                or (stated_figure.kind = 'budget_vs_final' and functional_subject.code is not null)
            )
    ) as figure
    group by figure.basis, figure.key
    -- What is only stated may be of another budget, whose tables are not compared here.
    having bool_or(figure.side in ('budget', 'final'))
    offset 0
) as figures
-- YG1. The table of 三公经费 in accounts may print the adjusted budget: a difference proves nothing.
cross join lateral (
    select case
        when figures.budget_wan is null or figures.stated_wan is null then 'not_applicable'
        when figures.why_not_budget is not null or figures.why_not_stated is not null then 'undetermined'
        when figures.budget_wan = figures.stated_wan then 'exact'
        when abs(figures.budget_wan - figures.stated_wan) <= figures.envelope_wan then 'rounding'
        when figures.is_restated then 'undetermined'
        else 'broken'
    end as outcome
) as compared;

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
comment on column intermediate.planned_value.envelope_wan is '四舍五入可以解释的两个年初预算之差的最大值（万元）';
comment on column intermediate.planned_value.why_not_budget is '预算数不可靠的理由；可靠或没有为空';
comment on column intermediate.planned_value.why_not_final is '决算数不可靠的理由；可靠或没有为空';
comment on column intermediate.planned_value.why_not_stated is '决算所述之数不可靠的理由；可靠或没有为空';
comment on column intermediate.planned_value.subject is '决算所述年初预算的种类与对象；取自表者为印出的行名称';
comment on column intermediate.planned_value.is_restated is '年初预算是否取自决算的表（可能已调整），而非情况说明；未述为空';
comment on column intermediate.planned_value.is_in_budget is '预算文件是否有此数';
comment on column intermediate.planned_value.is_in_account is '决算文件是否有此数';
comment on column intermediate.planned_value.budget_page is '预算数所在页；文本文件或没有为空';
comment on column intermediate.planned_value.final_page is '决算数所在页；文本文件或没有为空';
comment on column intermediate.planned_value.stated_page is '决算所述预算所在页；文本文件或没有为空';
comment on column intermediate.planned_value.final_file_no is '决算数所在文件的序号；没有为空';
comment on column intermediate.planned_value.stated_file_no is '决算所述预算所在文件的序号；没有为空';
comment on column intermediate.planned_value.difference_wan is '预算文件的年初预算 − 决算所述的年初预算（万元）；缺一为空';
comment on column intermediate.planned_value.why_no_budget is '不知预算是否有此数的理由：其表未能全部读出、未印出上级的全部下级，或不以单一的科目代码为行；预算有此数或确未列为空';
comment on column intermediate.planned_value.why_no_account is '不知决算是否印有此数的理由；决算有此数或其表已全部读出为空';
