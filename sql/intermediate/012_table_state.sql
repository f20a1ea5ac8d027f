-- What was read of each standard table, and whether the table may hold more than was read.
-- Grain: one standard table of a parse.
-- Without imports, each of which would be copied and planned with every view that asks.
create view intermediate.table_state as
with

-- A table that was not found counts as unpublished only where every printed amount is accounted for; else it may have
-- been printed and overlooked.
judged as (
    select
        parse_table.*,
        seen.is_not_seen,
        named.number as words
    from staging.parse_table
    -- The parse is looked up only for what was not found: of most tables nothing is said that needs it. Once for all
    -- columns, by the offset.
    cross join lateral (
        select parse_table.status = 'absent' and (
            select may_have_more_tables from intermediate.unplaced_amounts
            where unplaced_amounts.parse_id = parse_table.parse_id
        ) as is_not_seen
        offset 0
    ) as seen
    -- Only of tables about which something is said, and in no plan of who asks for no words.
    left join lateral (
        select max(number) as number from staging.standard_table
        where
            standard_table.table_code = parse_table.table_code
            and (parse_table.status <> 'present' or not parse_table.is_unit_certain)
    ) as named on true
)

select
    parse_id,
    table_code,
    status,
    case when status <> 'absent' then file_no end as file_no,
    first_page,
    last_page,
    title,
    printed_unit,
    statement,
    is_whole,
    is_unit_certain,
    unread_rows,
    unread_columns,
    status in ('partial', 'unrecognised') or is_not_seen as is_unread,
    case
        when status = 'unrecognised' then words || '未能读出'
        when status = 'partial' then words || '未能全部读出'
        when is_not_seen
            then '未见' || words || case
                when (select amounts_unaccounted is null from staging.parse where parse.parse_id = judged.parse_id)
                    then '，此次解析未清点印出的金额'
                else '，文件中有金额不知属于何表'
            end
        when status = 'absent' then '未' || case when words like '公开%' then words else '公开' || words end
        when status = 'empty_with_statement' then words || '声明无数据'
        when status = 'blank' then words || '空白'
    end as why_not,
    case when not is_unit_certain then words || '金额单位未能确定' end as why_no_unit
from judged;

comment on view intermediate.table_state is '各标准表读出与公开的情况。粒度：每次解析的每张标准表一行';
comment on column intermediate.table_state.table_code is '标准表编号';
comment on column intermediate.table_state.status is '公开情况：present 有数、partial 有数而行或列不全、empty_with_statement 声明无数据、blank 空表、absent 未见、unrecognised 有表名而无法读出';
comment on column intermediate.table_state.title is '印出的表名';
comment on column intermediate.table_state.statement is '空表所附的说明原文';
comment on column intermediate.table_state.is_unit_certain is '金额单位是否印出或由同一文件证明';
comment on column intermediate.table_state.is_unread is '表中可能另有未读出的数：未能读出、未能全部读出，或未见此表而文件中有金额不知属于何表或其金额未经清点';
comment on column intermediate.table_state.why_not is '表中没有某数的缘由；有数且全部读出为空';
comment on column intermediate.table_state.why_no_unit is '金额单位未能确定的说明；能确定为空';
