-- The published parse of every file version that has one and is not withdrawn. Grain: one file version.
-- For mart.…_as_of(day) sql/as_of/published_parse.sql is used instead.
create view intermediate.published_parse as
with

document as (
    select * from staging.document
    where
        published_parse_id is not null
        and not exists (select from intermediate.withdrawn where withdrawn.document_id = document.document_id)
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
newer as (
    select * from staging.document
    where
        published_parse_id is not null
        and not exists (select from intermediate.withdrawn where withdrawn.document_id = document.document_id)
),

slot as (
    select * from staging.document_slot
)

select
    document.document_id,
    document.published_parse_id as parse_id,
    document.slot_id,
    slot.department_id,
    slot.fiscal_year,
    slot.kind,
    slot.scope,
    document.version,
    not exists (
        select from newer
        where newer.slot_id = document.slot_id and newer.version > document.version
    ) as is_current
from document
inner join slot on slot.slot_id = document.slot_id;

comment on view intermediate.published_parse is '公开视图所示的解析。粒度：每个文件版本一行';
comment on column intermediate.published_parse.parse_id is '公布的解析编号';
