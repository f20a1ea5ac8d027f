-- The value of every metric in every current document: headlines, functional and economic codes, the three public
-- expenses, operating cost, procurement, staff, and quotients of these; with its cell, and with the reason where it is not
-- sound.
-- Grain: one metric of a document (current final accounts × metric).
create view intermediate.metric_value as
with

document as (
    select * from mart.published_document
    where is_current
),

amount as (
    select * from staging.amount
),

headline as (
    select * from intermediate.headline
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
listed as (
    select * from intermediate.headline
),

table_state as (
    select * from intermediate.table_state
),

-- The rows of totals, and the amounts among which the row of a sole unit is looked for.
row_of_all as (
    select * from intermediate.headline
    where row_key in ('TOTAL', 'all')
),

of_unit as (
    select * from staging.amount
    where row_key >= 'unit:' and row_key < 'unit;'
),

of_all as (
    select * from staging.amount
    where row_key in ('TOTAL', 'all')
),

-- What a document states, in sentences or of its body.
stated_figure as (
    select
        parse_id,
        kind,
        subject,
        measure,
        amount_wan as value,
        status,
        repair_reason,
        printed,
        page,
        line_no,
        file_no
    from staging.stated_figure
    union all
    select
        parse_id,
        'body_fact',
        fact,
        'value',
        value,
        'as_printed',
        null,
        printed,
        page,
        line_no,
        file_no
    from staging.body_fact
),

-- Where the narrative states a metric. Of several places the one with the lowest choice is used that the document has;
-- a cell of a table is choice 0. So the narrative counts for metrics of no table, or where the table was not published.
stated_metric as (
    select
        metric_stated.*,
        metric.kind as document_kind,
        metric.label
    from staging.metric_stated
    inner join staging.metric on metric.metric = metric_stated.metric
),

quotient as (
    select * from staging.metric_quotient
),

denominator as (
    select * from mart.denominator
),

-- Amounts at constant prices of several base years cannot be compared.
price_base as materialized (
    select
        fiscal_year,
        count(distinct price_base_year) > 1 as is_several
    from mart.denominator
    group by fiscal_year
),

last_denominator as (
    select * from mart.denominator
),

family as (
    select * from staging.metric_family
    where classification is not null
),

unknown_row as (
    select * from intermediate.unknown_row
),

three_public_total as (
    select * from intermediate.three_public_total
    where not is_of_more
),

total_of_more as (
    select * from intermediate.three_public_total
    where is_of_more
),

functional_subject as (
    select * from staging.functional_subject
),

economic_subject as (
    select * from staging.economic_subject
),

known_name as (
    select * from mart.subject_name
),

-- A second CTE over the same table: PostgreSQL would scan a CTE that is used twice for every cell, without an index.
known_elsewhere as (
    select * from mart.subject_name
),

unsound_check as (
    select * from intermediate.unsound_check
),

metric_name as (
    select * from mart.metric
)

-- All joins to the document are lateral: a query for one document reads the rows of that document only.
select
    document.{shared},
    compared.metric,
    -- With the name that the code had in the year of the document.
    case
        when compared.subject_name is null then metric_name.metric_name
        else split_part(metric_name.metric_name, '：', 1) || '：' || compared.row_key || ' ' || compared.subject_name
    end as metric_name,
    metric_name.metric_family,
    case when metric_name.unit = '万元' then compared.value end::numeric(38, 6) as amount_wan,
    case metric_name.side
        when 'income' then compared.value * 100 / nullif(compared.income_wan, 0)
        when 'expenditure' then compared.value * 100 / nullif(compared.expenditure_wan, 0)
    end::numeric(38, 2) as share_of_total_pct,
    compared.why_not is null as is_sound,
    compared.why_not,
    compared.cause,
    compared.note,
    compared.table_code,
    compared.row_key,
    compared.row_label,
    compared.measure,
    compared.functional_code,
    compared.economic_code,
    compared.presence,
    compared.status,
    compared.printed,
    compared.page,
    compared.line_no,
    compared.functional_subject_id,
    compared.economic_subject_id,
    document.slot_id,
    document.department_id,
    compared.file_no,
    {evidence_url(document.document_id, compared.cell)} as evidence_url,
    compared.value::numeric(38, 6) as value,
    metric_name.unit,
    metric_name.kind as document_kind,
    metric_name.is_amount
from document
cross join lateral (
    with

    judged as (
        select distinct on (counted.metric)
            counted.metric,
            cell.*,
            case
                when not cell.is_unit_certain then '金额单位未能确定'
                when unsound.why_not is not null then unsound.why_not
                when cell.presence is null then cell.repair_reason
                when cell.presence = 'blank' then '单元格为空白'
                when cell.presence = 'dash' then '单元格印有横线'
                when cell.value is null then '数字未能确切读出'
                when cell.status = 'doubtful' then '数字存疑：' || cell.repair_reason
                when cell.is_other_name and other_name.code is not null
                    then '印出的科目名称“' || cell.row_label || '”不是代码 ' || cell.row_key || '（' || cell.subject_name
                        || '）的名称，而是 ' || other_name.code || ' 的，科目衔接表未载'
            end as why_not,
            case
                when not cell.is_unit_certain or unsound.outcome = 'undetermined' then 'reading'
                when unsound.outcome = 'broken' then 'checks'
                when cell.presence is null then case when cell.is_unread then 'reading' else 'publishing' end
                when cell.presence in ('blank', 'dash') then 'publishing'
                when cell.value is null or cell.status = 'doubtful' then 'reading'
                when cell.is_other_name and other_name.code is not null then 'names'
            end as cause,
            case when cell.is_other_name
                then '印出的科目名称“' || cell.row_label || '”与参考名称“' || cell.subject_name || '”不同'
            end as note
        from (
            select
                coalesce(headline.metric, family.metric_family || ':' || amount.row_key) as own_metric,
                0 as choice,
                amount.amount_wan as value,
                coalesce(headline.table_code, family.table_code) as table_code,
                amount.row_key,
                amount.row_label,
                coalesce(headline.measure, family.measure) as measure,
                functional_subject.code as functional_code,
                economic_subject.code as economic_code,
                amount.presence,
                amount.status,
                amount.repair_reason,
                amount.printed,
                amount.page,
                amount.line_no,
                amount.file_no,
                amount.row_no,
                amount.functional_subject_id,
                amount.economic_subject_id,
                coalesce(functional_subject.name, economic_subject.name) as subject_name,
                coalesce(functional_subject.status, economic_subject.status) <> 'as_published'
                and label.plain <> ''
                and not exists (
                    select from known_name
                    where
                        known_name.classification = label.classification
                        and known_name.code = amount.row_key collate "default"  -- the collation of the index
                        and (
                            strpos(label.plain, known_name.plain_name) > 0
                            -- A name cut off in print is accepted with four characters or more.
                            or (strpos(known_name.plain_name, label.plain) > 0 and length(label.plain) >= 4)
                        )
                ) as is_other_name,
                label.plain,
                label.classification,
                amount.is_unit_certain,
                false as is_unread,
                concat_ws(
                    '/',
                    coalesce(headline.table_code, family.table_code),
                    amount.row_key,
                    coalesce(headline.measure, family.measure)
                ) as cell
            from amount
            left join headline
                on headline.measure_id = amount.measure_id
                and headline.item_key = amount.item_key
            left join family
                on family.measure_id = amount.measure_id
                and case family.classification
                    when 'functional' then amount.functional_subject_id
                    else amount.economic_subject_id
                end is not null
            left join functional_subject on functional_subject.functional_subject_id = amount.functional_subject_id
            left join economic_subject on economic_subject.economic_subject_id = amount.economic_subject_id
            cross join lateral (
                select
                    translate(amount.row_label, E' \u3000\n()（）、,，。.·:：—-', '') as plain,
                    case when amount.functional_subject_id is null then 'economic' else 'functional' end as classification
            ) as label
            where
                amount.parse_id = document.parse_id
                and coalesce(headline.metric, family.metric_family) is not null
            union all
            select
                stated_metric.metric,
                stated_metric.choice,
                stated_figure.value,
                null,
                null,
                stated_metric.label,
                stated_metric.measure,
                null,
                null,
                'number',
                stated_figure.status,
                stated_figure.repair_reason,
                stated_figure.printed,
                stated_figure.page,
                stated_figure.line_no,
                stated_figure.file_no,
                1,
                null,
                null,
                null,
                false,
                null,
                null,
                true,
                false,
                case when stated_figure.kind <> 'body_fact'
                    then concat_ws('/', 'stated', stated_figure.kind, stated_figure.subject, stated_figure.measure)
                end
            from stated_metric
            inner join stated_figure
                on stated_figure.parse_id = document.parse_id
                and stated_figure.kind = stated_metric.kind
                and stated_figure.subject = stated_metric.subject
                and stated_figure.measure = stated_metric.measure
            where stated_metric.document_kind = document.kind
            union all
            -- Some budgets print the whole of a table in the row of the unit that is the only one in it.
            select
                sole.metric,
                0,
                sole.amount_wan,
                sole.table_code,
                sole.row_key,
                sole.row_label,
                sole.measure,
                null,
                null,
                sole.presence,
                sole.status,
                sole.repair_reason,
                sole.printed,
                sole.page,
                sole.line_no,
                sole.file_no,
                sole.row_no,
                null,
                null,
                null,
                false,
                null,
                null,
                sole.is_unit_certain,
                false,
                concat_ws('/', sole.table_code, sole.row_key, sole.measure)
            from (
                select
                    row_of_all.metric,
                    row_of_all.table_code,
                    row_of_all.measure,
                    of_unit.*,
                    count(*) over (partition by row_of_all.metric) as units
                from row_of_all
                inner join of_unit on of_unit.measure_id = row_of_all.measure_id
                where
                    of_unit.parse_id = document.parse_id
                    and row_of_all.kind = document.kind
                    and strpos(of_unit.row_key, '/') = 0
            ) as sole
            where
                document.kind = 'budget'
                and sole.units = 1
                and not exists (
                    select from of_all
                    where of_all.parse_id = document.parse_id and of_all.measure_id = sole.measure_id
                )
            union all
            -- A headline without a number in its table has a row too, with the reason.
            select
                listed.metric,
                9,
                null,
                listed.table_code,
                null,
                null,
                listed.measure,
                null,
                null,
                null,
                null,
                case
                    when table_state.status is null then '未见' || listed.table_number
                    else coalesce(
                        table_state.why_not,
                        unknown_row.why_not,
                        of_more.why_not,
                        listed.table_number || '没有此行'
                    )
                end,
                null,
                table_state.first_page,
                null,
                table_state.file_no,
                1,
                null,
                null,
                null,
                false,
                null,
                null,
                true,
                coalesce(table_state.is_unread, false) or unknown_row.why_not is not null,
                null
            from listed
            left join table_state
                on table_state.parse_id = document.parse_id
                and table_state.table_code = listed.table_code
            left join unknown_row
                on unknown_row.parse_id = document.parse_id
                and unknown_row.table_code = listed.table_code
                and unknown_row.side = listed.row_side
            left join lateral (
                select '表中合计含会议费、培训费，“三公”经费小计未印' as why_not from total_of_more
                where listed.metric = 'budget_three_public' and total_of_more.parse_id = document.parse_id
                limit 1
            ) as of_more on true
            where listed.kind = document.kind
        ) as cell
        -- The total of the table of the three public expenses is also that of the three where no subtotal is printed.
        cross join lateral (
            select cell.own_metric as metric
            union all
            select 'budget_three_public' from three_public_total
            where
                cell.own_metric = 'budget_three_public_total'
                and three_public_total.parse_id = document.parse_id
                and three_public_total.row_key = cell.row_key
        ) as counted
        left join lateral (
            select
                unsound_check.outcome,
                unsound_check.why_not
            from unsound_check
            where
                unsound_check.parse_id = document.parse_id
                and cell.cell = any (unsound_check.cells)
                -- A broken identity with the narrative does not make a number of a table unsound.
                and (cell.table_code is null or not unsound_check.is_of_narrative)
            order by unsound_check.outcome, unsound_check.check_no  -- broken before undetermined
            limit 1
        ) as unsound on true
        -- A printed name that is none of this code's is unsound only if it is the name of another code.
        left join lateral (
            select min(known_elsewhere.code) as code
            from known_elsewhere
            where
                cell.is_other_name
                and known_elsewhere.classification = cell.classification
                and known_elsewhere.plain_name = cell.plain
                and known_elsewhere.code <> cell.row_key
        ) as other_name on true
        order by counted.metric, cell.choice, cell.presence <> 'number', cell.row_no
    ),

    divided as (
        select
            quotient.metric,
            base.value * quotient.factor / nullif(divisor.value, 0) as value,
            base.table_code,
            base.row_key,
            quotient.label as row_label,
            base.measure,
            base.page,
            base.line_no,
            base.file_no,
            coalesce(base.why_not, divisor.why_not) as why_not,
            case
                when base.why_not is not null then base.cause
                when divisor.why_not is not null then divisor.cause
            end as cause
        from quotient
        inner join judged as base on base.metric = quotient.dividend
        left join judged as persons on persons.metric = quotient.divisor
        left join denominator
            on denominator.division_code = document.division_code
            and denominator.fiscal_year = document.fiscal_year
        left join last_denominator
            on last_denominator.division_code = document.division_code
            and last_denominator.fiscal_year = document.fiscal_year - 1
        left join price_base on price_base.fiscal_year = document.fiscal_year
        cross join lateral (
            select
                case quotient.divisor
                    when 'population' then denominator.population
                    when 'price_index' then denominator.price_index
                    else persons.value
                end as value,
                case quotient.divisor
                    when 'population'
                        then case when denominator.population is null then '所属地区当年人口未载入' end
                    when 'price_index'
                        then case
                            when denominator.price_index is null then '当年价格指数未载入'
                            when price_base.is_several then '载入的价格指数基年不一'
                            -- The amount of last year would be divided by another index.
                            when
                                denominator.price_division_code <> last_denominator.price_division_code
                                or denominator.price_base_year <> last_denominator.price_base_year
                                then '本年与上年所用的价格指数不是同一地区、同一基年的'
                        end
                    else
                        case
                            when persons.metric is null then '文件未印' || quotient.divisor_name
                            when persons.value = 0 then '印出的' || quotient.divisor_name || '为 0'
                            else persons.why_not
                        end
                end as why_not,
                case
                    when quotient.divisor in ('population', 'price_index') then 'series'
                    when persons.metric is null or persons.value = 0 then 'publishing'
                    else persons.cause
                end as cause
        ) as divisor
    )

    select
        every.*,
        -- No share of a total that is not sound.
        max(every.value) filter (where every.metric in ('income', 'budget_income') and every.why_not is null) over () as income_wan,
        max(every.value) filter (where every.metric in ('expenditure', 'budget_expenditure') and every.why_not is null) over ()
            as expenditure_wan
    from (
        select
            judged.metric,
            judged.value,
            judged.subject_name,
            judged.table_code,
            judged.row_key,
            judged.row_label,
            judged.measure,
            judged.functional_code,
            judged.economic_code,
            judged.presence,
            judged.status,
            judged.printed,
            judged.page,
            judged.line_no,
            judged.file_no,
            judged.functional_subject_id,
            judged.economic_subject_id,
            judged.why_not,
            judged.cause,
            judged.note,
            judged.cell
        from judged
        union all
        select
            divided.metric,
            divided.value,
            null,
            divided.table_code,
            divided.row_key,
            divided.row_label,
            divided.measure,
            null,
            null,
            null,
            null,
            null,
            divided.page,
            divided.line_no,
            divided.file_no,
            null,
            null,
            divided.why_not,
            divided.cause,
            null,
            null
        from divided
    ) as every
) as compared
inner join metric_name on metric_name.metric = compared.metric;

comment on view intermediate.metric_value is '可比指标的数值（现行决算文件）。粒度：每个文件的每个可比指标一行';
comment on column intermediate.metric_value.metric is '可比指标：主要数字的英文名，或 functional:代码、general_public:代码、economic:代码';
comment on column intermediate.metric_value.is_sound is '是否可用于比较：数字确切，所涉表内、表间勾稽关系没有不符或无法判定';
comment on column intermediate.metric_value.why_not is '不可用于比较的理由；可以比较为空';
comment on column intermediate.metric_value.cause is '不可靠的缘由：reading 未能确切读出、publishing 公开的文件没有此数、checks 勾稽关系不符、names 印出的科目名称是另一代码的、series 人口或价格指数未载入；可靠为空';
comment on column intermediate.metric_value.note is '不影响比较的说明：印出的科目名称与参考名称不同；没有为空';
comment on column intermediate.metric_value.table_code is '标准表编号；取自情况说明为空';
comment on column intermediate.metric_value.row_key is '行标识：科目代码、TOTAL 合计、PERSONNEL_TOTAL 人员经费合计、PUBLIC_TOTAL 公用经费合计、income:项目、expenditure:项目、all；取自情况说明为空';
comment on column intermediate.metric_value.measure is '所在列，同 mart.amount.measure；取自情况说明者同 mart.stated_figure.measure';
comment on column intermediate.metric_value.file_no is '所在文件的序号，连接 mart.document_file；没有此数且未见所在的表为空';
comment on column intermediate.metric_value.functional_code is '支出功能分类科目代码；非功能分类行为空';
comment on column intermediate.metric_value.unit is '指标（value）的单位：万元；人数为 人，按人平均为 元/人';
