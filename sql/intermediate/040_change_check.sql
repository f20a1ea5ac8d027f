-- Y1 and Y2, for budgets YN: the figure of this year minus the stated change must be what last year's document printed.
-- Grain: one subject (current document × subject).
create view intermediate.change_check as
with

pair as (
    select * from intermediate.consecutive_year
),

stated_change as (
    select * from intermediate.stated_change
),

last_stated as (
    select * from staging.stated_figure
    where kind = 'year_over_year' and measure = 'current'
),

last_change as (
    select * from staging.stated_figure
    where kind = 'year_over_year' and measure = 'change'
),

last_amount as (
    select * from staging.amount
),

last_table as (
    select * from intermediate.table_state
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
blank_in as (
    select * from intermediate.table_state
),

-- The offset makes PostgreSQL compute the stated changes per document, and not join those of all documents first.
implied as (
    select
        pair.document_id,
        pair.last_document_id,
        pair.last_parse_id,
        pair.last_fiscal_year,
        pair.kind,
        stated.*,
        stated.current_wan - stated.change_wan as implied_wan
    from pair
    cross join lateral (
        select * from stated_change
        where stated_change.parse_id = pair.parse_id and stated_change.has_change
        offset 0
    ) as stated
),

-- Last year's narrative and table may print different figures: the nearer one is compared.
compared as (
    select
        implied.*,
        nearest.place,
        nearest.cell,
        nearest.printed_wan,
        nearest.is_certain as is_printed_certain,
        last_document.change_wan as last_change_wan,
        last_document.is_table_lost,
        implied.implied_wan - nearest.printed_wan as difference_wan,
        implied.stated_envelope_wan + coalesce(nearest.half_unit_wan, 0.005) as envelope_wan
    from implied
    left join lateral (
        select place, cell, printed_wan, is_certain, half_unit_wan
        from (
            select
                '情况说明' as place,
                'stated/year_over_year/' || implied.subject || '/current' as cell,
                last_stated.amount_wan as printed_wan,
                last_stated.amount_wan is not null and last_stated.status <> 'doubtful' as is_certain,
                last_stated.half_unit_wan
            from last_stated
            where last_stated.parse_id = implied.last_parse_id and last_stated.subject = implied.subject
            union all
            select
                implied.table_code,
                concat_ws('/', implied.table_code, last_amount.row_key, implied.measure),
                case last_amount.presence when 'number' then last_amount.amount_wan else 0 end,
                last_amount.status <> 'doubtful'
                -- A blank counts as 0, but not in a table that was not read completely or has no number at all.
                and (
                    last_amount.presence = 'number'
                    or not coalesce((
                        select blank_in.is_unread or blank_in.status = 'blank' from blank_in
                        where blank_in.parse_id = last_amount.parse_id and blank_in.table_code = implied.table_code
                    ), false)
                ),
                0.005
            from last_amount
            where
                last_amount.parse_id = implied.last_parse_id
                and last_amount.measure_id = implied.measure_id
                and case
                    when implied.item_key is null then last_amount.row_key = implied.row_key
                    else last_amount.item_key = implied.item_key
                end
        ) as candidate
        order by is_certain desc, abs(implied.implied_wan - printed_wan), place
        limit 1
    ) as nearest on true
    -- The offset keeps PostgreSQL from planning these anew for every column below that depends on them.
    cross join lateral (
        select
            (
                select last_change.amount_wan from last_change
                where last_change.parse_id = implied.last_parse_id and last_change.subject = implied.subject
            ) as change_wan,
            nearest.place is null and coalesce((
                select last_table.is_unread from last_table
                where last_table.parse_id = implied.last_parse_id and last_table.table_code = implied.table_code
            ), false) as is_table_lost
        offset 0
    ) as last_document
),

judged as (
    select *
    from compared
    cross join lateral (
        select case
            when place is null and not is_table_lost then 'not_applicable'
            when place is null or not is_certain or not is_printed_certain then 'undetermined'
            when difference_wan = 0 then 'exact'
            when abs(difference_wan) <= envelope_wan then 'rounding'
            else 'broken'
        end as outcome
        offset 0
    ) as verdict
),

-- Likely causes of a broken identity.
recognised as (
    select
        *,
        case
            when outcome = 'broken' and change_wan <> 0 and change_wan = last_change_wan
                then last_fiscal_year || ' 年度文件所述增减额也是 ' || to_char(change_wan, 'FM999999999990.0099') || ' 万元，疑为照抄上年文字'
            when outcome = 'broken' and abs(current_wan + change_wan - printed_wan) <= envelope_wan
                then '增减方向相反时与上年印出之数相符，疑为方向词有误'
            when outcome = 'broken' and abs(current_wan - printed_wan) <= envelope_wan
                then '本年数与上年印出之数相同，疑为照抄上年文字'
        end as also_fits,
        case
            when outcome <> 'broken' then null
            when change_wan <> 0 and change_wan = last_change_wan then 'stale_copy'
            when abs(current_wan + change_wan - printed_wan) <= envelope_wan then 'wrong_direction'
            when abs(current_wan - printed_wan) <= envelope_wan then 'stale_copy'
        end as finding
    from judged
),

worded as (
    select *
    from recognised
    cross join lateral (
        select
            to_char(current_wan, 'FM999999999990.0099') as current_words,
            to_char(change_wan, 'FM999999999990.0099') as change_words,
            to_char(implied_wan, 'FM999999999990.0099') as implied_words,
            to_char(printed_wan, 'FM999999999990.0099') as printed_words,
            to_char(abs(difference_wan), 'FM999999999990.0099') as difference_words
        offset 0
    ) as words
)

select
    document_id,
    last_document_id,
    case when kind = 'budget' then 'YN' when is_class then 'Y2' else 'Y1' end as rule_id,
    case
        when is_class then '各类支出：本年数 − 所述增减额 = 上年文件印出之数'
        else '本年数 − 所述增减额 = 上年文件印出之数'
    end as rule,
    table_code,
    subject as row_key,
    'change' as measure,
    implied_wan as left_value,
    printed_wan as right_value,
    difference_wan as difference,
    envelope_wan as envelope,
    '万元' as unit,
    outcome,
    case outcome
        when 'not_applicable'
            then last_fiscal_year || ' 年度文件没有印出此数，无从核对'
        when 'undetermined'
            then '本年所述之数或 ' || last_fiscal_year || ' 年度文件中的此数未能确切读出，无法判定'
        when 'exact'
            then '本年所述推算上年为 ' || implied_words || ' 万元，与 ' || last_fiscal_year || ' 年度文件（' || place || '）一致'
        when 'rounding'
            then '本年所述推算上年为 ' || implied_words || ' 万元，' || last_fiscal_year || ' 年度文件（' || place || '）印 '
                || printed_words || ' 万元，相差 ' || difference_words || ' 万元，为四舍五入所致'
        else
            '本年 ' || current_words || ' 万元，所述增减额 ' || change_words || ' 万元，推算上年为 ' || implied_words || ' 万元；'
            || last_fiscal_year || ' 年度文件（' || place || '）印 ' || printed_words || ' 万元，相差 ' || difference_words || ' 万元'
            || coalesce('；' || also_fits, '')
    end as explanation,
    array_remove(
        array[
            case
                when is_current_stated then 'stated/year_over_year/' || subject || '/current'
                else concat_ws('/', table_code, row_key, measure)
            end,
            'stated/year_over_year/' || subject || '/change',
            last_fiscal_year || ':' || cell
        ],
        null
    ) as cells,
    also_fits,
    finding,
    page,
    file_no
from worded;

comment on view intermediate.change_check is '本年所述增减推算的上年数与上年文件印出之数的核对。粒度：每个现行文件的每个对象一行';
comment on column intermediate.change_check.document_id is '本年文件版本编号';
comment on column intermediate.change_check.rule_id is '规则编号 Y1 至 Y3；预算的为 YN';
comment on column intermediate.change_check.rule is '规则的含义';
comment on column intermediate.change_check.table_code is '同一数所在的标准表；各表均无为空';
comment on column intermediate.change_check.row_key is '所说的对象或表中的行';
comment on column intermediate.change_check.unit is '各数的单位：万元';
