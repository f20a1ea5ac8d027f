-- The files of a document version. Grain: one file of a document version.
create view staging.document_file as
select
    version_id as document_id,
    file_no,
    source_name,
    sha256,
    source_url,
    format,
    size_bytes,
    pages,
    role
from warehouse.document_file;

comment on view staging.document_file is '文件版本由哪些文件组成。粒度：每个文件版本的每个文件一行';
comment on column staging.document_file.file_no is '文件在文件版本中的序号，自 1 起；1 为正文';
comment on column staging.document_file.source_name is '文件名';
