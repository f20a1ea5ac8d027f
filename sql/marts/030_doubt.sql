-- Doubts: what could not be read for certain. Grain: one doubt (document version × number).
-- Key: document_id, doubt_no.
create view mart.doubt as
with

document as (
    select * from mart.published_document
),

doubt as (
    select * from staging.doubt
)

select
    document.{shared},
    doubt.doubt_no,
    doubt.what,
    doubt.table_code,
    doubt.row_key,
    doubt.measure,
    doubt.row_no,
    doubt.column_no,
    doubt.printed,
    doubt.taken_as,
    doubt.reason,
    doubt.page,
    doubt.line_no,
    document.is_current,
    document.slot_id,
    document.department_id,
    doubt.file_no,
    doubt.sheet,
    doubt.cell,
    doubt.box
from doubt
inner join document on document.parse_id = doubt.parse_id;

comment on view mart.doubt is '疑点：读取时无法确定的事项，含旧版本文件。粒度：每个文件版本的每个疑点一行';
comment on column mart.doubt.doubt_no is '在该文件中的序号，自 1 起';
comment on column mart.doubt.table_code is '标准表编号，连接 mart.standard_table；与表无关者为空';
comment on column mart.doubt.row_key is '行标识，同 mart.amount.row_key；与行无关者为空';
comment on column mart.doubt.measure is '指标（列），同 mart.amount.measure；与列无关者为空';
comment on column mart.doubt.row_no is '在表中的行号，自 1 起；与行无关者为空';
comment on column mart.doubt.column_no is '在表中的列号，自 1 起；与列无关者为空';
comment on column mart.doubt.printed is '印出的原文；无原文者为空';
comment on column mart.doubt.taken_as is '按何值采用；未采用者为空';
comment on column mart.doubt.reason is '疑点说明';
comment on column mart.doubt.line_no is '文本文件的行号，自 1 起；其他格式或与行无关者为空';
