-- Y3: the opening balance of this year must be the closing balance of last year. Grain: one current document.
create view intermediate.opening_check as
with

pair as (
    select * from intermediate.consecutive_year
),

opening as (
    select * from staging.amount
),

closing as (
    select * from staging.amount
),

opening_place as (
    select * from intermediate.headline
    where metric = 'opening_balance'
),

closing_place as (
    select * from intermediate.headline
    where metric = 'closing_balance'
),

-- A blank counts as 0, but not in a table that was not read completely or has no number at all.
opening_table as (
    select * from intermediate.table_state
),

closing_table as (
    select * from intermediate.table_state
),

compared as (
    select
        pair.document_id,
        pair.last_document_id,
        pair.last_fiscal_year,
        opened.row_key,
        opened.amount_wan as opening_wan,
        closed.amount_wan as closing_wan,
        opened.amount_wan - closed.amount_wan as difference_wan,
        0.010 as envelope_wan,  -- half a unit of the last printed digit, for each of two numbers
        opened.is_certain and closed.is_certain as is_certain,
        opening_place.table_code,
        opening_place.measure,
        array[
            concat_ws('/', opening_place.table_code, opened.row_key, opening_place.measure),
            pair.last_fiscal_year || ':' || concat_ws('/', closing_place.table_code, closed.row_key, closing_place.measure)
        ] as cells,
        opened.page,
        opened.file_no
    from pair
    cross join opening_place
    cross join closing_place
    -- Where a document prints several rows for the item, the first is used.
    cross join lateral (
        select
            opening.row_key,
            case opening.presence when 'number' then opening.amount_wan else 0 end as amount_wan,
            opening.status <> 'doubtful' and (
                opening.presence = 'number'
                or coalesce((
                    select not opening_table.is_unread and opening_table.status <> 'blank' from opening_table
                    where opening_table.parse_id = pair.parse_id and opening_table.table_code = opening_place.table_code
                ), false)
            ) as is_certain,
            opening.page,
            opening.file_no
        from opening
        where
            opening.parse_id = pair.parse_id
            and opening.measure_id = opening_place.measure_id
            and opening.item_key = opening_place.item_key
        order by opening.row_no
        limit 1
    ) as opened
    cross join lateral (
        select
            closing.row_key,
            case closing.presence when 'number' then closing.amount_wan else 0 end as amount_wan,
            closing.status <> 'doubtful' and (
                closing.presence = 'number'
                or coalesce((
                    select not closing_table.is_unread and closing_table.status <> 'blank' from closing_table
                    where closing_table.parse_id = pair.last_parse_id and closing_table.table_code = closing_place.table_code
                ), false)
            ) as is_certain
        from closing
        where
            closing.parse_id = pair.last_parse_id
            and closing.measure_id = closing_place.measure_id
            and closing.item_key = closing_place.item_key
        order by closing.row_no
        limit 1
    ) as closed
),

judged as (
    select
        *,
        case
            when not is_certain or difference_wan is null then 'undetermined'
            when difference_wan = 0 then 'exact'
            when abs(difference_wan) <= envelope_wan then 'rounding'
            else 'broken'
        end as outcome,
        to_char(opening_wan, 'FM999999999990.0099') as opening_words,
        to_char(closing_wan, 'FM999999999990.0099') as closing_words,
        to_char(abs(difference_wan), 'FM999999999990.0099') as difference_words
    from compared
)

select
    document_id,
    last_document_id,
    'Y3' as rule_id,
    '年初结转和结余 = 上年文件的年末结转和结余' as rule,
    table_code,
    row_key,
    measure,
    opening_wan as left_value,
    closing_wan as right_value,
    difference_wan as difference,
    envelope_wan as envelope,
    '万元' as unit,
    outcome,
    case outcome
        when 'undetermined' then '年初或上年年末结转和结余未能确切读出，无法判定'
        when 'exact' then '年初结转和结余 ' || opening_words || ' 万元，与 ' || last_fiscal_year || ' 年度文件的年末数一致'
        when 'rounding'
            then '年初结转和结余 ' || opening_words || ' 万元，' || last_fiscal_year || ' 年度文件的年末数 ' || closing_words
                || ' 万元，相差 ' || difference_words || ' 万元，为四舍五入所致'
        else
            '年初结转和结余 ' || opening_words || ' 万元，' || last_fiscal_year || ' 年度文件的年末数 ' || closing_words
            || ' 万元，相差 ' || difference_words || ' 万元；审计调整、会计差错更正或单位增减可使两者不同，请核对'
    end as explanation,
    cells,
    null::text as also_fits,
    page,
    file_no
from judged;

comment on view intermediate.opening_check is '年初结转和结余与上年文件年末数的核对。粒度：每个现行文件一行';
comment on column intermediate.opening_check.document_id is '本年文件版本编号';
comment on column intermediate.opening_check.rule_id is '规则编号 Y1 至 Y3；预算的为 YN';
comment on column intermediate.opening_check.rule is '规则的含义';
comment on column intermediate.opening_check.table_code is '同一数所在的标准表；各表均无为空';
comment on column intermediate.opening_check.row_key is '所说的对象或表中的行';
comment on column intermediate.opening_check.unit is '各数的单位：万元';
