-- Revision 0009: kinds of document, what their forms hold, metrics and rules as rows. `juesuan db upgrade` fills these
-- tables from the declarations of warehouse/kinds, after the revisions.

create table warehouse.document_kind (
    name text not null,
    label text not null,
    constraint document_kind_pkey primary key (name)
);
comment on table warehouse.document_kind is '文件种类，由 warehouse/kinds 的声明写入。粒度：每个种类一行';
comment on column warehouse.document_kind.name is '文件种类：final_accounts 决算、budget 预算';
comment on column warehouse.document_kind.label is '文件种类的中文名称';
insert into warehouse.document_kind (name, label) values ('final_accounts', '决算'), ('budget', '预算');

alter table warehouse.document
    drop constraint document_kind_check,
    add constraint document_kind_fkey foreign key (kind) references warehouse.document_kind (name);
alter table warehouse.parse
    drop constraint parse_kind_check,
    add constraint parse_kind_fkey foreign key (kind) references warehouse.document_kind (name);
alter table warehouse.source
    drop constraint source_kind_check,
    add constraint source_kind_fkey foreign key (kind) references warehouse.document_kind (name);

-- Every table so far is one of the final accounts; its number is filled by the upgrade.
alter table warehouse.standard_table
    drop constraint standard_table_row_key_kind_check,
    drop constraint standard_table_sort_order_key,
    add column kind text not null default 'final_accounts',
    add column number text not null default '',
    add constraint standard_table_kind_sort_order_key unique (kind, sort_order),
    add constraint standard_table_kind_fkey foreign key (kind) references warehouse.document_kind (name);
alter table warehouse.standard_table
    alter column kind drop default,
    alter column number drop default;
comment on table warehouse.standard_table is '公开的标准表，由 warehouse/kinds 的声明写入。粒度：每张标准表一行';
comment on column warehouse.standard_table.table_code is '标准表编号，如 GK01';
comment on column warehouse.standard_table.row_key_kind is '行的标识：functional_code 功能分类科目、economic_code 经济分类科目、item 项目名称、all 单行，以及 unit 单位、name 名称、project 项目；由几部分组成者以 + 相连';
comment on column warehouse.standard_table.sort_order is '在该种类文件中的公开顺序';
comment on column warehouse.standard_table.kind is '文件种类，连接 document_kind';
comment on column warehouse.standard_table.number is '印在表上的编号，如 公开01表';

create table warehouse.item (
    table_code text not null,
    item_key text not null,
    side text,
    label text not null,
    row_key text not null,
    parent_key text,
    sort_order smallint not null,
    constraint item_pkey primary key (table_code, item_key),
    constraint item_side_check check (side in ('income', 'expenditure')),
    constraint item_table_code_fkey foreign key(table_code) references warehouse.standard_table (table_code)
);
comment on table warehouse.item is '标准表中不是科目的行，各文件印出的名称不同而标识相同，由 warehouse/kinds 的声明写入。粒度：每张标准表的每个这样的行一行';
comment on column warehouse.item.table_code is '标准表编号';
comment on column warehouse.item.item_key is '行的标识，例如 opening_balance';
comment on column warehouse.item.side is '左右并列的表中所在的一侧：income 收入、expenditure 支出；其余为空';
comment on column warehouse.item.label is '行的规范中文名称';
comment on column warehouse.item.row_key is '以规范名称印出时的 row_key';
comment on column warehouse.item.parent_key is '其中项所属的行；不是其中项为空';
comment on column warehouse.item.sort_order is '在该表中的行序';

create table warehouse.item_wording (
    table_code text not null,
    wording text not null,
    item_key text not null,
    constraint item_wording_pkey primary key (table_code, wording),
    constraint item_wording_table_code_item_key_fkey foreign key(table_code, item_key) references warehouse.item (table_code, item_key)
);
comment on table warehouse.item_wording is '行的各种印法：认出一行是哪一项，由 warehouse/kinds 的声明写入。粒度：每张标准表的每个印法一行';
comment on column warehouse.item_wording.table_code is '标准表编号';
comment on column warehouse.item_wording.wording is '行的 row_key，名称去除空白、标点与“与、和”之别';
comment on column warehouse.item_wording.item_key is '行的标识';

alter table warehouse.amount add column item_key text;
comment on column warehouse.amount.item_key is '行的标识，与印出的名称无关，连接 item；科目行与认不出的行为空';
