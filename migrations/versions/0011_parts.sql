-- Revision 0011: which fetched files are the parts of one disclosure.

alter table warehouse.source
    drop constraint source_type_check,
    add constraint source_type_check check (type in ('url', 'parts', 'listing', 'folder', 'glob'));
comment on column warehouse.source.type is '类型：url 单个文件、parts 合为一份公开文件的若干文件、listing 列表页、folder 文件夹、glob 路径通配';
comment on column warehouse.source.address is '网址、文件夹或通配路径；若干文件者为其正文的网址或路径';

alter table warehouse.source_file add column counts_as text not null default 'document';
alter table warehouse.source_file
    add constraint source_file_counts_as_check check (counts_as in ('document', 'part', 'whole'));
comment on table warehouse.source_file is '来源文件：某一地址先后出现过的每个不同文件，旧的不删；几个文件合为一份公开文件者，其整体另占一行。粒度：每个地址的每个 SHA-256 一行';
comment on column warehouse.source_file.address is '网址，或文件的 file: 地址；整体为来源的地址加 #parts';
comment on column warehouse.source_file.sha256 is '文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置；整体为其文件单的，文件单列出各文件，也在归档中';
comment on column warehouse.source_file.file_name is '文件名；整体为其正文的文件名';
comment on column warehouse.source_file.counts_as is '作为：document 单独成为一份公开文件、part 一份公开文件的几个文件之一、whole 几个文件合成的整体，见 source_part';

create table warehouse.source_part (
    whole_sha256 text not null,
    part_no smallint not null,
    sha256 text not null,
    file_name text not null,
    address text not null,
    constraint source_part_pkey primary key (whole_sha256, part_no),
    constraint source_part_whole_sha256_check check (whole_sha256 ~ '^[0-9a-f]{64}$'),
    constraint source_part_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint source_part_part_no_check check (part_no >= 1)
);
comment on table warehouse.source_part is '几个文件合成的公开文件由哪些文件组成，由清单或其所在页面、文件夹说明。粒度：每个整体的每个文件一行';
comment on column warehouse.source_part.whole_sha256 is '整体的 SHA-256，同 source_file.sha256；只有一个文件时即该文件的';
comment on column warehouse.source_part.part_no is '次序，自 1 起；1 为正文，其余为附件';
comment on column warehouse.source_part.sha256 is '文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置';
comment on column warehouse.source_part.file_name is '最近一次所见的文件名';
comment on column warehouse.source_part.address is '最近一次所见的网址，或文件的 file: 地址';
