-- The files of document versions. Grain: one file (document version × file_no).
-- Key: document_id, file_no.
create view mart.document_file as
select
    document.document_id,
    document_file.source_name,
    document.province,
    document.city,
    document.county,
    document.division_code,
    document.jurisdiction_level,
    document.department,
    document.department_kind,
    document.scope,
    document.fiscal_year,
    document_file.file_no,
    document_file.role,
    document_file.sha256,
    document_file.source_url,
    document_file.format,
    document_file.size_bytes,
    document_file.pages,
    document.kind,
    document.is_current,
    document.slot_id,
    document.department_id
from mart.published_document as document
inner join staging.document_file on document_file.document_id = document.document_id;

comment on view mart.document_file is '公开文件由哪些文件组成（说明与报表分开公布、附件另列等），含旧版本文件。粒度：每个文件版本的每个文件一行';
comment on column mart.document_file.source_name is '本文件的文件名（来源：入库文件）';
comment on column mart.document_file.file_no is '文件在文件版本中的序号，自 1 起；1 为正文，其名称即其他视图中的 source_name（由压缩包入库的除外）';
