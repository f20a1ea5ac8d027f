-- Amount columns of the standard tables. Grain: one amount column of a standard table.
create view staging.measure as
select
    measure_id,
    table_code,
    measure,
    label,
    sort_order
from warehouse.measure;

comment on view staging.measure is '标准表的金额列。粒度：每张标准表的每个金额列一行';
comment on column staging.measure.measure_id is '指标编号（仓库内部）';
comment on column staging.measure.table_code is '标准表编号';
comment on column staging.measure.measure is '指标（列）的英文名，例如 fiscal_appropriation';
comment on column staging.measure.label is '指标（列）的规范中文名称';
comment on column staging.measure.sort_order is '在该表中的列序';
