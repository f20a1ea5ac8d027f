-- Comparison of peers: departments of the same kind, jurisdiction level, fiscal year and scope. Grain: one current
-- document × metric (fiscal year × department kind × jurisdiction level × metric × department × scope).
-- Without CTEs, so that PostgreSQL plans the view together with the query that reads it: a query for some rows does not
-- compute all of them.
-- All columns by which peers are filtered and sorted come from one table, whose index returns them in order.
-- Key: document_id, metric.
create view mart.city_comparison as
select
    metric_value.document_id,
    metric_value.source_name,
    metric_value.province,
    metric_value.city,
    metric_value.county,
    metric_value.division_code,
    peer_position.jurisdiction_level,
    metric_value.department,
    peer_position.department_kind,
    peer_position.scope,
    peer_position.fiscal_year,
    peer_position.metric,
    metric_value.metric_name,
    metric_value.metric_family,
    metric_value.amount_wan,
    metric_value.share_of_total_pct,
    peer_position.rank,
    peer_position.peers,
    peer_position.left_out,
    peer_position.peer_median_wan,
    peer_position.ratio_to_median,
    peer_position.percentile,
    peer_position.is_comparable,
    peer_position.why_not,
    coalesce(metric_value.cause, case when not peer_position.is_comparable then 'profile' end) as cause,
    metric_value.note,
    peer_position.why_no_median,
    metric_value.table_code,
    metric_value.row_key,
    metric_value.row_label,
    metric_value.measure,
    metric_value.functional_code,
    metric_value.economic_code,
    metric_value.printed,
    metric_value.page,
    metric_value.line_no,
    metric_value.status,
    denominator.population,
    (nominal.amount_wan * 10000 / denominator.population)::numeric(38, 2) as per_capita_yuan,
    denominator.staff,
    (nominal.amount_wan * 10000 / denominator.staff)::numeric(38, 2) as per_staff_yuan,
    denominator.gdp_wan,
    (nominal.amount_wan * 100 / denominator.gdp_wan)::numeric(38, 6) as share_of_gdp_pct,
    denominator.price_base_year,
    denominator.price_division_code,
    (nominal.amount_wan * 100 / denominator.price_index)::numeric(38, 6) as constant_price_wan,
    metric_value.functional_subject_id,
    metric_value.economic_subject_id,
    metric_value.slot_id,
    metric_value.department_id,
    metric_value.file_no,
    metric_value.document_kind,
    metric_value.evidence_url,
    metric_value.unit,
    metric_value.value,
    peer_position.peer_median
from mart.metric_value
inner join mart.peer_position
    on peer_position.document_id = metric_value.document_id
    and peer_position.metric = metric_value.metric
-- Persons and quotients are not divided again.
cross join lateral (select case when metric_value.is_amount then metric_value.amount_wan end as amount_wan) as nominal
left join mart.denominator
    on denominator.division_code = metric_value.division_code
    and denominator.fiscal_year = metric_value.fiscal_year;

comment on view mart.city_comparison is '跨市比较：同类别、同层级、同年度、同口径的部门并列（现行决算文件）。粒度：每个文件的每个可比指标一行';
comment on column mart.city_comparison.rank is '由大到小的名次，金额相同名次相同；不可比为空';
comment on column mart.city_comparison.why_not is '不可比的理由；可比为空';
comment on column mart.city_comparison.cause is '不可比的缘由：reading 未能确切读出、publishing 公开的文件没有此数、checks 勾稽关系不符、names 印出的科目名称是另一代码的、series 人口或价格指数未载入、profile 部门、类别、层级、年度或口径不明；可比为空';
comment on column mart.city_comparison.note is '不影响比较的说明：印出的科目名称与参考名称不同；没有为空';
comment on column mart.city_comparison.table_code is '标准表编号；取自情况说明为空';
comment on column mart.city_comparison.row_key is '行标识：科目代码、TOTAL 合计、PERSONNEL_TOTAL 人员经费合计、PUBLIC_TOTAL 公用经费合计、income:项目、expenditure:项目、all；取自情况说明为空';
comment on column mart.city_comparison.measure is '所在列，同 mart.amount.measure；取自情况说明者同 mart.stated_figure.measure';
comment on column mart.city_comparison.file_no is '所在文件的序号，连接 mart.document_file；没有此数且未见所在的表为空';
comment on column mart.city_comparison.functional_code is '支出功能分类科目代码；非功能分类行为空';
comment on column mart.city_comparison.population is '所属地区当年人口（人）；未载入为空，不以他年代替';
comment on column mart.city_comparison.per_capita_yuan is '人均（元）；人口未载入为空';
comment on column mart.city_comparison.staff is '所属地区当年财政供养人员（人）；未载入为空';
comment on column mart.city_comparison.per_staff_yuan is '按财政供养人员平均（元）；未载入为空';
comment on column mart.city_comparison.gdp_wan is '所属地区当年生产总值（万元）；未载入为空';
comment on column mart.city_comparison.share_of_gdp_pct is '占地区生产总值（%）；未载入为空';
comment on column mart.city_comparison.constant_price_wan is '按基年价格计的金额（万元）；价格指数未载入为空';
comment on column mart.city_comparison.unit is '指标（value、peer_median）的单位：万元；人数为 人，按人平均为 元/人';
