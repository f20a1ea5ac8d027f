-- Rows of standard tables that are not subjects. Documents print them under different names, the item key is the same.
-- Grain: one such row of a standard table.
create view staging.item as
select
    table_code,
    item_key,
    side,
    label,
    row_key,
    parent_key,
    sums,
    sort_order
from warehouse.item;

comment on view staging.item is '标准表中不是科目的行，各文件印出的名称不同而标识相同。粒度：每张标准表的每个这样的行一行';
comment on column staging.item.table_code is '标准表编号';
comment on column staging.item.item_key is '行的标识，例如 opening_balance';
comment on column staging.item.side is '左右并列的表中所在的一侧：income 收入、expenditure 支出；其余为空';
comment on column staging.item.label is '行的规范中文名称';
comment on column staging.item.row_key is '以规范名称印出时的 row_key';
comment on column staging.item.parent_key is '其中项所属的行；不是其中项为空';
comment on column staging.item.sums is '该行是何者之和：items 本侧各项、side 本侧全部；不是合计为空';
comment on column staging.item.sort_order is '在该表中的行序';
