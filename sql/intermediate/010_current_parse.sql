-- The published parse of the newest version of every slot. Grain: one slot.
create view intermediate.current_parse as
with

published_document as (
    select * from mart.published_document
)

select
    document_id,
    parse_id,
    slot_id,
    department_id,
    fiscal_year,
    kind,
    scope
from published_document
where is_current;

comment on view intermediate.current_parse is '各文件位现行的解析：最新版本文件所公布的解析。粒度：每个文件位一行';
