-- What accounts state of the budget of their year: in their narrative, or in the columns of their tables.
-- The accounts are asked for where they are used: of a CTE that is used twice PostgreSQL reads all rows.
-- Grain: one document × basis × key, as in intermediate.planned_value.
create view intermediate.stated_budget as
with

-- The accounts print the budget of these expenses in a table of their own, which may be the adjusted one.
restated as (
    select * from mart.metric_value
    where metric_family = 'three_public' and metric like '%\_budget' and amount_wan is not null
),

-- Some accounts print the adjusted budget beside the final amount of the whole.
adjusted_total as (
    select
        amount.*,
        measure.table_code
    from staging.amount
    inner join staging.measure on measure.measure_id = amount.measure_id
    where
        measure.table_code = (select table_code from intermediate.headline where metric = 'income')
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

-- The sentences that state one figure of the whole, by the metric it is.
total_sentence (kind, subject, metric) as (
    values
        ('budget_vs_final', 'TOTAL', 'general_public_expenditure'),
        ('fund_budget_vs_final', 'government_fund', 'government_fund'),
        ('fund_budget_vs_final', 'state_capital', 'state_capital'),
        ('operating_cost', 'all', 'operating_cost')
)

select
    document_id,
    basis,
    key,
    max(amount_wan) filter (where is_initial) as initial_wan,
    max(amount_wan) filter (where not is_initial) as adjusted_wan,
    max(half_unit_wan) filter (where is_initial) as half_unit_wan,
    case
        when count(distinct amount_wan) filter (where is_initial) > 1 then '情况说明所述年初预算不止一个数'
        else min(why_not)
    end as why_not,
    max(place) filter (where is_initial) as place,
    bool_or(is_restated) filter (where is_initial) as is_restated,
    max(table_code) filter (where is_restated) as table_code,
    min(page) as page,
    min(file_no) as file_no
from (
    select
        restated.document_id,
        true as is_initial,
        'three_public' as basis,
        coalesce(nullif(regexp_replace(left(restated.metric, -7), '^three_public_?', ''), ''), 'total') as key,
        restated.amount_wan,
        concat_ws('/', restated.table_code, restated.row_key, restated.measure) as place,
        0.005 as half_unit_wan,
        restated.why_not,
        true as is_restated,
        restated.table_code,
        restated.page,
        restated.file_no
    from restated
    union all
    select
        document.document_id,
        false,
        'total',
        adjusted_total.item_key,
        adjusted_total.amount_wan,
        null,
        0.005,
        case when adjusted_total.status = 'doubtful' then '数字存疑：' || adjusted_total.repair_reason end,
        false,
        adjusted_total.table_code,
        adjusted_total.page,
        adjusted_total.file_no
    from mart.published_document as document
    inner join adjusted_total on adjusted_total.parse_id = document.parse_id
    where document.is_current
    union all
    select
        document.document_id,
        stated_figure.measure = 'initial_budget',
        case
            when total_sentence.metric is not null then 'total'
            else case length(functional_subject.code) when 3 then 'class' when 5 then 'category' else 'function' end
        end,
        coalesce(total_sentence.metric, functional_subject.code),
        stated_figure.amount_wan,
        concat_ws('/', 'stated', stated_figure.kind, stated_figure.subject, stated_figure.measure),
        coalesce(stated_figure.half_unit_wan, 0.005),
        coalesce(
            objected.why_not, case when stated_figure.status = 'doubtful' then '数字存疑：' || stated_figure.repair_reason end
        ),
        false,
        null,
        stated_figure.page,
        stated_figure.file_no
    from mart.published_document as document
    inner join stated_figure on stated_figure.parse_id = document.parse_id
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
        document.is_current
        and (
            total_sentence.metric is not null
            or (stated_figure.kind = 'budget_vs_final' and functional_subject.code is not null)
        )
) as figure
group by document_id, basis, key;

comment on view intermediate.stated_budget is '决算所述的年初预算与调整预算：情况说明所述，及决算各表所列。粒度：每个现行决算文件的每项数一行';
comment on column intermediate.stated_budget.initial_wan is '年初预算（万元）；未述为空';
comment on column intermediate.stated_budget.adjusted_wan is '调整预算（万元）；未述为空';
comment on column intermediate.stated_budget.half_unit_wan is '年初预算所印最末位的一半（万元）；未述为空';
comment on column intermediate.stated_budget.why_not is '所述之数不可靠的理由；可靠为空';
comment on column intermediate.stated_budget.place is '年初预算所在的数：表/行/指标，或 stated/种类/对象/指标；未述为空';
comment on column intermediate.stated_budget.is_restated is '年初预算是否取自决算的表（可能已调整），而非情况说明；未述为空';
comment on column intermediate.stated_budget.table_code is '列有年初预算的标准表编号；情况说明所述为空';
comment on column intermediate.stated_budget.basis is '依据：function 功能分类（项）、category 款、class 类、economic 经济分类、three_public 三公经费、total 合计数';
comment on column intermediate.stated_budget.key is '科目代码，或项目的英文名';
