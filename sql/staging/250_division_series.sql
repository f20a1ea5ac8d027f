-- Series that amounts are divided by: population, staff, gross product, price index.
-- Grain: one series × division × year.
create view staging.division_series as
select
    series,
    division_code,
    fiscal_year,
    value,
    unit,
    base_year,
    source
from warehouse.division_series;

comment on view staging.division_series is '用作分母的地区序列：人口、财政供养人员、地区生产总值、价格指数。粒度：每个序列、地区、年度一行';
comment on column staging.division_series.series is '序列：population 人口（人）、staff 财政供养人员（人）、gdp 地区生产总值（万元）、price_index 价格定基指数';
comment on column staging.division_series.division_code is '行政区划代码；全国为 000000';
comment on column staging.division_series.fiscal_year is '年度';
comment on column staging.division_series.value is '数值，以 unit 计';
comment on column staging.division_series.unit is '单位：人、万元、%';
comment on column staging.division_series.base_year is '价格指数的基年（该年 = 100）；其余为空';
comment on column staging.division_series.source is '数据来源';
