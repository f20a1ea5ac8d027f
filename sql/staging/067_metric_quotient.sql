-- Metrics that are another metric, divided: by persons that the document prints, or by what is known of its division.
-- Grain: one metric.
create view staging.metric_quotient as
select
    metric_stated.metric,
    metric_stated.subject as dividend,
    metric_stated.measure as divisor,
    metric.label,
    split_part(divisor.label, '（', 1) as divisor_name,
    case metric_stated.measure when 'price_index' then 100 else 10000 end as factor
from warehouse.metric_stated
inner join warehouse.metric on metric.metric = metric_stated.metric
left join warehouse.metric as divisor on divisor.metric = metric_stated.measure
where metric_stated.kind = 'quotient';

comment on view staging.metric_quotient is '由另一可比指标相除而得的可比指标。粒度：每个指标一行';
comment on column staging.metric_quotient.metric is '可比指标，例如 personnel_per_staff';
comment on column staging.metric_quotient.dividend is '被除的可比指标（万元）';
comment on column staging.metric_quotient.divisor is '除数：文件所印人数的可比指标，或 population 所属地区人口、price_index 价格指数';
comment on column staging.metric_quotient.label is '指标的中文名称';
comment on column staging.metric_quotient.divisor_name is '所印人数的名称；其余为空';
comment on column staging.metric_quotient.factor is '乘数：万元化为元 10000，指数的基数 100';
