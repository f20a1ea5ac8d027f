-- Revision 0015: successions of bodies, those of the reference list and those that documents state.

create table warehouse.body_succession (
    division_code text not null,
    predecessor text not null,
    successor text not null,
    effective_year smallint not null,
    relation text not null,
    effective_on date,
    source text not null,
    note text,
    constraint body_succession_pkey primary key (division_code, predecessor, successor, effective_year),
    constraint body_succession_division_code_check check (division_code ~ '^[0-9]{6}$'),
    constraint body_succession_relation_check check (relation in ('renamed', 'merged', 'split', 'transferred')),
    constraint body_succession_effective_on_check check (extract(year from effective_on) = effective_year)
);
comment on table warehouse.body_succession is '机构承继表：更名、合并、拆分、职责划转的机构，凭依据收录，以地区与名称相认。粒度：每个地区、原机构、新机构、年度一行';
comment on column warehouse.body_succession.division_code is '两机构所属行政区划代码；中央为 000000';
comment on column warehouse.body_succession.predecessor is '原机构名称';
comment on column warehouse.body_succession.successor is '新机构名称；合并、拆分后名称不变的机构与原机构同名';
comment on column warehouse.body_succession.effective_year is '生效年度：该年与上年比较时适用';
comment on column warehouse.body_succession.relation is '关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转';
comment on column warehouse.body_succession.effective_on is '生效日期；只知年度为空';
comment on column warehouse.body_succession.source is '依据';
comment on column warehouse.body_succession.note is '说明；没有为空';

create table warehouse.stated_succession (
    parse_id integer not null,
    succession_no smallint not null,
    predecessor text not null,
    successor text not null,
    relation text not null,
    effective_year smallint,
    effective_on date,
    printed text not null,
    page integer,
    line_no integer,
    file_no smallint not null default 1,
    sheet text,
    cell text,
    box real[],
    constraint stated_succession_pkey primary key (parse_id, succession_no),
    constraint stated_succession_key unique (parse_id, predecessor, successor, relation),
    constraint stated_succession_relation_check check (relation in ('renamed', 'merged', 'split', 'transferred')),
    constraint stated_succession_effective_on_check check (extract(year from effective_on) = effective_year),
    constraint stated_succession_succession_no_check check (succession_no >= 1),
    constraint stated_succession_page_check check (page >= 1),
    constraint stated_succession_line_no_check check (line_no >= 1),
    constraint stated_succession_file_no_check check (file_no >= 1),
    constraint stated_succession_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    constraint stated_succession_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    constraint stated_succession_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id)
);
comment on table warehouse.stated_succession is '文件所述的机构承继：本机构的更名、合并、拆分、职责划转。粒度：每次解析的每项所述一行';
comment on column warehouse.stated_succession.parse_id is '解析编号';
comment on column warehouse.stated_succession.succession_no is '在该次解析中的序号，自 1 起';
comment on column warehouse.stated_succession.predecessor is '原机构名称';
comment on column warehouse.stated_succession.successor is '新机构名称';
comment on column warehouse.stated_succession.relation is '关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转';
comment on column warehouse.stated_succession.effective_year is '所述的年度；未述为空';
comment on column warehouse.stated_succession.effective_on is '所述的日期；未述到日为空';
comment on column warehouse.stated_succession.printed is '所述的原文';
comment on column warehouse.stated_succession.page is '页码，自 1 起；文本文件为空';
comment on column warehouse.stated_succession.line_no is '文本文件的行号，自 1 起';
comment on column warehouse.stated_succession.file_no is '所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.stated_succession.sheet is '所在工作表的名称；不是电子表格的为空';
comment on column warehouse.stated_succession.cell is '在工作表中的单元格或区域；不是电子表格的为空';
comment on column warehouse.stated_succession.box is '在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';
alter table warehouse.stated_succession alter column box set statistics 0;

create trigger stated_succession_is_immutable before update or delete or truncate on warehouse.stated_succession
    for each statement execute function warehouse.refuse_change();
