-- What amounts are divided by: population, staff and gross product of a division in a year, and its price index.
-- Grain: one division × year with a value, of divisions that have a department; three thousand others are not needed.
-- No value is taken from another year. A division without a price index has that of the division above it; the column
-- price_division_code says of which.
create view intermediate.denominator as
with

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the index of its table.
jurisdiction as (
    select * from staging.jurisdiction
    where division_code in (select division_code from staging.department)
),

parent as (
    select * from staging.jurisdiction
),

year_of_series as (
    select distinct fiscal_year from staging.division_series
),

population as (
    select * from staging.division_series where series = 'population'
),

staff as (
    select * from staging.division_series where series = 'staff'
),

gdp as (
    select * from staging.division_series where series = 'gdp'
),

own_price as (
    select * from staging.division_series where series = 'price_index'
),

parent_price as (
    select * from staging.division_series where series = 'price_index'
),

grandparent_price as (
    select * from staging.division_series where series = 'price_index'
),

national_price as (
    select * from staging.division_series where series = 'price_index' and division_code = '000000'
)

select
    jurisdiction.division_code,
    year_of_series.fiscal_year,
    population.value as population,
    staff.value as staff,
    gdp.value::numeric(38, 6) as gdp_wan,
    coalesce(own_price.value, parent_price.value, grandparent_price.value, national_price.value) as price_index,
    case
        when own_price.value is not null then own_price.base_year
        when parent_price.value is not null then parent_price.base_year
        when grandparent_price.value is not null then grandparent_price.base_year
        else national_price.base_year
    end as price_base_year,
    coalesce(
        own_price.division_code, parent_price.division_code, grandparent_price.division_code, national_price.division_code
    ) as price_division_code
from jurisdiction
cross join year_of_series
left join parent on parent.division_code = jurisdiction.parent_code
left join population
    on population.division_code = jurisdiction.division_code
    and population.fiscal_year = year_of_series.fiscal_year
left join staff
    on staff.division_code = jurisdiction.division_code
    and staff.fiscal_year = year_of_series.fiscal_year
left join gdp
    on gdp.division_code = jurisdiction.division_code
    and gdp.fiscal_year = year_of_series.fiscal_year
left join own_price
    on own_price.division_code = jurisdiction.division_code
    and own_price.fiscal_year = year_of_series.fiscal_year
left join parent_price
    on parent_price.division_code = jurisdiction.parent_code
    and parent_price.fiscal_year = year_of_series.fiscal_year
left join grandparent_price
    on grandparent_price.division_code = parent.parent_code
    and grandparent_price.fiscal_year = year_of_series.fiscal_year
left join national_price on national_price.fiscal_year = year_of_series.fiscal_year
where
    coalesce(
        population.value, staff.value, gdp.value,
        own_price.value, parent_price.value, grandparent_price.value, national_price.value
    ) is not null;

comment on view intermediate.denominator is '分母：地区当年的人口、财政供养人员、生产总值与所适用的价格指数。粒度：每个有部门的地区、年度一行';
comment on column intermediate.denominator.division_code is '行政区划代码';
comment on column intermediate.denominator.fiscal_year is '年度';
comment on column intermediate.denominator.population is '人口（人）；该地区该年未载为空';
comment on column intermediate.denominator.staff is '财政供养人员（人）；该地区该年未载为空';
comment on column intermediate.denominator.gdp_wan is '地区生产总值（万元）；该地区该年未载为空';
comment on column intermediate.denominator.price_index is '价格定基指数（基年 = 100）；未载为空';
comment on column intermediate.denominator.price_base_year is '价格指数的基年';
comment on column intermediate.denominator.price_division_code is '价格指数所属地区：本地区未载时取上级，全国为 000000';
