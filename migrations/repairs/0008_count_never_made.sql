-- Since: 0008
-- When: exists (select from pg_attribute where attrelid = 'warehouse.parse'::regclass and attname = 'form_numbers_unaccounted')
-- Found: warehouse.parse had form_numbers_unaccounted, a count that was never made

alter table warehouse.parse drop column form_numbers_unaccounted;
