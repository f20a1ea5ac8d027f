-- This year against last year: as last year's document published it, and as this year's own sentence implies it.
-- Grain: one current document × metric (department × scope × fiscal year × metric).
create view mart.year_over_year as
with

metric_value as (
    select * from mart.metric_value
),

last_value as (
    select * from mart.metric_value
),

pair as (
    select * from intermediate.consecutive_year
),

current_parse as (
    select * from intermediate.current_parse
),

stated_change as (
    select
        *,
        case when is_class then 'general_public:' || row_key else subject end as metric
    from intermediate.stated_change
),

stated_figure as (
    select * from staging.stated_figure
    where kind = 'year_over_year' and measure = 'change_pct'
),

change_check as (
    select * from intermediate.change_check
),

prior_metric as (
    select * from intermediate.prior_metric
),

-- A reform gave the codes of a classification new contents: from its year on only the bridges hold.
reform (metric_family, fiscal_year, reason) as (
    values ('economic', 2018, '2018 年起执行支出经济分类科目改革方案（财预〔2017〕98号），科目衔接表未载')
),

denominator as (
    select * from intermediate.denominator
),

last_denominator as (
    select * from intermediate.denominator
),

matched as (
    select
        metric_value.*,
        pair.last_document_id,
        pair.last_fiscal_year,
        prior_metric.bridge,
        prior_metric.relation as bridge_relation,
        prior_metric.source as bridge_source,
        prior_metric.metric is not null and prior_metric.prior_metrics is null as is_divided,
        prior.amount_wan as last_wan,
        prior.is_sound as is_last_sound,
        prior.why_not as why_last_not,
        prior.is_found,
        -- Two periods of one code are two subjects; only the bridge table says that they are one.
        prior_metric.metric is null
        and metric_value.functional_subject_id is distinct from prior.functional_subject_id
        and prior.is_found as is_other_functional,
        prior_metric.metric is null
        and metric_value.economic_subject_id is distinct from prior.economic_subject_id
        and prior.is_found as is_other_economic,
        prior_metric.metric is null and reform.reason is not null and prior.is_found as is_reformed,
        reform.reason as reform,
        prior.row_label as last_row_label,
        stated.subject as stated_subject,
        stated.change_wan as stated_change_wan,
        stated.current_wan - stated.change_wan as implied_wan,
        stated.is_certain as is_stated_certain,
        stated_figure.value as stated_change_pct
    from metric_value
    inner join current_parse on current_parse.document_id = metric_value.document_id
    left join pair on pair.document_id = metric_value.document_id
    left join prior_metric
        on prior_metric.metric = metric_value.metric
        and prior_metric.fiscal_year = metric_value.fiscal_year
    left join reform
        on reform.metric_family = metric_value.metric_family
        and reform.fiscal_year = metric_value.fiscal_year
    left join lateral (
        select
            sum(last_value.amount_wan)::numeric(38, 6) as amount_wan,
            bool_and(last_value.is_sound) as is_sound,
            min(last_value.why_not) as why_not,
            count(*) > 0 as is_found,
            min(last_value.functional_subject_id) as functional_subject_id,
            min(last_value.economic_subject_id) as economic_subject_id,
            min(last_value.row_label) as row_label
        from last_value
        where
            last_value.document_id = pair.last_document_id
            and last_value.metric = any (
                case when prior_metric.metric is null then array[metric_value.metric] else prior_metric.prior_metrics end
            )
    ) as prior on true
    left join stated_change as stated
        on stated.parse_id = current_parse.parse_id
        and stated.metric = metric_value.metric
    left join stated_figure
        on stated_figure.parse_id = current_parse.parse_id
        and stated_figure.subject = stated.subject
),

bridged as (
    select
        *,
        is_other_functional or is_other_economic as is_renamed,
        case when not (is_other_functional or is_other_economic or is_reformed) then last_wan end as published_wan
    from matched
),

compared as (
    select
        *,
        coalesce(published_wan, implied_wan) as prior_wan,
        case
            when published_wan is not null then 'published'
            when implied_wan is not null then 'stated'
        end as prior_source,
        published_wan - implied_wan as published_minus_stated,
        case
            when why_not is not null then why_not
            when is_divided then '科目' || bridge || '，上年数无从分列或相比'
            when is_reformed then reform
            when is_renamed
                then '科目名称由“' || last_row_label || '”变为“' || row_label || '”，科目衔接表未载'
            when published_wan is null and implied_wan is null and last_document_id is null
                then '上年文件未入库，本年文件也未述增减'
            when published_wan is null and implied_wan is null and is_found then '上年数：' || why_last_not
            when published_wan is null and implied_wan is null then '上年文件没有此数，本年文件也未述增减'
            when published_wan is not null and not is_last_sound then '上年数：' || why_last_not
            when published_wan is null and not is_stated_certain then '所述增减额未能确切读出'
        end as why_not_comparable
    from bridged
),

