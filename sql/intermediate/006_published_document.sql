-- Every published file with its department, place and year: the columns that public views share.
-- Where a parse has no place, that of the department is shown: a manifest named it after the file was loaded.
-- Grain: one document version.
create view intermediate.published_document as
with

published_parse as (
    select * from intermediate.published_parse
),

document as (
    select * from staging.document
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
    published_parse.document_id,
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
    main_file.format,
    main_file.pages,
    parse.published_on,
    published_parse.version,
    published_parse.is_current,
    document.first_seen_at,
    published_parse.slot_id,
    published_parse.department_id,
    parse.department as department_printed,
    published_parse.parse_id,
    parse.parser_version,
    parse.parsed_at,
    -- Budgets and accounts of the same office may be named with or without (本级): what is left names both.
    regexp_replace(normalize(coalesce(department.name, parse.department), nfkc), '\(本级\)$', '') as body
from published_parse
inner join document on document.document_id = published_parse.document_id
-- A left join, so that PostgreSQL omits it in queries that do not use its columns.
left join main_file on main_file.document_id = published_parse.document_id
inner join parse on parse.parse_id = published_parse.parse_id
left join department on department.department_id = published_parse.department_id
left join place
    on place.division_code = department.division_code
    and parse.division_code is null
    and parse.jurisdiction_level is null;

comment on view intermediate.published_document is '公开视图所示的文件及其部门、地区、年度。粒度：每个文件版本一行';
comment on column intermediate.published_document.parse_id is '当前公布的解析编号（仓库内部）';
comment on column intermediate.published_document.parsed_at is '当前公布的解析的入库时间';
