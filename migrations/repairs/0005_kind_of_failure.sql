-- Since: 0005
-- When: not exists (select from pg_attribute where attrelid = 'warehouse.reading'::regclass and attname = 'error')
-- Found: warehouse.reading had no error

alter table warehouse.reading add column error text;
comment on column warehouse.reading.error is '原因的类别，例如 Scanned 扫描件、Encrypted 加密；没有为空';
