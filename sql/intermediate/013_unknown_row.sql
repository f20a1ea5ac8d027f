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

-- Every row beside the last one of the year's total, and beside all rows that are found.
placed as (
    select
        amount.parse_id,
        table_side.table_code,
        table_side.side,
        table_side.table_number,
        table_side.balance_keys,
        amount.row_key,
        amount.row_label,
        amount.item_key,
        amount.presence,
        amount.amount_wan,
        amount.row_no,
        max(amount.row_no) filter (where amount.item_key = table_side.total_key) over one_side as total_row_no,
        array_agg(amount.item_key) over one_side as found_keys
    from table_side
    inner join amount on amount.measure_id = table_side.measure_id
    window one_side as (partition by amount.parse_id, table_side.table_code, table_side.side)
)

select
    parse_id,
    table_code,
    side,
    (array_agg(table_number || '另有“' || row_label || '”一行不知归属' order by row_no))[1] as why_not
from placed
where
    item_key is null
    and starts_with(row_key, side || ':')
    and strpos(row_key, '/') = 0
    and not starts_with(row_label, '其中')
    and presence = 'number'
    and amount_wan is distinct from 0
    and row_no > total_row_no
    and not balance_keys <@ found_keys
group by parse_id, table_code, side;

comment on view intermediate.unknown_row is '本年合计之下有数而认不出是哪一项的行，且表式在此应有的某行未见：可能即是该行。粒度：每次解析的每张标准表的每一侧一行';
comment on column intermediate.unknown_row.table_code is '标准表编号';
comment on column intermediate.unknown_row.side is '一侧：income 收入、expenditure 支出';
comment on column intermediate.unknown_row.why_not is '该侧数字缺漏的缘由';
