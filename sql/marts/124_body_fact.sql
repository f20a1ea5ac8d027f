-- What a document prints about the body: institutions and staff. Grain: one fact of a document version.
-- Key: document_id, fact.
create view mart.body_fact as
with

document as (
    select * from mart.published_document
),

body_fact as (
    select * from staging.body_fact
)

select
    document.{shared},
    body_fact.fact,
    body_fact.value,
    body_fact.text,
    body_fact.printed,
    body_fact.page,
    body_fact.line_no,
    document.is_current,
    document.slot_id,
    document.department_id,
    document.kind as document_kind,
    body_fact.file_no,
    body_fact.sheet,
    body_fact.cell,
    body_fact.box
from body_fact
inner join document on document.parse_id = body_fact.parse_id;

comment on view mart.body_fact is '部门概况所印的事实：内设机构与人员的数目，含旧版本文件。粒度：每个文件版本的每项事实一行';
comment on column mart.body_fact.fact is '事实：internal_institutions 内设机构；staff_authorised 编制，其中 staff_authorised_administrative 行政、staff_authorised_public_institution 事业；staff_actual 实有人数（所印口径，可能含离退休）、staff_in_service 在职人员；staff_retired 离退休，其中 staff_retired_veteran 离休、staff_retired_ordinary 退休';
comment on column mart.body_fact.value is '数目（个、人），如印出；未印数目而列出全部内设机构名称的为名称的个数';
comment on column mart.body_fact.text is '名称，例如各内设机构的名称，以顿号分隔；未印为空';
comment on column mart.body_fact.printed is '所据原文';
