-- The metrics of last year that the metric of a subject code is compared with, where it is not simply the same code:
-- where the subject bridges say that subjects were renamed, moved, split or merged.
-- Grain: one metric of a subject code × fiscal year in which a bridge concerns the code.
create view intermediate.prior_metric as
with

bridge as (
    select * from staging.subject_bridge
),

family as (
    select * from staging.metric_family
    where classification is not null
),

bridged as (
    select
        family.metric_family,
        bridge.from_year,
        bridge.new_code as code,
        array_agg(family.metric_family || ':' || bridge.old_code order by bridge.old_code) as prior_metrics,
        bool_or(bridge.relation = 'split') as is_split,
        string_agg(distinct bridge.relation, '、') as relation,
        string_agg(bridge.old_code || ' ' || bridge.old_name, '、' order by bridge.old_code)
        || ' → ' || min(bridge.new_code || ' ' || bridge.new_name) as bridge,
        string_agg(distinct bridge.source, '；') as source
    from bridge
    inner join family on family.classification = bridge.classification
    group by family.metric_family, bridge.from_year, bridge.new_code
),

-- Codes whose content was moved to another code: what the code means now is not what it meant last year.
moved_away as (
    select
        family.metric_family,
        bridge.from_year,
        bridge.old_code as code,
        string_agg(distinct bridge.relation, '、') as relation,
        min(bridge.old_code || ' ' || bridge.old_name) || ' → '
        || string_agg(bridge.new_code || ' ' || bridge.new_name, '、' order by bridge.new_code) as bridge,
        string_agg(distinct bridge.source, '；') as source
    from bridge
    inner join family on family.classification = bridge.classification
    where bridge.old_code <> bridge.new_code
    group by family.metric_family, bridge.from_year, bridge.old_code
),

-- Classes and categories with a subject below them that was moved in or out: their sums of two years have different
-- contents.
partly_moved as (
    select
        family.metric_family,
        bridge.from_year,
        side.code,
        string_agg(distinct bridge.relation, '、') as relation,
        string_agg(distinct bridge.old_code || ' ' || bridge.old_name || ' → ' || bridge.new_code || ' ' || bridge.new_name, '、')
            as bridge,
        string_agg(distinct bridge.source, '；') as source
    from bridge
    inner join family on family.classification = bridge.classification
    cross join lateral (
        select left(code.of_bridge, digits) as code
        from (values (bridge.old_code), (bridge.new_code)) as code (of_bridge)
        cross join generate_series(3, 5, 2) as digits
        where digits < length(code.of_bridge) and left(bridge.old_code, digits) <> left(bridge.new_code, digits)
    ) as side
    group by family.metric_family, bridge.from_year, side.code
),

followed as (
    select
        metric_family,
        from_year,
        code,
        case when not is_split then prior_metrics end as prior_metrics,
        relation,
        bridge,
        source
    from bridged
    union all
    select
        metric_family,
        from_year,
        code,
        null,
        relation,
        bridge,
        source
    from moved_away
    where not exists (
        select from bridged
        where
            bridged.metric_family = moved_away.metric_family
            and bridged.from_year = moved_away.from_year
            and bridged.code = moved_away.code
    )
)

select
    metric_family || ':' || code as metric,
    from_year as fiscal_year,
    prior_metrics,
    relation,
    bridge,
    source,
    false as is_crossed
from followed
union all
select
    partly_moved.metric_family || ':' || partly_moved.code,
    partly_moved.from_year,
    array[partly_moved.metric_family || ':' || partly_moved.code],
    partly_moved.relation,
    partly_moved.bridge,
    partly_moved.source,
    true
from partly_moved
where not exists (
    select from followed
    where
        followed.metric_family = partly_moved.metric_family
        and followed.from_year = partly_moved.from_year
        and followed.code = partly_moved.code
);

comment on view intermediate.prior_metric is '科目指标与上年何指标相比（仅限科目衔接表所载）。粒度：每个科目指标、年度一行';
comment on column intermediate.prior_metric.metric is '本年的可比指标';
comment on column intermediate.prior_metric.fiscal_year is '本年年度';
comment on column intermediate.prior_metric.prior_metrics is '上年的可比指标，合并者为多个相加；拆分或已改列而无从相比为空';
comment on column intermediate.prior_metric.relation is '关系：same、renamed、moved、split、merged';
comment on column intermediate.prior_metric.bridge is '所用衔接：上年科目 → 本年科目';
comment on column intermediate.prior_metric.source is '衔接的依据';
comment on column intermediate.prior_metric.is_crossed is '本科目自身未变而其下有科目改列出入：上年数照列，两年不可比';
