-- Doubts: what could not be read for certain. Grain: one doubt of a parse.
create view staging.doubt as
select
    parse_id,
    doubt_no,
    what,
    reason,
    table_code,
    row_key,
    measure,
    printed,
    taken_as,
    page,
    row_no,
    column_no,
    line_no,
    file_no,
    sheet,
    cell,
    box
from warehouse.doubt;

comment on view staging.doubt is '疑点：读取时无法确定的事项。粒度：每次解析的每个疑点一行';
comment on column staging.doubt.doubt_no is '在该次解析中的序号，自 1 起';
comment on column staging.doubt.reason is '疑点说明';
comment on column staging.doubt.table_code is '标准表编号；与表无关者为空';
comment on column staging.doubt.row_key is '行标识';
comment on column staging.doubt.measure is '指标';
comment on column staging.doubt.taken_as is '按何值采用';
comment on column staging.doubt.page is '页码，自 1 起';
comment on column staging.doubt.row_no is '行号，自 1 起';
comment on column staging.doubt.column_no is '列号，自 1 起';
