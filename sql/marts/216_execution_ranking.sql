-- From plan to outcome: which share of its budget each body spent, ranked among peers of the same kind, level, year and
-- scope by how near it came to it.
-- Grain: one current document of final accounts with a budget × metric.
-- Without CTEs, so that PostgreSQL plans the view together with the query that reads it: a query for some rows does not
-- compute all of them. The year is compared too, so that a condition on it holds for both tables.
-- Key: document_id, metric.
create view mart.execution_ranking as
select
    published_document.{shared},
    execution_position.metric,
    metric_value.metric_name,
    metric_value.metric_family,
    execution_position.budget_metric,
    metric_value.functional_code,
    metric_value.economic_code,
    execution_position.budget_wan,
    execution_position.final_wan,
    execution_position.execution_pct,
    execution_position.band,
    (execution_position.budget_wan - execution_position.final_wan)::numeric(38, 6) as unspent_wan,
    execution_position.rank,
    execution_position.rank_of_unspent,
    execution_position.peers,
    execution_position.peers_within,
    execution_position.is_comparable,
    execution_position.why_not,
    execution_position.budget_document_id,
    published_document.slot_id,
    published_document.department_id,
    published_document.kind as document_kind
from mart.published_document
inner join mart.execution_position
    on execution_position.document_id = published_document.document_id
    and execution_position.fiscal_year = published_document.fiscal_year
inner join mart.metric_value
    on metric_value.document_id = execution_position.document_id
    and metric_value.metric = execution_position.metric;

comment on view mart.execution_ranking is '预算执行排名：决算数占年初预算的比重，同类部门中以最接近预算者为先（现行决算，同一口径的预算已入库）。粒度：每个决算文件的每个可比指标一行';
comment on column mart.execution_ranking.budget_metric is '所比的预算指标，连接 mart.metric';
comment on column mart.execution_ranking.budget_wan is '预算文件的年初预算（万元）；没有为空';
comment on column mart.execution_ranking.final_wan is '决算数（万元）；没有为空';
comment on column mart.execution_ranking.execution_pct is '决算数 ÷ 年初预算（%）；预算为 0 或没有为空';
comment on column mart.execution_ranking.band is '执行情况：within 95%–105%、below 不足 95%、above 超过 105%；不可比为空';
comment on column mart.execution_ranking.unspent_wan is '年初预算 − 决算数（万元）：未用的预算，超支为负';
comment on column mart.execution_ranking.rank is '名次：决算数最接近年初预算者为 1；不可比为空';
comment on column mart.execution_ranking.rank_of_unspent is '名次：未用的预算最多者为 1；不可比为空';
comment on column mart.execution_ranking.peers is '参加排名的部门数（含本部门）：同类别、同层级、同年度、同口径，预算与决算均可比';
comment on column mart.execution_ranking.peers_within is '其中执行率在 95%–105% 者的个数';
comment on column mart.execution_ranking.why_not is '不可比的理由；可比为空';
comment on column mart.execution_ranking.budget_document_id is '预算的文件版本编号';
