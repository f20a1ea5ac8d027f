-- File versions that were public and are withdrawn: what no other public view shows. Grain: one document version.
-- Key: document_id.
-- Reads the reading that was public last, not mart.published_document, which leaves these versions out. Places are those
-- that intermediate.published_document would show.
create view mart.withdrawn as
with

withdrawn as (
    select * from intermediate.withdrawn
),

document as (
    select * from staging.document
),

slot as (
    select * from staging.document_slot
),

main_file as (
    select * from staging.document_file
    where file_no = 1
),

parse as (
    select * from staging.parse
),

department as (
    select * from staging.department
),

place as (
    select * from intermediate.place
)

select
    withdrawn.document_id,
    document.source_name,
    coalesce(parse.province, place.province) as province,
    coalesce(parse.city, place.city) as city,
    coalesce(parse.county, place.county) as county,
    coalesce(parse.division_code, department.division_code) as division_code,
    coalesce(parse.jurisdiction_level, place.jurisdiction_level) as jurisdiction_level,
    coalesce(department.name, parse.department) as department,
    coalesce(department.kind, parse.department_kind) as department_kind,
    parse.scope,
    parse.fiscal_year,
    parse.kind,
    main_file.sha256,
    main_file.source_url,
    document.version,
    withdrawn.withdrawn_at,
    withdrawn.reason as why_withdrawn,
    document.slot_id,
    slot.department_id
from withdrawn
inner join document on document.document_id = withdrawn.document_id
inner join slot on slot.slot_id = document.slot_id
inner join main_file on main_file.document_id = document.document_id
inner join parse on parse.parse_id = document.published_parse_id
left join department on department.department_id = slot.department_id
left join place
    on place.division_code = department.division_code
    and parse.division_code is null
    and parse.jurisdiction_level is null;

comment on view mart.withdrawn is '已撤回的文件：曾经公开，其他公开视图不再显示。粒度：每个已撤回的文件版本一行';
comment on column mart.withdrawn.version is '在文件位中的版本序号，自 1 起，按入库先后';
comment on column mart.withdrawn.withdrawn_at is '撤回时间：自此时起其他公开视图不再显示';
comment on column mart.withdrawn.why_withdrawn is '撤回的理由';
