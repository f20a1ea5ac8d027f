-- Families of metrics. Grain: one family.
create view staging.metric_family as
select
    family as metric_family,
    kind,
    label,
    prefix,
    classification,
    side,
    table_code,
    measure,
    measure_id
from warehouse.metric_family;

comment on view staging.metric_family is '可比指标的类别。粒度：每个类别一行';
comment on column staging.metric_family.metric_family is '类别，例如 headline';
comment on column staging.metric_family.label is '类别的中文名称';
comment on column staging.metric_family.prefix is '科目指标名称的前缀；不按科目者为空';
comment on column staging.metric_family.classification is '每个科目代码一个指标者所按的分类：functional 支出功能分类、economic 支出经济分类；其余为空';
comment on column staging.metric_family.side is '科目指标占比的分母：income 本年收入、expenditure 本年支出；不计占比为空';
comment on column staging.metric_family.table_code is '科目指标所在的标准表编号；其余为空';
comment on column staging.metric_family.measure is '科目指标所在列；其余为空';
comment on column staging.metric_family.measure_id is '科目指标所在列的编号（含标准表）；其余为空';
