-- Administrative divisions that departments belong to. Grain: one division code.
create view staging.jurisdiction as
select
    division_code,
    name,
    level,
    parent_code
from warehouse.jurisdiction;

comment on view staging.jurisdiction is '行政区划：部门所属的地区。粒度：每个区划代码一行';
comment on column staging.jurisdiction.division_code is '行政区划代码，六位数字（来源：民政部行政区划代码表）';
comment on column staging.jurisdiction.name is '行政区划名称';
comment on column staging.jurisdiction.level is '层级：central 中央、province 省级、prefecture 地级、county 县级';
comment on column staging.jurisdiction.parent_code is '上级行政区划代码；省级为空';
