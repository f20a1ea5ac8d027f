-- Sides of tables with a row whose name no wording explains, below the total of the year and with a figure, while a row
-- that the form has there was not found: the unknown row may be the missing one. Select one parse at a time, else it is
-- slow. Grain: one side of a table of a parse.
create view intermediate.unknown_row as
with

table_side as (
    select * from staging.table_side
),

amount as (
    select * from staging.amount
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
total as (
    select * from staging.amount
),

found as (
    select * from staging.amount
)

select
    amount.parse_id,
    table_side.table_code,
    table_side.side,
    (array_agg(table_side.table_number || '另有“' || amount.row_label || '”一行不知归属' order by amount.row_no))[1] as why_not
from table_side
inner join amount on amount.measure_id = table_side.measure_id
where
    amount.item_key is null
    and starts_with(amount.row_key, table_side.side || ':')
    and strpos(amount.row_key, '/') = 0
    and not starts_with(amount.row_label, '其中')
    and amount.presence = 'number'
    and amount.amount_wan is distinct from 0
    and amount.row_no > (
        select max(total.row_no) from total
        where
            total.parse_id = amount.parse_id
            and total.measure_id = amount.measure_id
            and total.item_key = table_side.total_key
    )
    and not table_side.balance_keys <@ array(
        select found.item_key from found
        where found.parse_id = amount.parse_id and found.measure_id = amount.measure_id
    )
group by amount.parse_id, table_side.table_code, table_side.side;

comment on view intermediate.unknown_row is '本年合计之下有数而认不出是哪一项的行，且表式在此应有的某行未见：可能即是该行。粒度：每次解析的每张标准表的每一侧一行';
comment on column intermediate.unknown_row.table_code is '标准表编号';
comment on column intermediate.unknown_row.side is '一侧：income 收入、expenditure 支出';
comment on column intermediate.unknown_row.why_not is '该侧数字缺漏的缘由';
