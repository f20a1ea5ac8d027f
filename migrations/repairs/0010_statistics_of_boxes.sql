-- Since: 0010
-- When: exists (select from pg_attribute where attrelid = 'warehouse.amount'::regclass and attname = 'box' and coalesce(attstattarget, -1) <> 0)
-- Found: statistics were made of the elements of boxes

alter table warehouse.amount alter column box set statistics 0;
alter table warehouse.doubt alter column box set statistics 0;
alter table warehouse.stated_figure alter column box set statistics 0;
alter table warehouse.performance_project alter column box set statistics 0;
alter table warehouse.performance_indicator alter column box set statistics 0;
