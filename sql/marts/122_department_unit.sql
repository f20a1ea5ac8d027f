-- The units whose accounts a document sums. Grain: one unit of a document version.
-- Key: document_id, unit_no.
create view mart.department_unit as
with

document as (
    select * from mart.published_document
),

department_unit as (
    select * from staging.department_unit
),

unit_document as (
    select * from intermediate.unit_document
)

select
    document.{shared},
    department_unit.unit_no,
    department_unit.unit,
    department_unit.kind,
    department_unit.is_head_office,
    department_unit.body,
    unit_document.own_document_id,
    department_unit.printed,
    department_unit.page,
    department_unit.line_no,
    document.is_current,
    document.slot_id,
    document.department_id,
    document.kind as document_kind,
    department_unit.file_no,
    department_unit.sheet,
    department_unit.cell,
    department_unit.box
from department_unit
inner join document on document.parse_id = department_unit.parse_id
left join unit_document
    on unit_document.document_id = document.document_id
    and unit_document.unit_no = department_unit.unit_no;

comment on view mart.department_unit is '部门决算单位构成：文件所列、其决算汇总在内的单位，含旧版本文件。部门口径的数已含各单位，不得再与各单位自己公开的数相加。粒度：每个文件版本的每个单位一行';
comment on column mart.department_unit.unit_no is '单位在所列次序中的序号，自 1 起';
comment on column mart.department_unit.unit is '单位名称，如印出；只印“本级”者为部门名称';
comment on column mart.department_unit.kind is '单位性质，如印出，例如 行政单位、公益一类事业单位；未印为空';
comment on column mart.department_unit.is_head_office is '是否部门本级';
comment on column mart.department_unit.body is '用以比对的单位名称：去掉括号中的说明与“本级”';
comment on column mart.department_unit.printed is '所据原文';
comment on column mart.department_unit.own_document_id is '该单位自己公开的同一年度、种类的单位口径文件，是本文件的一部分，不得相加；未入库为空';
