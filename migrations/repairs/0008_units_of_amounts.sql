-- Since: 0008
-- When: not exists (select from pg_attribute where attrelid = 'warehouse.amount'::regclass and attname = 'is_unit_certain')
-- Found: warehouse.amount had no is_unit_certain

alter table warehouse.amount add column is_unit_certain boolean not null default true;
alter table warehouse.amount alter column is_unit_certain drop default;
comment on column warehouse.amount.is_unit_certain is 'value 所用的金额单位是否印出或由同一文件证明；空白、横线、计数行为是';
alter table warehouse.amount disable trigger amount_is_immutable;
update warehouse.amount set is_unit_certain = false
from warehouse.measure, warehouse.parse_table
where
    measure.measure_id = amount.measure_id
    and parse_table.parse_id = amount.parse_id
    and parse_table.table_code = measure.table_code
    and not parse_table.is_unit_certain
    and amount.value is not null
    and amount.value_unit = '元';
alter table warehouse.amount enable trigger amount_is_immutable;
