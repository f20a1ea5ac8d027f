-- Since: 0009
-- When: not exists (select from pg_attribute where attrelid = 'warehouse.standard_table'::regclass and attname = 'open_measures')
-- Found: warehouse.standard_table had no open_measures

-- The upgrade fills the column from the declarations.
alter table warehouse.standard_table add column open_measures text[] not null default '{}';
alter table warehouse.standard_table alter column open_measures drop default;
comment on column warehouse.standard_table.open_measures is '表式未定的列的名称开头，例如 other:；此类列在入库时登记为指标';
