-- Departments left out of a comparison, with the reason: their number is not comparable, or their table was not read
-- completely, so that it is not known whether they print the number.
-- Grain: one metric of a document (current final accounts × metric).
-- Without CTEs, so that PostgreSQL plans the view together with the query that reads it: a query for some rows does not
-- compute all of them.
-- Key: document_id, metric.
create view mart.left_out as
select
    metric_value.{shared},
    metric_value.metric,
    metric_value.metric_name,
    metric_value.metric_family,
    metric_value.table_code,
    peer_position.why_not,
    coalesce(metric_value.cause, 'profile') as cause,
    true as has_row,
    metric_value.slot_id,
    metric_value.department_id,
    metric_value.document_kind
from mart.metric_value
inner join mart.peer_position
    on peer_position.document_id = metric_value.document_id
    and peer_position.metric = metric_value.metric
where not peer_position.is_comparable
union all
-- Only for metrics that at least one of the peers prints.
select
    document.{shared},
    metric.metric,
    metric.metric_name,
    metric.metric_family,
    metric.table_code,
    shown.why_not,
    'reading',
    false,
    document.slot_id,
    document.department_id,
    document.kind
from mart.published_document as document
-- The offset makes PostgreSQL compute the state of tables per document, and not join those of all documents first.
cross join lateral (
    select
        table_state.table_code,
        table_state.is_unread,
        table_state.why_not
    from intermediate.table_state
    where table_state.parse_id = document.parse_id
    offset 0
) as shown
-- As above: the metrics are looked up for the tables that were not read, and the peers for these metrics.
cross join lateral (
    select
        own_table.metric,
        own_table.metric_name,
        own_table.metric_family,
        own_table.table_code
    from mart.metric as own_table
    where
        own_table.table_code = shown.table_code
        and own_table.metric_family in (select metric_family from staging.metric_family where classification is not null)
        and exists (
            select from mart.metric_value as peer
            where
                peer.department_kind = document.department_kind
                and peer.fiscal_year = document.fiscal_year
                and peer.metric = own_table.metric
                and peer.jurisdiction_level = document.jurisdiction_level
        )
        and not exists (
            select from mart.metric_value as own
            where own.document_id = document.document_id and own.metric = own_table.metric
        )
    offset 0
) as metric
where document.is_current and shown.is_unread;

comment on view mart.left_out is '未参加比较者及其理由：数字不可比者，以及所在的表未能全部读出、不知有无此数者（现行决算文件）。粒度：每个文件的每个可比指标一行';
comment on column mart.left_out.metric_family is '类别，同 mart.city_comparison.metric_family';
comment on column mart.left_out.table_code is '所在的标准表编号；取自情况说明为空';
comment on column mart.left_out.why_not is '未参加比较的理由';
comment on column mart.left_out.cause is '缘由：reading 未能确切读出、publishing 公开的文件没有此数、checks 勾稽关系不符、names 印出的科目名称是另一代码的、series 人口或价格指数未载入、profile 部门、类别、层级、年度或口径不明';
comment on column mart.left_out.has_row is '在 mart.city_comparison 中是否有行；没有者不知是否印有此数';
