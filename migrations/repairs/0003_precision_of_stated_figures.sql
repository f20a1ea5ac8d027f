-- Since: 0003
-- When: not exists (select from pg_attribute where attrelid = 'warehouse.stated_figure'::regclass and attname = 'half_unit')
-- Found: warehouse.stated_figure had no half_unit

alter table warehouse.stated_figure add column half_unit numeric;
comment on column warehouse.stated_figure.half_unit is '四舍五入可使 value 偏离的最大值（印出末位的一半），以 unit 计；文字为空';

-- That version noted also parses of another year, kind or scope as public in the place where their file stands now.
delete from warehouse.publication
using warehouse.parse, warehouse.document_version as version, warehouse.document as slot
where
    parse.parse_id = publication.parse_id
    and version.version_id = publication.version_id
    and slot.document_id = publication.slot_id
    and publication.published_at = parse.parsed_at
    and publication.parse_id is distinct from version.published_parse_id
    and (parse.fiscal_year, parse.kind, parse.scope) is distinct from (slot.fiscal_year, slot.kind, slot.scope);
