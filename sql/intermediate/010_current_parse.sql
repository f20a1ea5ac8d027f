-- The published parse of the newest version of every slot. Grain: one slot.
-- Without CTEs, so that PostgreSQL plans it together with the view that joins it, and finds a row by an index.
create view intermediate.current_parse as
select
    published_document.document_id,
    published_document.parse_id,
    published_document.slot_id,
    published_document.department_id,
    published_document.fiscal_year,
    published_document.kind,
    published_document.scope
from mart.published_document
where published_document.is_current;

comment on view intermediate.current_parse is '各文件位现行的解析：最新版本文件所公布的解析。粒度：每个文件位一行';
