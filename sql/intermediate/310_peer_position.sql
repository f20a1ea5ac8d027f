-- The rank of a department among its peers: those of the same kind, jurisdiction level, fiscal year and scope.
-- Grain: one current document × metric.
create view intermediate.peer_position as
with

metric_value as (
    select * from mart.metric_value
),

-- Departments with a table of subject codes that was not read completely, so that a code may be in it or not.
-- The offset makes PostgreSQL compute the state of tables per document, and not join those of all documents first.
unread_body as not materialized (
    select distinct
        document.fiscal_year,
        document.department_kind,
        document.jurisdiction_level,
        family.metric_family,
        coalesce(document.department_id, -document.document_id) as body
    from mart.published_document as document
    cross join lateral (
        select
            table_state.table_code,
            table_state.is_unread
        from intermediate.table_state
        where table_state.parse_id = document.parse_id
        offset 0
    ) as shown
    inner join staging.metric_family as family
        on family.table_code = shown.table_code
        and family.classification is not null
    where document.is_current and shown.is_unread
),

unread as (
    select
        fiscal_year,
        department_kind,
        jurisdiction_level,
        metric_family,
        count(*) as bodies
    from unread_body
    group by fiscal_year, department_kind, jurisdiction_level, metric_family
),

-- Those of them that have a row for the code; they are counted with the others.
unread_with_row as (
    select
        unread_body.fiscal_year,
        unread_body.department_kind,
        unread_body.jurisdiction_level,
        metric_value.metric,
        count(distinct unread_body.body) as bodies
    from unread_body
    inner join mart.metric_value
        on metric_value.fiscal_year = unread_body.fiscal_year
        and metric_value.department_kind = unread_body.department_kind
        and metric_value.jurisdiction_level = unread_body.jurisdiction_level
        and metric_value.metric_family = unread_body.metric_family
        and coalesce(metric_value.department_id, -metric_value.document_id) = unread_body.body
    group by
        unread_body.fiscal_year,
        unread_body.department_kind,
        unread_body.jurisdiction_level,
        metric_value.metric
),

judged as (
    select
        metric_value.*,
        nullif(
            concat_ws(
                '；',
                case when department_id is null then '部门不明' end,
                case when department_kind is null then '部门类别不明' end,
                case when jurisdiction_level is null then '地区层级不明' end,
                case when fiscal_year is null then '决算年度不明' end,
                case when scope is null then '口径不明' end,
                why_not
            ),
            ''
        ) as why_left_out
    from metric_value
),

-- All windows are partitioned by columns that queries filter by, so that PostgreSQL reads only the peers of one group.
placed as (
    select
        *,
        count(*) filter (where why_left_out is null)
            over (partition by fiscal_year, department_kind, jurisdiction_level, metric, scope) as peers,
        -- The number of departments of all scopes: the sum of both dense ranks less one, since PostgreSQL has no
        -- count(distinct …) over a window.
        dense_rank() over (
            partition by fiscal_year, department_kind, jurisdiction_level, metric
            order by coalesce(department_id, -document_id)
        )
        + dense_rank() over (
            partition by fiscal_year, department_kind, jurisdiction_level, metric
            order by coalesce(department_id, -document_id) desc
        ) - 1 as bodies,
        rank() over (
            partition by fiscal_year, department_kind, jurisdiction_level, metric, scope, why_left_out is null
            order by value desc
        ) as place_from_top,
        rank() over (
            partition by fiscal_year, department_kind, jurisdiction_level, metric, scope, why_left_out is null
            order by value
        ) as place_from_bottom,
        row_number() over (
            partition by fiscal_year, department_kind, jurisdiction_level, metric, scope, why_left_out is null
            order by value
        ) as position
    from judged
),

-- The median: the middle value, or the mean of the two in the middle; only with five peers or more.
with_median as (
    select
        *,
        case when peers >= 5 then
            avg(value) filter (where why_left_out is null and position in ((peers + 1) / 2, (peers + 2) / 2))
                over (partition by fiscal_year, department_kind, jurisdiction_level, metric, scope)
        end::numeric(38, 6) as median
    from placed
)

select
    with_median.document_id,
    with_median.metric,
    with_median.fiscal_year,
    with_median.department_kind,
    with_median.jurisdiction_level,
    with_median.scope,
    case when with_median.why_left_out is null then with_median.place_from_top end as rank,
    with_median.peers,
    with_median.bodies - with_median.peers + coalesce(unread.bodies - coalesce(unread_with_row.bodies, 0), 0) as left_out,
    -- Without an amount the value is of another unit than 万元.
    case when with_median.why_left_out is null and with_median.amount_wan is not null
        then with_median.median
    end::numeric(38, 6) as peer_median_wan,
    case when with_median.why_left_out is null
        then with_median.value / case when with_median.median > 0 then with_median.median end
    end::numeric(38, 4) as ratio_to_median,
    case when with_median.why_left_out is null and with_median.peers >= 5
        then (with_median.place_from_bottom - 1) * 100::numeric / (with_median.peers - 1)
    end::numeric(38, 2) as percentile,
    with_median.why_left_out is null as is_comparable,
    with_median.why_left_out as why_not,
    case
        when with_median.why_left_out is not null then '本行不可比'
        when with_median.peers < 5 then '可比部门仅 ' || with_median.peers || ' 个，不足 5 个'
        when with_median.median <= 0 then '中位数不大于 0，不计比值'
    end as why_no_median,
    case when with_median.why_left_out is null then with_median.median end::numeric(38, 6) as peer_median
from with_median
left join unread
    on unread.fiscal_year = with_median.fiscal_year
    and unread.department_kind = with_median.department_kind
    and unread.jurisdiction_level = with_median.jurisdiction_level
    and unread.metric_family = with_median.metric_family
left join unread_with_row
    on unread_with_row.fiscal_year = with_median.fiscal_year
    and unread_with_row.department_kind = with_median.department_kind
    and unread_with_row.jurisdiction_level = with_median.jurisdiction_level
    and unread_with_row.metric = with_median.metric;

comment on view intermediate.peer_position is '同类部门中的位置：位次、中位数、分位，写入 mart.peer_position。粒度：每个现行决算文件的每个可比指标一行';
comment on column intermediate.peer_position.rank is '由大到小的名次，金额相同名次相同；不可比为空';
comment on column intermediate.peer_position.why_not is '不可比的理由；可比为空';
