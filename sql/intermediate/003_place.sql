-- Province, city and county of every administrative division. Grain: one division code.
-- By the numbering of GB/T 2260 a municipality (11, 12, 31, 50) is its own city, and digits 3 and 4 are 90 where a county
-- is directly below its province: the division between both is no place.
create view intermediate.place as
with

division as (
    select * from staging.jurisdiction
),

prefecture as (
    select * from staging.jurisdiction
),

province as (
    select * from staging.jurisdiction
)

select
    division.division_code,
    division.level as jurisdiction_level,
    case when division.level <> 'central' then province.name end as province,
    case
        when left(division.division_code, 2) in ('11', '12', '31', '50') then province.name
        when substr(division.division_code, 3, 2) <> '90' then prefecture.name
    end as city,
    case division.level when 'county' then division.name end as county
from division
left join province on province.division_code = left(division.division_code, 2) || '0000'
left join prefecture
    on prefecture.division_code = left(division.division_code, 4) || '00' and prefecture.level = 'prefecture';

comment on view intermediate.place is '行政区划所在的省、市、县，用于文件未示地区者。粒度：每个区划代码一行';
comment on column intermediate.place.division_code is '行政区划代码，六位';
comment on column intermediate.place.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级';
comment on column intermediate.place.province is '省份';
comment on column intermediate.place.city is '地级市，直辖市为其本身；省级及省直辖县为空';
comment on column intermediate.place.county is '县（区）；地级及以上为空';
