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
    standard_table.sort_order,
    standard_table.kind,
    standard_table.number
from standard_table;

comment on view intermediate.standard_table is '标准表维度。粒度：每张标准表一行';
comment on column intermediate.standard_table.table_code is '标准表编号';
comment on column intermediate.standard_table.sort_order is '公开顺序';
