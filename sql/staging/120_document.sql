-- 文件版本：占用文件位的每个不同文件。粒度：每个 SHA-256 一行
create view staging.document as
select
    version_id as document_id,
    document_id as slot_id,
    version_no as version,
    sha256,
    source_name,
    source_url,
    format,
    size_bytes,
    pages,
    first_seen_at,
    last_seen_at,
    published_parse_id
from warehouse.document_version;

comment on view staging.document is '文件版本：占用文件位的每个不同文件。粒度：每个 SHA-256 一行';
comment on column staging.document.document_id is '文件版本编号（仓库内部）；公开视图中的 document_id';
comment on column staging.document.version is '在文件位中的版本序号，自 1 起，按入库先后';
comment on column staging.document.source_name is '文件名';
comment on column staging.document.first_seen_at is '首次入库时间';
comment on column staging.document.last_seen_at is '最近一次带来新内容的入库时间';
comment on column staging.document.published_parse_id is '对外公布的解析编号；仅在装载事务中途为空';
