-- This year and last year: last year's amount as last year's document printed it, and as this year's stated change
-- implies it.
-- Grain: one current document × metric (department × scope × fiscal year × metric).
-- Without CTEs, so that PostgreSQL plans the view together with the query that reads it: a query for some rows does not
-- compute all of them.
-- Key: document_id, metric.
create view mart.year_over_year as
select
    metric_value.{shared},
    metric_value.metric,
    metric_value.metric_name,
    metric_value.metric_family,
    metric_value.amount_wan,
    yearly_change.prior_amount_wan,
    yearly_change.prior_source,
    yearly_change.published_prior_wan,
    yearly_change.stated_prior_wan,
    yearly_change.change_wan,
    yearly_change.change_pct,
    yearly_change.stated_change_wan,
    yearly_change.stated_change_pct,
    yearly_change.published_minus_stated_wan,
    yearly_change.outcome,
    yearly_change.finding,
    yearly_change.explanation,
    yearly_change.bridge,
    yearly_change.bridge_relation,
    yearly_change.bridge_source,
    yearly_change.is_comparable,
    yearly_change.why_not,
    yearly_change.prior_document_id,
    metric_value.table_code,
    metric_value.row_key,
    metric_value.row_label,
    metric_value.measure,
    metric_value.functional_code,
    metric_value.economic_code,
    metric_value.printed,
    metric_value.page,
    metric_value.line_no,
    denominator.price_base_year,
    denominator.price_division_code,
    (nominal.amount_wan * 100 / denominator.price_index)::numeric(38, 6) as constant_price_wan,
    (nominal.prior_amount_wan * 100 / last_denominator.price_index)::numeric(38, 6) as prior_constant_price_wan,
    (
        (nominal.amount_wan / denominator.price_index * last_denominator.price_index - nominal.prior_amount_wan) * 100
        / nullif(nominal.prior_amount_wan, 0)
    )::numeric(38, 2) as real_change_pct,
    metric_value.functional_subject_id,
    metric_value.economic_subject_id,
    metric_value.slot_id,
    metric_value.department_id,
    metric_value.file_no,
    yearly_change.continued,
    yearly_change.previous_department,
    yearly_change.succession,
    yearly_change.succession_source,
    yearly_change.units_added,
    yearly_change.units_removed,
    yearly_change.unit_changes,
    metric_value.document_kind,
    metric_value.evidence_url,
    metric_value.unit,
    metric_value.value,
    yearly_change.prior_value,
    yearly_change.value_change
from mart.metric_value
inner join mart.yearly_change
    on yearly_change.document_id = metric_value.document_id
    and yearly_change.metric = metric_value.metric
-- Persons and quotients have no constant prices.
cross join lateral (
    select
        case when metric_value.is_amount then metric_value.amount_wan end as amount_wan,
        case when metric_value.is_amount then yearly_change.prior_amount_wan end as prior_amount_wan
) as nominal
left join mart.denominator
    on denominator.division_code = metric_value.division_code
    and denominator.fiscal_year = metric_value.fiscal_year
-- Only price indices of the same division with the same base year can be compared.
left join mart.denominator as last_denominator
    on last_denominator.division_code = metric_value.division_code
    and last_denominator.fiscal_year = metric_value.fiscal_year - 1
    and last_denominator.price_base_year = denominator.price_base_year
    and last_denominator.price_division_code = denominator.price_division_code;

comment on view mart.year_over_year is '年度比较：本年与上年，上年数取自上年文件并与本年所述核对（现行决算文件）。粒度：每个文件的每个可比指标一行';
comment on column mart.year_over_year.amount_wan is '本年金额（万元）；空白、横线、无法确定或指标不以万元计为空';
comment on column mart.year_over_year.outcome is '两个上年数的核对：exact 相等、rounding 四舍五入之差、broken 不符、undetermined 无法判定、not_applicable 缺一';
comment on column mart.year_over_year.explanation is '核对结果的说明';
comment on column mart.year_over_year.is_comparable is '两年是否可比';
comment on column mart.year_over_year.why_not is '不可比的理由；可比为空';
comment on column mart.year_over_year.table_code is '标准表编号；取自情况说明为空';
comment on column mart.year_over_year.row_key is '行标识：科目代码、TOTAL 合计、PERSONNEL_TOTAL 人员经费合计、PUBLIC_TOTAL 公用经费合计、income:项目、expenditure:项目、all；取自情况说明为空';
comment on column mart.year_over_year.measure is '所在列，同 mart.amount.measure；取自情况说明者同 mart.stated_figure.measure';
comment on column mart.year_over_year.file_no is '所在文件的序号，连接 mart.document_file；没有此数且未见所在的表为空';
comment on column mart.year_over_year.functional_code is '支出功能分类科目代码；非功能分类行为空';
comment on column mart.year_over_year.printed is '本年金额印出的原文';
comment on column mart.year_over_year.constant_price_wan is '按基年价格计的本年金额（万元）；价格指数未载入为空';
comment on column mart.year_over_year.prior_constant_price_wan is '按基年价格计的上年金额（万元）；上年价格指数未载入为空';
comment on column mart.year_over_year.real_change_pct is '扣除价格变动的增减率（%）；两年价格指数未全载入为空';
comment on column mart.year_over_year.unit is '指标（value、prior_value、value_change）的单位：万元；人数为 人，按人平均为 元/人';
