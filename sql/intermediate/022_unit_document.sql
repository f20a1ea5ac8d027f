-- The disclosures that listed units published themselves: of the same year, kind and place, for the body alone.
-- Grain: one unit of a document version of which exactly one such document is there.
create view intermediate.unit_document as
with

document as (
    select * from mart.published_document
),

department_unit as (
    select * from staging.department_unit
),

-- Names as the reader compares them: without remarks in brackets, blanks and punctuation.
called as (
    select distinct
        department_id,
        translate(
            regexp_replace(normalize(name, nfkc), '\([^()]*\)', '', 'g'), E'与 \n"·、,。.:;_/-—', '和'
        ) as body
    from staging.department_alias
),

own_document as (
    select * from mart.published_document
    where is_current and scope = 'unit'
)

select
    document.document_id,
    department_unit.unit_no,
    own.document_id as own_document_id
from document
inner join department_unit on department_unit.parse_id = document.parse_id
cross join lateral (
    select
        min(own_document.document_id) as document_id,
        count(*) as documents
    from own_document
    where
        own_document.fiscal_year = document.fiscal_year
        and own_document.kind = document.kind
        and own_document.division_code is not distinct from document.division_code
        and (
            (department_unit.is_head_office and own_document.department_id = document.department_id)
            or (
                not department_unit.is_head_office
                and own_document.department_id <> document.department_id
                and own_document.department_id in (
                    select called.department_id from called
                    where called.body = department_unit.body
                )
            )
        )
) as own
where document.scope = 'department' and own.documents = 1;

comment on view intermediate.unit_document is '部门决算所列单位自己公开的文件：同一年度、种类、地区的单位口径文件。粒度：每个文件版本的每个找到唯一文件的单位一行';
comment on column intermediate.unit_document.document_id is '部门口径的文件版本编号';
comment on column intermediate.unit_document.unit_no is '单位在所列次序中的序号，自 1 起';
comment on column intermediate.unit_document.own_document_id is '该单位自己公开的文件版本编号';
