-- This year and last year: last year's amount as last year's document printed it, and as this year's stated change
-- implies it. Grain: one current document × metric. Select one document at a time: only then PostgreSQL reads the rows
-- of that document only.
create view intermediate.yearly_change as
with

metric_value as (
    select * from mart.metric_value
),

last_value as (
    select * from mart.metric_value
),

pair as (
    select * from mart.year_pair
),

current_parse as (
    select * from intermediate.current_parse
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
said_by as (
    select * from intermediate.current_parse
),

stated_change as (
    select * from intermediate.stated_change
    where metric is not null
),

stated_pct as (
    select * from staging.stated_figure
    where kind = 'year_over_year' and measure = 'change_pct'
),

-- One stated change per metric: of several for the same code one that was read for certain.
-- The join is lateral, so that a query for one document reads the rows of that document only.
stated as (
    select distinct on (said_by.document_id, said.metric)
        said_by.document_id,
        said.*,
        stated_pct.value as change_pct
    from said_by
    cross join lateral (
        select * from stated_change
        where stated_change.parse_id = said_by.parse_id
        offset 0
    ) as said
    left join stated_pct on stated_pct.parse_id = said.parse_id and stated_pct.subject = said.subject
    order by said_by.document_id, said.metric, said.is_certain desc, said.has_change desc, said.subject
),

change_check as (
    select * from intermediate.change_check
),

prior_metric as (
    select * from intermediate.prior_metric
),

-- Years in which a reform changed what the codes of a classification mean: codes are then compared only by bridges.
reform as (
    select
        family.metric_family,
        2018 as fiscal_year,
        '2018 年起执行支出经济分类科目改革方案（财预〔2017〕98号），科目衔接表未载' as reason
    from staging.metric_family as family
    where family.classification = 'economic'
),

standard_table as (
    select * from staging.standard_table
),

average as (
    select * from staging.metric_quotient
    where divisor <> 'price_index'
),

matched as (
    select
        metric_value.*,
        -- What is stated is money; only what documents print in another unit is kept out of the columns in 万元.
        metric_value.metric
        <> all (array(select declared.metric from staging.metric as declared where declared.unit <> '万元')) as is_money,
        coalesce(cardinality(pair.prior_document_ids), 0) as last_documents,
        case when cardinality(pair.prior_document_ids) = 1 then pair.prior_document_ids[1] end as last_document_id,
        pair.continued,
        pair.previous_department,
        pair.succession,
        pair.succession_source,
        pair.units_added,
        pair.units_removed,
        pair.unit_changes,
        pair.without_document,
        pair.why_no_prior,
        pair.why_unlike,
        prior_metric.bridge,
        prior_metric.relation as bridge_relation,
        prior_metric.source as bridge_source,
        prior_metric.is_crossed,
        prior_metric.metric is not null and prior_metric.prior_metrics is null as is_divided,
        prior_metric.metric is not null
        and not prior_metric.is_crossed
        and prior.has_own
        and not metric_value.metric = any (prior_metric.prior_metrics) as is_target_in_use,
        prior.value as last_number,
        prior.is_sound as is_last_sound,
        prior.is_doubtful as is_last_doubtful,
        prior.why_not as why_last_not,
        prior.found > 0 as is_found,
        prior.found > 0
        and prior.found < coalesce(cardinality(prior_metric.prior_metrics), 1) * cardinality(pair.prior_document_ids)
            as is_part_missing,
        prior.has_no_amount,
        -- A code with different subjects in the two years counts as renamed, unless both documents print the same name
        -- or a bridge concerns it.
        prior_metric.metric is null
        and prior.found > 0
        and (
            metric_value.functional_subject_id is distinct from prior.functional_subject_id
            or metric_value.economic_subject_id is distinct from prior.economic_subject_id
        )
        and translate(metric_value.row_label, E' \u3000\n()（）、,，。.·:：—-', '')
        is distinct from translate(prior.row_label, E' \u3000\n()（）、,，。.·:：—-', '') as is_renamed,
        prior_metric.metric is null and reform.reason is not null and prior.found > 0 as is_reformed,
        reform.reason as reform,
        standard_table.number as table_number,
        prior.row_label as last_row_label,
        metric_value.table_code = any (pair.unread_tables) as is_last_table_lost,
        coalesce(cardinality(pair.prior_document_ids) > 1, false) and average.metric is not null as is_sum_of_averages,
        stated.subject as stated_subject,
        change_check.finding,
        change_check.also_fits,
        change_check.explanation as check_explanation,
        change_check.outcome as check_outcome,
        stated.has_change,
        stated.change_wan as stated_change_wan,
        stated.change_pct as stated_change_pct,
        coalesce(stated.current_wan, metric_value.amount_wan) as said_wan,
        coalesce(stated.stated_envelope_wan, 0.010) as stated_envelope_wan,
        stated.change_wan is not null
        and (stated.is_certain or (stated.current_wan is null and metric_value.is_sound)) as is_stated_certain
    from metric_value
    inner join current_parse on current_parse.document_id = metric_value.document_id
    left join pair on pair.document_id = metric_value.document_id
    left join prior_metric
        on prior_metric.metric = metric_value.metric
        and prior_metric.fiscal_year = metric_value.fiscal_year
    left join standard_table on standard_table.table_code = metric_value.table_code
    left join average on average.metric = metric_value.metric
    left join reform
        on reform.metric_family = metric_value.metric_family
        and reform.fiscal_year = metric_value.fiscal_year
    left join stated on stated.document_id = metric_value.document_id and stated.metric = metric_value.metric
    -- Before the lateral join: behind its cost PostgreSQL would not see what a wrong way of joining costs.
    left join change_check
        on change_check.document_id = metric_value.document_id
        and change_check.row_key = stated.subject
    left join lateral (
        select
            (sum(last_value.value) filter (where wanted.is_prior))::numeric(38, 6) as value,
            bool_and(last_value.is_sound) filter (where wanted.is_prior) as is_sound,
            bool_or(last_value.status = 'doubtful') filter (where wanted.is_prior) as is_doubtful,
            min(last_value.why_not) filter (where wanted.is_prior) as why_not,
            count(*) filter (where wanted.is_prior) as found,
            coalesce(bool_or(last_value.value is null) filter (where wanted.is_prior), false) as has_no_amount,
            coalesce(bool_or(last_value.metric = metric_value.metric), false) as has_own,
            min(last_value.functional_subject_id) filter (where wanted.is_prior) as functional_subject_id,
            min(last_value.economic_subject_id) filter (where wanted.is_prior) as economic_subject_id,
            min(last_value.row_label) filter (where wanted.is_prior) as row_label
        from unnest(pair.prior_document_ids) as prior_document (document_id)
        cross join last_value
        cross join lateral (
            select coalesce(
                last_value.metric = any (prior_metric.prior_metrics),
                prior_metric.metric is null and last_value.metric = metric_value.metric
            ) as is_prior
        ) as wanted
        where
            last_value.document_id = prior_document.document_id
            and last_value.metric = any (metric_value.metric || coalesce(prior_metric.prior_metrics, array[]::text[]))
    ) as prior on true
),

-- Where the narrative states another amount for this year than the table, its change is not used.
implied as (
    select
        *,
        stated_change_wan is not null and abs(said_wan - amount_wan) > stated_envelope_wan as is_contradicted,
        (said_wan - stated_change_wan)::numeric(38, 6) as implied_wan,
        case when not (is_renamed or is_reformed or is_target_in_use or is_sum_incomplete or is_sum_of_averages) then last_number end
            as published_value
    from matched
    -- The numbers of merged bodies are added up where each has its own. A body whose table was read whole and does not
    -- print the code has none of it.
    cross join lateral (
        select coalesce(
            last_documents > 1
            and (
                has_no_amount
                or (is_part_missing and (is_last_table_lost or coalesce(functional_code, economic_code) is null))
            ), false
        ) as is_sum_incomplete
    ) as added
),

-- Last year's document is preferred, unless its number is doubtful and the stated change certain.
chosen as (
    select
        *,
        case
            when published_value is not null and not (is_last_doubtful and is_stated_certain and not is_contradicted)
                then 'published'
            -- The sentence of a merged body may speak of one predecessor only.
            when
                implied_wan is not null
                and not is_contradicted
                and continued <> 'merged'
                and why_no_prior is null
                then 'stated'
        end as prior_source
    from implied
),

compared as (
    select
        *,
        case prior_source when 'published' then published_value when 'stated' then implied_wan end as prior_value,
        (published_value - implied_wan)::numeric(38, 6) as published_minus_stated,
        case
            when why_not is not null then why_not
            when why_no_prior is not null then why_no_prior
            when is_divided then '科目' || bridge || '，上年数无从分列或相比'
            when is_target_in_use then '科目' || bridge || '，而上年文件已有本科目，衔接表未载其内容'
            when is_reformed then reform
            when is_renamed then '科目名称由“' || last_row_label || '”变为“' || row_label || '”，科目衔接表未载'
            when is_crossed and prior_source is not null then '所属科目有改列：' || bridge
            when is_part_missing and is_last_table_lost then '上年文件的' || table_number || '未能全部读出，相加的科目可能不全'
            when is_sum_of_averages then '合并前各部门的平均数不能相加'
            when is_sum_incomplete and not has_no_amount then '合并前的部门有未印出此数者，无从相加'
            when why_unlike is not null and prior_source is not null then why_unlike
            when prior_source = 'published' and not is_last_sound then '上年数：' || why_last_not
            when prior_source = 'stated' and not is_stated_certain then '所述本年数或增减额未能确切读出'
            when prior_source is not null then null
            when is_contradicted
                then '情况说明所述本年数 ' || to_char(said_wan, 'FM999999999990.0099') || ' 万元与表中的 '
                    || to_char(amount_wan, 'FM999999999990.0099') || ' 万元不符，所述增减额推不出上年数'
            when is_found then '上年数：' || coalesce(why_last_not, '未能确切读出')
            when is_last_table_lost then '上年文件的' || table_number || '未能全部读出'
            when last_documents > 0 then '上年文件没有此数，' || unsaid
            else coalesce(without_document || '的', '') || '上年文件未入库，' || unsaid
        end as why_not_comparable
    from chosen
    cross join lateral (
        select case
            when stated_change_pct is not null then '本年文件只述增减率'
            when has_change then '本年文件所述增减额未能读出'
            else '本年文件也未述此数的增减'
        end as unsaid
    ) as words
),

judged as (
    select
        compared.*,
        case
            when compared.published_value is null or compared.implied_wan is null then 'not_applicable'
            when not compared.is_stated_certain or not compared.is_sound or not compared.is_last_sound then 'undetermined'
            -- Last year's narrative and table may print different figures. Rules Y1 and Y2 compare with the nearer one;
            -- their outcome is used here, so that both views say the same.
            when compared.check_outcome <> 'not_applicable' and compared.bridge is null then compared.check_outcome
            when compared.published_minus_stated = 0 then 'exact'
            when abs(compared.published_minus_stated) <= compared.stated_envelope_wan + 0.005 then 'rounding'
            when compared.last_documents > 1 then 'undetermined'
            else 'broken'
        end as outcome
    from compared
)

select
    judged.document_id,
    judged.metric,
    case when judged.is_money then judged.prior_value end::numeric(38, 6) as prior_amount_wan,
    judged.prior_source,
    case when judged.is_money then judged.published_value end::numeric(38, 6) as published_prior_wan,
    judged.implied_wan::numeric(38, 6) as stated_prior_wan,
    case when judged.is_money then judged.value - judged.prior_value end::numeric(38, 6) as change_wan,
    ((judged.value - judged.prior_value) * 100 / nullif(judged.prior_value, 0))::numeric(38, 2) as change_pct,
    judged.stated_change_wan::numeric(38, 6) as stated_change_wan,
    judged.stated_change_pct::numeric(38, 2) as stated_change_pct,
    judged.published_minus_stated::numeric(38, 6) as published_minus_stated_wan,
    judged.outcome,
    case when judged.outcome = 'broken' then judged.finding end as finding,
    case judged.outcome
        when 'exact'
            then case
                when judged.published_minus_stated = 0 then '上年文件所印与本年所述推算的上年数一致'
                else judged.check_explanation
            end
        when 'rounding' then '上年文件所印与本年所述推算的上年数之差为四舍五入所致'
        when 'undetermined'
            then case
                when judged.last_documents > 1 and judged.is_sound and judged.is_last_sound and judged.is_stated_certain
                    then '上年数为合并前各部门之和，本年所述的上年数可能只就其一，无法判定'
                else '有数未能确切读出，或所涉勾稽关系不符，无法判定'
            end
        when 'broken'
            then '上年文件印 ' || to_char(judged.published_value, 'FM999999999990.0099') || ' 万元，本年所述推算为 '
                || to_char(judged.implied_wan, 'FM999999999990.0099') || ' 万元，相差 '
                || to_char(abs(judged.published_minus_stated), 'FM999999999990.0099') || ' 万元'
                || coalesce('；' || judged.also_fits, '')
        else
            case
                when judged.prior_source = 'stated' then '上年数由本年所述增减额推算'
                when judged.prior_source = 'published' and judged.stated_change_pct is not null
                    then '本年文件只述增减率，上年数取自上年文件'
                when judged.prior_source = 'published' then '本年文件未述增减额，上年数取自上年文件'
                else judged.why_not_comparable
            end
    end as explanation,
    judged.bridge,
    judged.bridge_relation,
    judged.bridge_source,
    judged.why_not_comparable is null as is_comparable,
    judged.why_not_comparable as why_not,
    judged.last_document_id as prior_document_id,
    judged.continued,
    judged.previous_department,
    judged.succession,
    judged.succession_source,
    judged.units_added,
    judged.units_removed,
    judged.unit_changes,
    judged.prior_value::numeric(38, 6) as prior_value,
    (judged.value - judged.prior_value)::numeric(38, 6) as value_change
from judged;

comment on view intermediate.yearly_change is '年度比较的结果：上年数、增减与核对，写入 mart.yearly_change。粒度：每个现行决算文件的每个可比指标一行';
comment on column intermediate.yearly_change.outcome is '两个上年数的核对：exact 相等、rounding 四舍五入之差、broken 不符、undetermined 无法判定、not_applicable 缺一';
comment on column intermediate.yearly_change.explanation is '核对结果的说明';
comment on column intermediate.yearly_change.is_comparable is '两年是否可比';
comment on column intermediate.yearly_change.why_not is '不可比的理由；可比为空';
