-- 文件中每张标准表的公开情况。粒度：每次解析的每张标准表一行
create view staging.parse_table as
select
    parse_id,
    table_code,
    status,
    title,
    first_page,
    last_page,
    printed_unit,
    statement,
    is_whole,
    evidence
from warehouse.parse_table;

comment on view staging.parse_table is '文件中每张标准表的公开情况。粒度：每次解析的每张标准表一行';
comment on column staging.parse_table.parse_id is '解析编号';
comment on column staging.parse_table.table_code is '标准表编号';
comment on column staging.parse_table.status is '公开情况：present 有数、empty_with_statement 声明无数据、blank 空表、absent 未公开、unrecognised 有表名而无法读出';
comment on column staging.parse_table.title is '印出的表名';
comment on column staging.parse_table.first_page is '起始页；文本文件为空';
comment on column staging.parse_table.last_page is '末页；文本文件为空';
comment on column staging.parse_table.printed_unit is '印出的金额单位：元、万元、亿元';
comment on column staging.parse_table.statement is '空表所附的说明原文';
comment on column staging.parse_table.is_whole is '是否全部行列均已读出';
comment on column staging.parse_table.evidence is '认定为该表的依据';
