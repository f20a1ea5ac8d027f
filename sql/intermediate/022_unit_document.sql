-- The disclosures that listed units published themselves: of the same year, kind and place, for the body alone.
-- Grain: one unit of a document version of which exactly one such document is there.
create view intermediate.unit_document as
with

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, and does not know how large it is.
document as (
    select * from mart.published_document
    where scope = 'department'
),

document_of_head as (
    select * from mart.published_document
    where scope = 'department'
),

own_document as (
    select * from mart.published_document
    where is_current and scope = 'unit'
),

document_of_office as (
    select * from mart.published_document
    where is_current and scope = 'unit'
),

document_named as (
    select * from mart.published_document
    where scope = 'department'
),

office_named as (
    select * from mart.published_document
    where is_current and scope = 'unit'
),

listed as (
    select * from staging.department_unit
    where not is_head_office
),

head_office as (
    select * from staging.department_unit
    where is_head_office
),

head_office_named as (
    select * from staging.department_unit
    where is_head_office
),

-- Names as the reader compares them: without remarks in brackets, blanks and punctuation.
called as (
    select
        department_id,
        translate(
            regexp_replace(normalize(name, nfkc), '\([^()]*\)', '', 'g'), E'与 \n"·、,。.:;_/-—', '和'
        ) as body
    from staging.department_alias
),

-- The head office publishes under the department's name, or that with (本级); another unit under its own. The same
-- document may be found in both ways and by several names.
candidate as (
    select
        document.document_id,
        listed.unit_no,
        own_document.document_id as own_document_id
    from listed
    inner join called on called.body = listed.body
    inner join document on document.parse_id = listed.parse_id
    inner join own_document
        on own_document.department_id = called.department_id
        and own_document.fiscal_year = document.fiscal_year
        and own_document.kind = document.kind
    where
        own_document.division_code is not distinct from document.division_code
        and own_document.department_id <> document.department_id
    union all
    select
        document_of_head.document_id,
        head_office.unit_no,
        document_of_office.document_id
    from head_office
    inner join document_of_head on document_of_head.parse_id = head_office.parse_id
    inner join document_of_office
        on document_of_office.department_id = document_of_head.department_id
        and document_of_office.fiscal_year = document_of_head.fiscal_year
        and document_of_office.kind = document_of_head.kind
    union all
    -- Some kinds of documents keep (本级) in the name of the office, which then is another department.
    select
        document_named.document_id,
        head_office_named.unit_no,
        office_named.document_id
    from head_office_named
    inner join document_named on document_named.parse_id = head_office_named.parse_id
    inner join office_named
        on office_named.division_code = document_named.division_code
        and office_named.fiscal_year = document_named.fiscal_year
        and office_named.kind = document_named.kind
    where office_named.body = document_named.body
)

select
    document_id,
    unit_no,
    min(own_document_id) as own_document_id
from candidate
group by document_id, unit_no
having count(distinct own_document_id) = 1;

comment on view intermediate.unit_document is '部门决算所列单位自己公开的文件：同一年度、种类、地区的单位口径文件。粒度：每个文件版本的每个找到唯一文件的单位一行';
comment on column intermediate.unit_document.document_id is '部门口径的文件版本编号';
comment on column intermediate.unit_document.unit_no is '单位在所列次序中的序号，自 1 起';
comment on column intermediate.unit_document.own_document_id is '该单位自己公开的文件版本编号';
