-- Doubts: what could not be read for certain, and what documents state otherwise than the list of successions. Grain: one doubt (document version × number).
-- Key: document_id, doubt_no.
create view mart.doubt as
with

document as (
    select * from mart.published_document
),

read_doubt as (
    select * from staging.doubt
),

-- Numbered behind those of the reading: which document contradicts the list depends on what the list holds today.
contradicted as (
    select
        stated_succession.*,
        succession.document_id,
        succession.says
    from intermediate.succession
    inner join mart.published_document on published_document.document_id = succession.document_id
    inner join staging.stated_succession
        on stated_succession.parse_id = published_document.parse_id
        and stated_succession.succession_no = succession.succession_no
    where succession.is_contradicted
),

doubt as (
    select
        parse_id,
        doubt_no,
        what,
        table_code,
        row_key,
        measure,
        row_no,
        column_no,
        printed,
        taken_as,
        reason,
        page,
        line_no,
        file_no,
        sheet,
        cell,
        box
    from read_doubt
    union all
    select
        contradicted.parse_id,
        (
            (select coalesce(max(counted.doubt_no), 0) from staging.doubt as counted where counted.parse_id = contradicted.parse_id)
            + contradicted.succession_no
        )::smallint,
        'succession_differs',
        null,
        null,
        null,
        null,
        null,
        contradicted.printed,
        contradicted.says,
        '文件所述的机构承继与承继表所载不同，取承继表：' || contradicted.says,
        contradicted.page,
        contradicted.line_no,
        contradicted.file_no,
        contradicted.sheet,
        contradicted.cell,
        contradicted.box
    from contradicted
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
    doubt.box,
    document.kind as document_kind,
    {evidence_url(document.document_id, concat_ws('/', 'doubt', doubt.doubt_no))} as evidence_url
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
