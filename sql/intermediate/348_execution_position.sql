-- How near a body came to its budget, and its rank among peers: those of the same kind, jurisdiction level, fiscal year
-- and scope. What is planned for which metric is declared: `budget_x` for `x`.
-- Grain: one current document of final accounts with a budget × metric.
-- All windows are partitioned by columns that queries filter by, so that PostgreSQL reads only the peers of one group.
create view intermediate.execution_position as
with

pair as (
    select * from intermediate.plan_and_outcome
    where budget_document_id is not null and account_document_id is not null
),

spent as (
    select * from mart.metric_value
),

declared as (
    select * from mart.metric
    where kind = 'budget'
),

planned as (
    select * from mart.metric_value
),

compared as (
    select
        pair.*,
        spent.metric,
        declared.metric as budget_metric,
        planned.amount_wan as budget_wan,
        spent.amount_wan as final_wan,
        spent.amount_wan * 100 / nullif(planned.amount_wan, 0) as execution_pct,
        nullif(
            concat_ws(
                '；',
                case when pair.department_kind is null then '部门类别不明' end,
                case when pair.jurisdiction_level is null then '地区层级不明' end,
                '预算：' || planned.why_not,
                '决算：' || spent.why_not,
                case when planned.amount_wan <= 0 then '预算不大于 0，不计执行率' end
            ), ''
        ) as why_not
    from pair
    inner join spent on spent.document_id = pair.account_document_id
    inner join declared on declared.metric = 'budget_' || spent.metric collate "default"  -- the collation of the index
    inner join planned on planned.document_id = pair.budget_document_id and planned.metric = declared.metric
),

banded as (
    select
        *,
        case
            when why_not is not null then null
            when execution_pct < 95 then 'below'
            when execution_pct > 105 then 'above'
            else 'within'
        end as band
    from compared
),

ranked as (
    select
        *,
        count(*) filter (where why_not is null)
            over (partition by fiscal_year, department_kind, jurisdiction_level, metric, scope) as peers,
        count(*) filter (where band = 'within')
            over (partition by fiscal_year, department_kind, jurisdiction_level, metric, scope) as peers_within,
        rank() over (
            partition by fiscal_year, department_kind, jurisdiction_level, metric, scope, why_not is null
            order by abs(execution_pct - 100)
        ) as place,
        rank() over (
            partition by fiscal_year, department_kind, jurisdiction_level, metric, scope, why_not is null
            order by budget_wan - final_wan desc
        ) as place_of_unspent
    from banded
)

select
    ranked.account_document_id as document_id,
    ranked.metric,
    ranked.fiscal_year,
    ranked.department_kind,
    ranked.jurisdiction_level,
    ranked.scope,
    ranked.budget_document_id,
    ranked.budget_metric,
    ranked.budget_wan::numeric(38, 6) as budget_wan,
    ranked.final_wan::numeric(38, 6) as final_wan,
    ranked.execution_pct::numeric(38, 2) as execution_pct,
    ranked.band,
    case when ranked.why_not is null then ranked.place end as rank,
    case when ranked.why_not is null then ranked.place_of_unspent end as rank_of_unspent,
    ranked.peers,
    ranked.peers_within,
    ranked.why_not is null as is_comparable,
    ranked.why_not
from ranked;

comment on view intermediate.execution_position is '预算执行的位次：与年初预算相比及同类部门中的名次，写入 mart.execution_position。粒度：每个有预算的现行决算文件的每个可比指标一行';
comment on column intermediate.execution_position.budget_metric is '所比的预算指标，连接 mart.metric';
comment on column intermediate.execution_position.budget_wan is '预算文件的年初预算（万元）；没有为空';
comment on column intermediate.execution_position.final_wan is '决算数（万元）；没有为空';
comment on column intermediate.execution_position.execution_pct is '决算数 ÷ 年初预算（%）；预算为 0 或没有为空';
comment on column intermediate.execution_position.band is '执行情况：within 95%–105%、below 不足 95%、above 超过 105%；不可比为空';
comment on column intermediate.execution_position.rank is '名次：决算数最接近年初预算者为 1；不可比为空';
comment on column intermediate.execution_position.rank_of_unspent is '名次：未用的预算最多者为 1；不可比为空';
comment on column intermediate.execution_position.peers is '参加排名的部门数（含本部门）：同类别、同层级、同年度、同口径，预算与决算均可比';
comment on column intermediate.execution_position.peers_within is '其中执行率在 95%–105% 者的个数';
comment on column intermediate.execution_position.why_not is '不可比的理由；可比为空';
comment on column intermediate.execution_position.budget_document_id is '预算的文件版本编号';
