-- Rows of the table of the three public expenses of a budget that print a total and no subtotal of the three: that total
-- is theirs, unless it holds meetings and training too.
-- Grain: one such row (parse × row).
create view intermediate.three_public_total as
with

headline as (
    select * from intermediate.headline
),

part as (
    select
        metric,
        measure_id,
        metric in ('budget_meeting', 'budget_training') as is_besides
    from intermediate.headline
    where metric in (
        'budget_three_public_overseas', 'budget_three_public_vehicle_total', 'budget_three_public_reception',
        'budget_meeting', 'budget_training'
    )
),

subtotal as (
    select * from intermediate.headline
    where metric = 'budget_three_public'
),

total as (
    select * from staging.amount
    where presence = 'number'
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
part_amount as (
    select * from staging.amount
    where presence = 'number'
),

subtotal_amount as (
    select * from staging.amount
    where presence = 'number'
)

select
    total.parse_id,
    total.row_key,
    total.measure_id,
    added.has_besides and coalesce(abs(total.amount_wan - added.three_wan) > 0.02, true) as is_of_more
from headline
inner join total on total.measure_id = headline.measure_id
cross join lateral (
    select
        coalesce(bool_or(part.is_besides and part_amount.amount_wan <> 0), false) as has_besides,
        sum(part_amount.amount_wan) filter (where not part.is_besides) as three_wan
    from part
    inner join part_amount on part_amount.measure_id = part.measure_id
    where part_amount.parse_id = total.parse_id and part_amount.row_key = total.row_key
) as added
where
    headline.metric = 'budget_three_public_total'
    and not exists (
        select from subtotal_amount
        inner join subtotal on subtotal.measure_id = subtotal_amount.measure_id
        where subtotal_amount.parse_id = total.parse_id and subtotal_amount.row_key = total.row_key
    );

comment on view intermediate.three_public_total is '预算“三公”经费表中印有合计而未印三公小计的行。粒度：每次解析的每个此类行一行';
comment on column intermediate.three_public_total.measure_id is '合计所在列的编号（含标准表）';
comment on column intermediate.three_public_total.is_of_more is '合计是否含会议费、培训费，因而不是三公之和';