judged as (
    select
        *,
        case
            when published_wan is null or implied_wan is null then 'not_applicable'
            when not is_stated_certain or not is_sound or not is_last_sound then 'undetermined'
            when published_minus_stated = 0 then 'exact'
            when abs(published_minus_stated) <= 0.015 then 'rounding'  -- three printed numbers
            else 'broken'
        end as outcome
    from compared
)

select
    judged.document_id,
    judged.source_name,
    judged.province,
    judged.city,
    judged.county,
    judged.division_code,
    judged.jurisdiction_level,
    judged.department,
    judged.department_kind,
    judged.scope,
    judged.fiscal_year,
    judged.metric,
    judged.metric_name,
    judged.metric_family,
    judged.amount_wan,
    judged.prior_wan::numeric(38, 6) as prior_amount_wan,
    judged.prior_source,
    judged.published_wan::numeric(38, 6) as published_prior_wan,
    judged.implied_wan::numeric(38, 6) as stated_prior_wan,
    (judged.amount_wan - judged.prior_wan)::numeric(38, 6) as change_wan,
    ((judged.amount_wan - judged.prior_wan) * 100 / nullif(judged.prior_wan, 0))::numeric(38, 2) as change_pct,
    judged.stated_change_wan::numeric(38, 6) as stated_change_wan,
    judged.stated_change_pct::numeric(38, 2) as stated_change_pct,
    judged.published_minus_stated::numeric(38, 6) as published_minus_stated_wan,
    judged.outcome,
    case when judged.outcome = 'broken' then change_check.finding end as finding,
    case judged.outcome
        when 'exact' then '上年文件所印与本年所述推算的上年数一致'
        when 'rounding' then '上年文件所印与本年所述推算的上年数之差为四舍五入所致'
        when 'undetermined' then '有数未能确切读出，或所涉勾稽关系不符，无法判定'
        when 'broken'
            then '上年文件印 ' || to_char(judged.published_wan, 'FM999999999990.0099') || ' 万元，本年所述推算为 '
                || to_char(judged.implied_wan, 'FM999999999990.0099') || ' 万元，相差 '
                || to_char(abs(judged.published_minus_stated), 'FM999999999990.0099') || ' 万元'
                || coalesce('；' || change_check.also_fits, '')
        else
            case judged.prior_source
                when 'published' then '本年文件未述增减，上年数取自上年文件'
                when 'stated' then '上年数由本年所述增减额推算'
                else judged.why_not_comparable
            end
    end as explanation,
    judged.bridge,
    judged.bridge_relation,
    judged.bridge_source,
    judged.why_not_comparable is null as is_comparable,
    judged.why_not_comparable as why_not,
    judged.last_document_id as prior_document_id,
    judged.table_code,
    judged.row_key,
    judged.row_label,
    judged.measure,
    judged.functional_code,
    judged.economic_code,
    judged.printed,
    judged.page,
    judged.line_no,
    denominator.price_base_year,
    denominator.price_division_code,
    (judged.amount_wan * 100 / denominator.price_index)::numeric(38, 6) as constant_price_wan,
    (judged.prior_wan * 100 / last_denominator.price_index)::numeric(38, 6) as prior_constant_price_wan,
    (
        (judged.amount_wan / denominator.price_index * last_denominator.price_index - judged.prior_wan) * 100
        / nullif(judged.prior_wan, 0)
    )::numeric(38, 2) as real_change_pct,
    judged.functional_subject_id,
    judged.economic_subject_id,
    judged.slot_id,
    judged.department_id
from judged
left join change_check
    on change_check.document_id = judged.document_id
    and change_check.row_key = judged.stated_subject
    and judged.outcome = 'broken'
left join denominator
    on denominator.division_code = judged.division_code
    and denominator.fiscal_year = judged.fiscal_year
-- Two indices compare only if they are one: the same division's, on the same base.
left join last_denominator
    on last_denominator.division_code = judged.division_code
    and last_denominator.fiscal_year = judged.fiscal_year - 1
    and last_denominator.price_base_year = denominator.price_base_year
    and last_denominator.price_division_code = denominator.price_division_code;

