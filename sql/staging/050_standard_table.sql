-- 决算公开的标准表。粒度：每张标准表一行
create view staging.standard_table as
select
    table_code,
    official_name,
    row_key_kind,
    sort_order
from warehouse.standard_table;

comment on view staging.standard_table is '决算公开的标准表。粒度：每张标准表一行';
comment on column staging.standard_table.table_code is '标准表编号 GK01 至 GK10（公开01表至公开09表及统计表）';
comment on column staging.standard_table.official_name is '财政部格式规定的表名';
comment on column staging.standard_table.row_key_kind is '行的标识：functional_code 功能分类科目、economic_code 经济分类科目、item 项目名称、all 单行';
comment on column staging.standard_table.sort_order is '公开顺序';
