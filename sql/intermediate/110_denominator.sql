-- What amounts are divided by: population, staff and product of a division and year, and the price index in force there.
-- Grain: one division × year that has a series. Nothing is carried forward from another year; a division without a price
-- index of its own takes that of the division above it, and the row names which.
create view intermediate.denominator as
with

division_series as (
    select * from staging.division_series
),

price_index as (
    select * from staging.division_series
    where series = 'price_index'
),

jurisdiction as (
    select * from staging.jurisdiction
),

parent as (
    select * from staging.jurisdiction
),

year_of_series as (
    select distinct fiscal_year from division_series
),

-- From the division itself upwards.
above (division_code, height, above_code) as (
    select division_code, 1, division_code from jurisdiction
    union all
    select division_code, 2, parent_code from jurisdiction where parent_code is not null
    union all
    select jurisdiction.division_code, 3, parent.parent_code
    from jurisdiction
    inner join parent on parent.division_code = jurisdiction.parent_code
    where parent.parent_code is not null
    union all
    select division_code, 4, '000000' from jurisdiction where division_code <> '000000'
)

select
    jurisdiction.division_code,
    year_of_series.fiscal_year,
    own.population,
    own.staff,
    own.gdp_wan::numeric(20, 6) as gdp_wan,
    price.value as price_index,
    price.base_year as price_base_year,
    price.division_code as price_division_code
from jurisdiction
cross join year_of_series
left join lateral (
    select
        max(division_series.value) filter (where division_series.series = 'population') as population,
        max(division_series.value) filter (where division_series.series = 'staff') as staff,
        max(division_series.value) filter (where division_series.series = 'gdp') as gdp_wan
    from division_series
    where
        division_series.division_code = jurisdiction.division_code
        and division_series.fiscal_year = year_of_series.fiscal_year
) as own on true
left join lateral (
    select
        price_index.value,
        price_index.base_year,
        price_index.division_code
    from above
    inner join price_index
        on price_index.division_code = above.above_code
        and price_index.fiscal_year = year_of_series.fiscal_year
    where above.division_code = jurisdiction.division_code
    order by above.height
    limit 1
) as price on true
where coalesce(own.population, own.staff, own.gdp_wan, price.value) is not null;

comment on view intermediate.denominator is '分母：地区当年的人口、财政供养人员、生产总值与所适用的价格指数。粒度：每个地区、年度一行';
comment on column intermediate.denominator.division_code is '行政区划代码';
comment on column intermediate.denominator.fiscal_year is '年度';
comment on column intermediate.denominator.population is '人口（人）；该地区该年未载为空';
comment on column intermediate.denominator.staff is '财政供养人员（人）；该地区该年未载为空';
comment on column intermediate.denominator.gdp_wan is '地区生产总值（万元）；该地区该年未载为空';
comment on column intermediate.denominator.price_index is '价格定基指数（基年 = 100）；未载为空';
comment on column intermediate.denominator.price_base_year is '价格指数的基年';
comment on column intermediate.denominator.price_division_code is '价格指数所属地区：本地区未载时取上级，全国为 000000';
