-- Since: 0003
-- When: not exists (select from pg_attribute where attrelid = 'warehouse.doubt'::regclass and attname = 'line_no')
-- Found: warehouse.doubt had no line_no

alter table warehouse.doubt add column line_no integer
    constraint doubt_line_no_check check (line_no >= 1);
comment on column warehouse.doubt.line_no is '文本文件的行号，自 1 起';