comment on view mart.year_over_year is '年度比较：本年与上年，上年数取自上年文件并与本年所述核对（现行决算文件）。粒度：每个文件的每个可比指标一行';
comment on column mart.year_over_year.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.year_over_year.source_name is '文件名（来源：入库文件）';
comment on column mart.year_over_year.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.year_over_year.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.year_over_year.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.year_over_year.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.year_over_year.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.year_over_year.department is '部门名称；无法判断时为空';
comment on column mart.year_over_year.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.year_over_year.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.year_over_year.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.year_over_year.metric is '可比指标：主要数字的英文名，或 functional:代码、general_public:代码、economic:代码，连接 mart.metric';
comment on column mart.year_over_year.metric_name is '可比指标的名称';
comment on column mart.year_over_year.metric_family is '类别：headline 主要数字、three_public 三公经费、operating_cost 机关运行经费、procurement 政府采购、functional 功能分类（全部支出）、general_public 功能分类（一般公共预算财政拨款）、economic 经济分类（基本支出）';
comment on column mart.year_over_year.amount_wan is '本年金额（万元）；空白、横线或无法确定时为空';
comment on column mart.year_over_year.prior_amount_wan is '上年金额（万元）：上年文件已入库者取其所印，否则由本年所述增减额推算';
comment on column mart.year_over_year.prior_source is '上年金额的来源：published 上年文件所印、stated 本年所述推算；没有为空';
comment on column mart.year_over_year.published_prior_wan is '上年文件所印（万元）；上年文件未入库、无此数或科目未衔接为空';
comment on column mart.year_over_year.stated_prior_wan is '本年所述推算的上年数（万元）：所述本年数（未述者取本表）− 所述增减额；未述为空';
comment on column mart.year_over_year.change_wan is '增减额（万元）：本年 − 上年';
comment on column mart.year_over_year.change_pct is '增减率（%）；上年为 0 或没有为空';
comment on column mart.year_over_year.stated_change_wan is '本年文件所述增减额（万元），减少为负；未述为空';
comment on column mart.year_over_year.stated_change_pct is '本年文件所述增减率（%）；未述为空';
comment on column mart.year_over_year.published_minus_stated_wan is '上年文件所印 − 本年所述推算（万元）；缺一为空';
comment on column mart.year_over_year.outcome is '两个上年数的核对：exact 相等、rounding 四舍五入之差、broken 不符、undetermined 无法判定、not_applicable 缺一';
comment on column mart.year_over_year.finding is '不符的原因（英文）：stale_copy 疑为照抄上年文字、wrong_direction 疑为方向词有误；相符或不明为空';
comment on column mart.year_over_year.explanation is '核对结果的说明';
comment on column mart.year_over_year.bridge is '所用科目衔接：上年科目 → 本年科目；代码与名称未变为空';
comment on column mart.year_over_year.bridge_relation is '衔接关系：same、renamed、moved、split、merged；未用为空';
comment on column mart.year_over_year.bridge_source is '衔接的依据；未用为空';
comment on column mart.year_over_year.is_comparable is '两年是否可比';
comment on column mart.year_over_year.why_not is '不可比的理由；可比为空';
comment on column mart.year_over_year.prior_document_id is '上年文件版本编号；未入库为空';
comment on column mart.year_over_year.table_code is '标准表编号 GK01 至 GK10，连接 mart.standard_table；取自情况说明为空';
comment on column mart.year_over_year.row_key is '行标识：科目代码、TOTAL 合计、PERSONNEL_TOTAL 人员经费合计、PUBLIC_TOTAL 公用经费合计、income:项目、expenditure:项目、all；取自情况说明为空';
comment on column mart.year_over_year.row_label is '印出的行名称；取自情况说明者为所说的对象';
comment on column mart.year_over_year.measure is '指标（列），同 mart.amount.measure';
comment on column mart.year_over_year.functional_code is '支出功能分类科目代码；非功能分类行为空';
comment on column mart.year_over_year.economic_code is '支出经济分类科目代码；非经济分类行为空';
comment on column mart.year_over_year.printed is '本年金额印出的原文';
comment on column mart.year_over_year.page is '页码，自 1 起；文本文件为空';
comment on column mart.year_over_year.line_no is '文本文件的行号，自 1 起；其他格式为空';
comment on column mart.year_over_year.price_base_year is '价格指数的基年；未载入为空';
comment on column mart.year_over_year.price_division_code is '价格指数所属地区代码：本地区未载取上级，全国为 000000';
comment on column mart.year_over_year.constant_price_wan is '按基年价格计的本年金额（万元）；价格指数未载入为空';
comment on column mart.year_over_year.prior_constant_price_wan is '按基年价格计的上年金额（万元）；上年价格指数未载入为空';
comment on column mart.year_over_year.real_change_pct is '扣除价格变动的增减率（%）；两年价格指数未全载入为空';
comment on column mart.year_over_year.functional_subject_id is '功能分类科目编号，连接 mart.functional_subject';
comment on column mart.year_over_year.economic_subject_id is '经济分类科目编号，连接 mart.economic_subject';
comment on column mart.year_over_year.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.year_over_year.department_id is '部门编号，连接 mart.department；无法判断时为空';
