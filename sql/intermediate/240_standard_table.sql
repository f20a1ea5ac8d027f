-- The standard tables of a disclosure. Grain: one standard table.
create view intermediate.standard_table as
with

standard_table as (
    select * from staging.standard_table
)

select
    standard_table.table_code,
    standard_table.official_name,
    standard_table.row_key_kind,
    standard_table.sort_order
from standard_table;

comment on view intermediate.standard_table is '标准表维度。粒度：每张标准表一行';
comment on column intermediate.standard_table.table_code is '标准表编号 GK01 至 GK10';
comment on column intermediate.standard_table.official_name is '财政部格式规定的表名';
comment on column intermediate.standard_table.row_key_kind is '行的标识：functional_code 功能分类科目、economic_code 经济分类科目、item 项目名称、all 单行';
comment on column intermediate.standard_table.sort_order is '公开顺序';
