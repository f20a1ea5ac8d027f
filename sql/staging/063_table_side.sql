-- Sides of tables with two sides: the row with the total of the year, and the rows that the form has below it.
-- Grain: one side of such a table.
create view staging.table_side as
select
    table_code,
    side,
    table_number,
    measure_id,
    total_key,
    balance_keys
from warehouse.table_side;

comment on view staging.table_side is '左右并列的表的两侧：本年合计与其下应有的各行。粒度：每张这样的表的每一侧一行';
comment on column staging.table_side.table_code is '标准表编号';
comment on column staging.table_side.side is '一侧：income 收入、expenditure 支出';
comment on column staging.table_side.table_number is '印在表上的编号，如 公开01表';
comment on column staging.table_side.measure_id is '该侧首列的编号';
comment on column staging.table_side.total_key is '本年合计行的标识';
comment on column staging.table_side.balance_keys is '本年合计与总计之间应有的各行的标识，其中项除外';
