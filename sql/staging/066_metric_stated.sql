-- Where the narrative, or what a document prints of its body, states a metric. Grain: one place of a metric.
create view staging.metric_stated as
select
    metric,
    choice,
    kind,
    subject,
    measure
from warehouse.metric_stated
where kind <> 'quotient';

comment on view staging.metric_stated is '可比指标在情况说明中的出处。粒度：每个指标的每个出处一行';
comment on column staging.metric_stated.metric is '可比指标';
comment on column staging.metric_stated.choice is '先后，自 1 起：取最先印出者，且仅在表中没有时';
comment on column staging.metric_stated.kind is '种类，同 stated_figure.kind；body_fact 为部门概况所印的事实';
comment on column staging.metric_stated.subject is '对象，同 stated_figure.subject；事实同 body_fact.fact';
comment on column staging.metric_stated.measure is '指标，同 stated_figure.measure';
