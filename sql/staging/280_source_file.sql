-- Files found at each address, former ones included, and disclosures of several files as a whole.
-- Grain: one sha256 at an address.
create view staging.source_file as
select
    source_file_id,
    source_id,
    address,
    sha256,
    file_name,
    media_type,
    size_bytes,
    etag,
    last_modified,
    counts_as,
    is_current,
    first_seen_at,
    last_seen_at,
    verified_at,
    vanished_at
from warehouse.source_file;

comment on view staging.source_file is '来源文件：某一地址先后出现过的每个不同文件，旧的不删；几个文件合为一份公开文件者，其整体另占一行。粒度：每个地址的每个 SHA-256 一行';
comment on column staging.source_file.source_file_id is '来源文件编号（仓库内部）';
comment on column staging.source_file.source_id is '最近一次由哪个来源找到';
comment on column staging.source_file.address is '网址，或文件的 file: 地址；整体为来源的地址加 #parts';
comment on column staging.source_file.sha256 is '文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置；整体为其文件单的，文件单列出各文件，也在归档中';
comment on column staging.source_file.file_name is '文件名；整体为其正文的文件名';
comment on column staging.source_file.media_type is '按内容判断的类型：application/pdf、text/plain';
comment on column staging.source_file.etag is '服务器所给的 ETag；文件夹中的文件为其大小、时间与编号；无为空';
comment on column staging.source_file.last_modified is '服务器所给的 Last-Modified 原文；无为空';
comment on column staging.source_file.counts_as is '作为：document 单独成为一份公开文件、part 一份公开文件的几个文件之一、whole 几个文件合成的整体';
comment on column staging.source_file.is_current is '是否该地址最近所见的文件';
comment on column staging.source_file.first_seen_at is '在该地址首次见到的时间';
comment on column staging.source_file.last_seen_at is '最近一次见到或经服务器确认未变的时间';
comment on column staging.source_file.verified_at is '最近一次完整取得并核对内容的时间';
comment on column staging.source_file.vanished_at is '发现该地址已无此文件的时间；仍在或已被替换为空';
