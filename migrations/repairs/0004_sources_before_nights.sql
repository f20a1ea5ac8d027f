-- Since: 0004
-- When: to_regclass('warehouse.source') is null and to_regclass('warehouse.run') is not null
-- Runs: 0004_sources.sql
-- Found: the tables of nights were numbered 0004 and 0005, those of sources were missing

-- What that version numbered 0004 is revision 0005, and its 0005 is 0006.
update warehouse.alembic_version
set version_num = case when to_regclass('warehouse.held_parse') is null then '0005' else '0006' end;
