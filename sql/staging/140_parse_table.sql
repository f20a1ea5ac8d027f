-- What was read of each standard table. Grain: one standard table of a parse.
create view staging.parse_table as
select
    parse_id,
    table_code,
    case when status = 'present' and not is_whole then 'partial' else status end as status,
    title,
    first_page,
    last_page,
    printed_unit,
    statement,
    is_whole,
    evidence,
    unread_rows,
    unread_columns,
    is_unit_certain,
    file_no
from warehouse.parse_table;

comment on view staging.parse_table is '文件中每张标准表的公开情况。粒度：每次解析的每张标准表一行';
comment on column staging.parse_table.table_code is '标准表编号';
comment on column staging.parse_table.status is '公开情况：present 有数、partial 有数而行或列不全、empty_with_statement 声明无数据、blank 空表、absent 未见、unrecognised 有表名而无法读出';
comment on column staging.parse_table.title is '印出的表名';
comment on column staging.parse_table.statement is '空表所附的说明原文';
comment on column staging.parse_table.evidence is '认定为该表的依据';
comment on column staging.parse_table.is_unit_certain is '金额单位是否印出或由同一文件证明；否则该表金额不可比较';
