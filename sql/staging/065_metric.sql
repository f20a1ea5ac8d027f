-- Declared metrics, without those of subject codes. Grain: one metric.
create view staging.metric as
select
    metric,
    kind,
    metric_no,
    label,
    family as metric_family,
    side,
    unit,
    table_code,
    item_key,
    measure,
    is_usual,
    measure_id,
    row_key,
    row_side,
    table_number,
    unit = '万元' and not exists (
        select from warehouse.metric_stated as computed
        where computed.metric = metric.metric and computed.kind = 'quotient'
    ) as is_amount
from warehouse.metric;

comment on view staging.metric is '可比指标（科目指标除外）。粒度：每个指标一行';
comment on column staging.metric.metric is '可比指标，例如 expenditure';
comment on column staging.metric.metric_no is '排列序号';
comment on column staging.metric.label is '指标的中文名称';
comment on column staging.metric.side is '占比的分母：income 本年收入、expenditure 本年支出；不计占比为空';
comment on column staging.metric.unit is '单位';
comment on column staging.metric.table_code is '所在标准表编号；只见于情况说明者为空';
comment on column staging.metric.item_key is '所在行；只见于情况说明者为空';
comment on column staging.metric.measure is '所在列；只见于情况说明者为空';
comment on column staging.metric.is_usual is '未指明指标时是否列入比较';
comment on column staging.metric.measure_id is '所在列的编号（含标准表）；只见于情况说明者为空';
comment on column staging.metric.row_key is '所在行以规范名称印出时的 row_key；只见于情况说明者为空';
comment on column staging.metric.row_side is '所在行的一侧：income 收入、expenditure 支出；不分侧为空';
comment on column staging.metric.table_number is '所在标准表印出的编号；只见于情况说明者为空';
