-- This year against last year: as last year's document published it, and as this year's own sentence implies it.
-- Grain: one current document × metric (department × scope × fiscal year × metric).
-- No common table expressions: PostgreSQL plans a view that has one by itself, and reads it all for one page of it.
create view mart.year_over_year as
select
    metric_value.document_id,
    metric_value.source_name,
    metric_value.province,
    metric_value.city,
    metric_value.county,
    metric_value.division_code,
    metric_value.jurisdiction_level,
    metric_value.department,
    metric_value.department_kind,
    metric_value.scope,
    metric_value.fiscal_year,
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
    (metric_value.amount_wan * 100 / denominator.price_index)::numeric(38, 6) as constant_price_wan,
    (yearly_change.prior_amount_wan * 100 / last_denominator.price_index)::numeric(38, 6) as prior_constant_price_wan,
    (
        (metric_value.amount_wan / denominator.price_index * last_denominator.price_index - yearly_change.prior_amount_wan) * 100
        / nullif(yearly_change.prior_amount_wan, 0)
    )::numeric(38, 2) as real_change_pct,
    metric_value.functional_subject_id,
    metric_value.economic_subject_id,
    metric_value.slot_id,
    metric_value.department_id
from mart.metric_value
inner join mart.yearly_change
    on yearly_change.document_id = metric_value.document_id
    and yearly_change.metric = metric_value.metric
left join mart.denominator
    on denominator.division_code = metric_value.division_code
    and denominator.fiscal_year = metric_value.fiscal_year
-- Two indices compare only if they are one: the same division's, on the same base.
left join mart.denominator as last_denominator
    on last_denominator.division_code = metric_value.division_code
    and last_denominator.fiscal_year = metric_value.fiscal_year - 1
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
comment on column mart.year_over_year.table_code is '标准表编号 GK01 至 GK10；取自情况说明为空';
comment on column mart.year_over_year.row_key is '行标识：科目代码、TOTAL 合计、PERSONNEL_TOTAL 人员经费合计、PUBLIC_TOTAL 公用经费合计、income:项目、expenditure:项目、all；取自情况说明为空';
comment on column mart.year_over_year.row_label is '印出的行名称；取自情况说明者为所说的对象';
comment on column mart.year_over_year.measure is '所在列，同 mart.amount.measure；取自情况说明者同 mart.stated_figure.measure';
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
