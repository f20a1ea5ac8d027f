-- Which standard tables were published. Grain: one slot × standard table of its kind, for every current document and
-- every slot that a manifest expects without one (status absent, or unrecognised where there is an unreadable file).
-- Key: document_id, department, division_code, fiscal_year, scope, table_code.
create view mart.coverage as
with

slot_state as (
    select * from intermediate.slot_state
),

doubt as (
    select * from staging.doubt
    where row_key is null or measure is null
)

select
    slot_state.{shared},
    table_state.table_code,
    table_state.official_name,
    case
        when slot_state.slot_status in ('scan_only', 'unreadable') then 'unrecognised'
        else table_state.status
    end as status,
    table_state.title,
    table_state.first_page,
    table_state.last_page,
    table_state.printed_unit,
    table_state.statement,
    table_state.is_whole and table_state.status <> 'partial' as is_whole,
    table_state.unread_rows,
    table_state.unread_columns,
    case
        when slot_state.slot_status in ('scan_only', 'unreadable') then '文件未能读出'
        when slot_state.slot_status = 'withdrawn' then '文件已撤回'
        when table_state.is_declared_later then '未见' || table_state.number || '，此次解析不认识此表'
        when table_state.is_unread
            then (
                select unread.why_not from intermediate.table_state as unread
                where unread.parse_id = slot_state.parse_id and unread.table_code = table_state.table_code
            ) || coalesce(
                '：' || nullif(
                    case when table_state.status = 'partial' then concat_ws(
                        '；',
                        '未读出的行 ' || nullif(array_to_string(table_state.unread_rows, '、'), ''),
                        '未读出的列 ' || nullif(array_to_string(table_state.unread_columns, '、'), ''),
                        (
                            select string_agg(distinct doubt.reason, '；') from doubt
                            where doubt.parse_id = slot_state.parse_id and doubt.table_code = table_state.table_code
                        )
                    ) end,
                    ''
                ),
                ''
            )
    end as missing,
    table_state.is_unit_certain,
    slot_state.slot_id,
    slot_state.department_id,
    slot_state.slot_status,
    slot_state.due_on,
    slot_state.disclosed_on,
    slot_state.kind,
    table_state.file_no,
    slot_state.kind as document_kind
from slot_state
-- No row of parse_table for a slot without a document, nor for a table that was declared after the document was read.
-- Lateral, so that PostgreSQL reads the tables of a document together. As one join of three tables it would look up
-- each table of each document by itself.
cross join lateral (
    select
        standard_table.table_code,
        standard_table.official_name,
        coalesce(parse_table.status, 'absent') as status,
        case when parse_table.status <> 'absent' then parse_table.file_no end as file_no,
        parse_table.title,
        parse_table.first_page,
        parse_table.last_page,
        parse_table.printed_unit,
        parse_table.statement,
        coalesce(parse_table.is_whole, false) as is_whole,
        parse_table.unread_rows,
        parse_table.unread_columns,
        coalesce(parse_table.is_unit_certain, true) as is_unit_certain,
        parse_table.status in ('partial', 'unrecognised')
        or parse_table.status = 'absent' and (
            select may_have_more_tables from intermediate.unplaced_amounts
            where unplaced_amounts.parse_id = slot_state.parse_id
        ) as is_unread,
        standard_table.number,
        parse_table.parse_id is null and slot_state.parse_id is not null as is_declared_later
    from staging.standard_table
    left join staging.parse_table
        on parse_table.parse_id = slot_state.parse_id and parse_table.table_code = standard_table.table_code
    where standard_table.kind = slot_state.kind
) as table_state;

comment on view mart.coverage is '各部门各年度公开了哪些标准表（最新版本的文件，以及清单预期而没有的；只列该种类文件的表）。粒度：每个部门（口径）、年度、种类、标准表一行';
comment on column mart.coverage.document_id is '文件版本编号；没有已入库的文件为空';
comment on column mart.coverage.source_name is '文件名；没有已入库的文件为空';
comment on column mart.coverage.status is '公开情况：present 有数、partial 有数而行或列不全、empty_with_statement 声明无数据、blank 空表、absent 未见（含整份未公开；是否确未公开见 missing）、unrecognised 有表名或有文件而无法读出';
comment on column mart.coverage.title is '印出的表名；未公开者为空';
comment on column mart.coverage.printed_unit is '印出的金额单位：元、万元、亿元；未印为空';
comment on column mart.coverage.statement is '空表所附的说明原文；无说明者为空';
comment on column mart.coverage.is_whole is '是否全部行列均已读出；未公开者为否';
comment on column mart.coverage.file_no is '起始页所在文件的序号，连接 mart.document_file；未见此表为空';
comment on column mart.coverage.unread_rows is '有金额而认不出是哪一行的各行，如印出；没有已入库的文件为空';
comment on column mart.coverage.unread_columns is '有金额而认不出是哪一指标的各列的列头，如印出；没有已入库的文件为空';
comment on column mart.coverage.missing is '可能公开而未读出的是什么：未能读出、行或列不全、未见此表而文件中有金额不知属于何表或其金额未经清点，或解析时尚不认识此表；全部读出或确未公开为空';
comment on column mart.coverage.is_unit_certain is '金额单位是否印出或由同一文件证明；否则该表各数没有 amount_wan';
comment on column mart.coverage.slot_id is '文件位编号；没有已入库的文件为空';
