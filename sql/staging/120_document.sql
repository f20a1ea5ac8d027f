-- Document versions: the different disclosures of a slot, each of one or several files. Grain: one document version.
create view staging.document as
select
    version_id as document_id,
    document_id as slot_id,
    version_no as version,
    sha256 as identity,
    source_name,
    source_url,
    format,
    size_bytes,
    pages,
    first_seen_at,
    last_seen_at,
    published_parse_id
from warehouse.document_version;

comment on view staging.document is '文件版本：占用文件位的每份不同的公开文件，由一个或几个文件组成；名称、地址、格式、大小、页数为正文的。粒度：每份不同的公开文件一行';
comment on column staging.document.document_id is '文件版本编号（仓库内部）；公开视图中的 document_id';
comment on column staging.document.version is '在文件位中的版本序号，自 1 起，按入库先后';
comment on column staging.document.identity is '识别码：只有一个文件的为其内容的 SHA-256，由几个文件组成的为其清单的 SHA-256';
comment on column staging.document.source_name is '文件名';
comment on column staging.document.first_seen_at is '首次入库时间';
comment on column staging.document.last_seen_at is '最近一次带来新内容的入库时间';
comment on column staging.document.published_parse_id is '对外公布的解析编号；仅在装载事务中途为空';
