-- Revision 0008: partly read tables, units that are not printed, and counts of printed numbers.

alter table warehouse.parse
    add column amounts_printed integer,
    add column amounts_loaded integer,
    add column amounts_doubtful integer,
    add column amounts_unaccounted integer,
    add column form_numbers integer,
    add column narrative_numbers integer;
comment on column warehouse.parse.amounts_printed is '表格与正文中印出的金额个数（不含自评表与情况说明的句子），在识别之前单独清点；以前的解析未清点为空';
comment on column warehouse.parse.amounts_loaded is '印出的金额中已入库的个数；未清点为空';
comment on column warehouse.parse.amounts_doubtful is '印出的金额中由疑点指明的个数；未清点为空';
comment on column warehouse.parse.amounts_unaccounted is '印出的金额中既未入库、也无疑点指明、又不能证明不是金额的个数；未清点为空';
comment on column warehouse.parse.form_numbers is '绩效自评表中印出的数字个数；未清点为空';
comment on column warehouse.parse.narrative_numbers is '情况说明的句子中印出的数字个数；未清点为空';

alter table warehouse.parse_table drop constraint parse_table_status_check;
alter table warehouse.parse_table
    add constraint parse_table_status_check check (status in ('present', 'partial', 'empty_with_statement', 'blank', 'absent', 'unrecognised')),
    add column unread_rows text[] not null default '{}',
    add column unread_columns text[] not null default '{}',
    add column is_unit_certain boolean not null default true;
alter table warehouse.parse_table
    alter column unread_rows drop default,
    alter column unread_columns drop default,
    alter column is_unit_certain drop default;
comment on column warehouse.parse_table.status is '公开情况：present 有数、partial 有数而行或列不全、empty_with_statement 声明无数据、blank 空表、absent 未见、unrecognised 有表名而无法读出';
comment on column warehouse.parse_table.unread_rows is '有金额而认不出是哪一行的各行，如印出';
comment on column warehouse.parse_table.unread_columns is '有金额而认不出是哪一指标的各列的列头，如印出';
comment on column warehouse.parse_table.is_unit_certain is '金额单位是否印出或由同一文件证明；否则该表金额不可比较';

-- Parses made before this revision have a doubt where the unit was assumed.
alter table warehouse.parse_table disable trigger parse_table_is_immutable;
update warehouse.parse_table as guessed set is_unit_certain = false
from warehouse.doubt
where
    doubt.parse_id = guessed.parse_id
    and doubt.table_code = guessed.table_code
    and (doubt.what = 'unit_changes' or (doubt.what = 'unit_not_printed' and strpos(doubt.reason, '暂按') > 0));
alter table warehouse.parse_table enable trigger parse_table_is_immutable;

-- Stored with each amount too, so that queries over millions of amounts need no join for it.
alter table warehouse.amount add column is_unit_certain boolean not null default true;
alter table warehouse.amount alter column is_unit_certain drop default;
comment on column warehouse.amount.is_unit_certain is 'value 所用的金额单位是否印出或由同一文件证明；空白、横线、计数行为是';
alter table warehouse.amount disable trigger amount_is_immutable;
update warehouse.amount set is_unit_certain = false
from warehouse.measure, warehouse.parse_table
where
    measure.measure_id = amount.measure_id
    and parse_table.parse_id = amount.parse_id
    and parse_table.table_code = measure.table_code
    and not parse_table.is_unit_certain
    and amount.value is not null
    and amount.value_unit = '元';
alter table warehouse.amount enable trigger amount_is_immutable;

alter table warehouse.performance_indicator add column is_met boolean;
comment on column warehouse.performance_indicator.is_met is '实际完成值是否达到指标值；方向或数值不能确定、以及以前的解析为空';

-- Null where nothing is public in the slot: a reading of a year that has not ended is held too.
alter table warehouse.held_parse alter column prior_parse_id drop not null;
comment on table warehouse.held_parse is '暂不公布的解析：年度尚未结束而不可能有决算、明显劣于已公布者、将使公布的金额大量消失或在文件未变时改变，须由人决定。粒度：每个这样的解析一行';
comment on column warehouse.held_parse.prior_parse_id is '当时公布的解析编号；当时没有公布为空';
