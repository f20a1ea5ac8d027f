-- Since: 0008
-- When: (select attnotnull from pg_attribute where attrelid = 'warehouse.held_parse'::regclass and attname = 'prior_parse_id')
-- Found: warehouse.held_parse required a prior_parse_id

alter table warehouse.held_parse alter column prior_parse_id drop not null;
comment on table warehouse.held_parse is '暂不公布的解析：年度尚未结束而不可能有决算、明显劣于已公布者、将使公布的金额大量消失或在文件未变时改变，须由人决定。粒度：每个这样的解析一行';
comment on column warehouse.held_parse.prior_parse_id is '当时公布的解析编号；当时没有公布为空';
