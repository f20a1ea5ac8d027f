-- Revision 0010: the files of a document version; and the file, sheet, cell and box of every value.

create table warehouse.document_file (
    version_id integer not null,
    file_no smallint not null,
    sha256 text not null,
    source_name text not null,
    source_url text,
    format text not null,
    size_bytes bigint not null,
    pages integer,
    role text not null,
    constraint document_file_pkey primary key (version_id, file_no),
    constraint document_file_file_no_check check (file_no >= 1),
    constraint document_file_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint document_file_size_bytes_check check (size_bytes >= 0),
    constraint document_file_pages_check check (pages >= 0),
    constraint document_file_role_check check (role in ('main', 'attachment')),
    constraint document_file_main_check check ((file_no = 1) = (role = 'main')),
    constraint document_file_version_id_fkey foreign key(version_id) references warehouse.document_version (version_id)
);
comment on table warehouse.document_file is '文件版本由哪些文件组成，写入后不再更改。粒度：每个文件版本的每个文件一行';
comment on column warehouse.document_file.version_id is '文件版本编号';
comment on column warehouse.document_file.file_no is '文件在文件版本中的序号，自 1 起；1 为正文';
comment on column warehouse.document_file.sha256 is '文件内容的 SHA-256（小写十六进制）';
comment on column warehouse.document_file.source_name is '文件名';
comment on column warehouse.document_file.source_url is '下载地址；未知为空';
comment on column warehouse.document_file.format is '文件格式：pdf、text 等';
comment on column warehouse.document_file.size_bytes is '文件大小（字节）';
comment on column warehouse.document_file.pages is '页数；不分页的格式为空';
comment on column warehouse.document_file.role is '文件的身份：main 正文、attachment 附件';

-- All versions so far consist of one file.
insert into warehouse.document_file (version_id, file_no, sha256, source_name, source_url, format, size_bytes, pages, role)
select version_id, 1, sha256, source_name, source_url, format, size_bytes, pages, 'main' from warehouse.document_version;
create trigger document_file_is_immutable before update or delete or truncate on warehouse.document_file
    for each statement execute function warehouse.refuse_change();

comment on table warehouse.document_version is '文件版本：占用文件位的每份不同的公开文件，由一个或几个文件组成（见 document_file）；名称、地址、格式、大小、页数为正文的。粒度：每份不同的公开文件一行';
comment on column warehouse.document_version.sha256 is '识别码：只有一个文件的为其内容的 SHA-256，由几个文件组成的为其清单的 SHA-256（小写十六进制）';

-- A column with a constant default is added without rewriting the table.
-- A box is an array of real: its four numbers are used together, SQL can compute with them, and real is precise enough
-- (a hundredth of a point) and takes half the space of numeric in a table of many million amounts. PostgreSQL's type
-- box would swap the corners. Nobody searches for a box by its value, so ANALYZE does not count its elements.

alter table warehouse.amount
    add column file_no smallint not null default 1 constraint amount_file_no_check check (file_no >= 1),
    add column sheet text,
    add column cell text constraint amount_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    add column box real[] constraint amount_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    alter column box set statistics 0;
comment on column warehouse.amount.file_no is '所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.amount.sheet is '所在工作表的名称；不是电子表格的为空';
comment on column warehouse.amount.cell is '在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column warehouse.amount.box is '在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';

alter table warehouse.doubt
    add column file_no smallint not null default 1 constraint doubt_file_no_check check (file_no >= 1),
    add column sheet text,
    add column cell text constraint doubt_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    add column box real[] constraint doubt_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    alter column box set statistics 0;
comment on column warehouse.doubt.file_no is '所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.doubt.sheet is '所在工作表的名称；不是电子表格的为空';
comment on column warehouse.doubt.cell is '在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column warehouse.doubt.box is '在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';

alter table warehouse.stated_figure
    add column file_no smallint not null default 1 constraint stated_figure_file_no_check check (file_no >= 1),
    add column sheet text,
    add column cell text constraint stated_figure_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    add column box real[] constraint stated_figure_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    alter column box set statistics 0;
comment on column warehouse.stated_figure.file_no is '所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.stated_figure.sheet is '所在工作表的名称；不是电子表格的为空';
comment on column warehouse.stated_figure.cell is '在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column warehouse.stated_figure.box is '在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';

alter table warehouse.performance_project
    add column file_no smallint not null default 1 constraint performance_project_file_no_check check (file_no >= 1),
    add column sheet text,
    add column cell text constraint performance_project_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    add column box real[] constraint performance_project_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    alter column box set statistics 0;
comment on column warehouse.performance_project.file_no is '起始处所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.performance_project.sheet is '起始处所在工作表的名称；不是电子表格的为空';
comment on column warehouse.performance_project.cell is '起始处在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column warehouse.performance_project.box is '起始处在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';

alter table warehouse.performance_indicator
    add column file_no smallint not null default 1 constraint performance_indicator_file_no_check check (file_no >= 1),
    add column sheet text,
    add column cell text constraint performance_indicator_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    add column box real[] constraint performance_indicator_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    alter column box set statistics 0;
comment on column warehouse.performance_indicator.file_no is '所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.performance_indicator.sheet is '所在工作表的名称；不是电子表格的为空';
comment on column warehouse.performance_indicator.cell is '在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column warehouse.performance_indicator.box is '在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';

alter table warehouse.parse_table
    add column file_no smallint not null default 1 constraint parse_table_file_no_check check (file_no >= 1);
comment on column warehouse.parse_table.file_no is '起始页所在文件的序号，连接 document_file；未见者为 1';
alter table warehouse.check_result
    add column file_no smallint not null default 1 constraint check_result_file_no_check check (file_no >= 1);
comment on column warehouse.check_result.file_no is '页码所在文件的序号，连接 document_file；没有页码的为 1';
