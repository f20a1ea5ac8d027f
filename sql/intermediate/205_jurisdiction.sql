-- Administrative divisions with the names of the divisions above them. Grain: one division code.
create view intermediate.jurisdiction as
with

jurisdiction as (
    select * from staging.jurisdiction
),

parent as (
    select * from staging.jurisdiction
),

grandparent as (
    select * from staging.jurisdiction
)

select
    jurisdiction.division_code,
    jurisdiction.name as jurisdiction,
    jurisdiction.level as jurisdiction_level,
    jurisdiction.parent_code,
    case jurisdiction.level
        when 'province' then jurisdiction.name
        when 'prefecture' then parent.name
        when 'county' then coalesce(grandparent.name, parent.name)
    end as province,
    case jurisdiction.level
        when 'prefecture' then jurisdiction.name
        when 'county' then case when parent.level = 'prefecture' then parent.name end
    end as city,
    case jurisdiction.level when 'county' then jurisdiction.name end as county
from jurisdiction
left join parent on parent.division_code = jurisdiction.parent_code
left join grandparent on grandparent.division_code = parent.parent_code;

comment on view intermediate.jurisdiction is '行政区划维度。粒度：每个区划代码一行';
comment on column intermediate.jurisdiction.division_code is '行政区划代码，六位；全国为 000000';
comment on column intermediate.jurisdiction.jurisdiction is '行政区划名称';
comment on column intermediate.jurisdiction.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级';
comment on column intermediate.jurisdiction.parent_code is '上级行政区划代码；省级与全国为空';
comment on column intermediate.jurisdiction.province is '所属省份；全国为空';
comment on column intermediate.jurisdiction.city is '所属地级市；省级及以上为空';
comment on column intermediate.jurisdiction.county is '县（区）；地级及以上为空';
