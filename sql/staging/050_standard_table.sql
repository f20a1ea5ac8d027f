-- Standard tables. Grain: one standard table.
create view staging.standard_table as
select
    table_code,
    official_name,
    row_key_kind,
    sort_order,
    kind,
    number,
    open_measures
from warehouse.standard_table;

comment on view staging.standard_table is '公开的标准表。粒度：每张标准表一行';
comment on column staging.standard_table.table_code is '标准表编号';
comment on column staging.standard_table.sort_order is '公开顺序';
comment on column staging.standard_table.open_measures is '表式未定的列的名称开头，例如 other:；此类列在入库时登记为指标';
