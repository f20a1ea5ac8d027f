-- The metrics that are a cell of a standard table, with that cell. Grain: one metric.
create view intermediate.headline as
select
    metric,
    kind,
    table_code,
    item_key,
    measure,
    measure_id,
    row_side,
    row_key,
    table_number
from staging.metric
where table_code is not null;

comment on view intermediate.headline is '见于标准表的可比指标（科目指标除外）及其所在单元格。粒度：每个可比指标一行';
comment on column intermediate.headline.metric is '可比指标';
comment on column intermediate.headline.table_code is '所在标准表编号';
comment on column intermediate.headline.measure is '所在列';
comment on column intermediate.headline.measure_id is '所在列的编号（含标准表）';
comment on column intermediate.headline.row_side is '所在行的一侧：income 收入、expenditure 支出；不分侧为空';
comment on column intermediate.headline.row_key is '所在行以规范名称印出时的 row_key';
comment on column intermediate.headline.table_number is '所在标准表印出的编号';
