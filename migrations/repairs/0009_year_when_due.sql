-- Since: 0009
-- When: not exists (select from pg_attribute where attrelid = 'warehouse.document_kind'::regclass and attname = 'due_years_later')
-- Found: warehouse.document_kind had no due_years_later

-- The upgrade fills the column from the declarations.
alter table warehouse.document_kind add column due_years_later smallint not null default 1;
alter table warehouse.document_kind alter column due_years_later drop default;
comment on column warehouse.document_kind.due_years_later is '清单未写应公开日期者，应在其年度之后第几年年底前公开';
