-- The change on last year that the narrative states, as an amount or only as a percentage, and the cell of a table that
-- has the figure of this year.
-- Grain: one subject (parse × subject).
create view intermediate.stated_change as
with

-- The row of the change, or that of the percentage where no change is stated.
change as (
    select distinct on (parse_id, subject)
        parse_id,
        subject,
        functional_subject_id,
        page,
        file_no,
        status,
        measure = 'change' as has_change,
        case measure when 'change' then amount_wan end as amount_wan,
        case measure when 'change' then half_unit_wan end as half_unit_wan
    from staging.stated_figure
    where kind = 'year_over_year' and measure in ('change', 'change_pct')
    order by parse_id, subject, measure  -- "change" sorts before "change_pct"
),

-- Not named "current", which is an SQL keyword.
this_year as (
    select * from staging.stated_figure
    where kind = 'year_over_year' and measure = 'current'
),

amount as (
    select * from staging.amount
),

parse as (
    select * from staging.parse
),

-- Sentences about classes are about the general public budget by functional code.
class_column as (
    select * from staging.metric_family
    where metric_family in ('general_public', 'budget_general_public')
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
placed_column as (
    select * from staging.metric_family
    where metric_family in ('general_public', 'budget_general_public')
),

class_row as (
    select * from staging.amount
    where row_key ~ '^[0-9]{3}$'
),

functional_subject as (
    select * from staging.functional_subject
),

headline as (
    select * from intermediate.headline
),

three_public_total as (
    select * from intermediate.three_public_total
),

-- The subject of a stated change is the key of a metric, what a metric is declared to be called there, or the name of a
-- class.
named_metric as (
    select
        kind,
        metric as subject,
        metric
    from staging.metric
    union
    select
        metric.kind,
        metric_stated.subject,
        metric.metric
    from staging.metric_stated
    inner join staging.metric on metric.metric = metric_stated.metric
    where metric_stated.kind = 'year_over_year' and metric_stated.measure = 'current'
),

-- The code of a class: that of its subject, else that of the row with the same name in the table of the document.
coded as (
    select
        change.parse_id,
        change.subject,
        change.has_change,
        change.amount_wan as change_wan,
        change.half_unit_wan as change_half_wan,
        change.status <> 'doubtful' as is_certain,
        change.page,
        change.file_no,
        parse.kind,
        named.functional_code
    from change
    inner join parse on parse.parse_id = change.parse_id
    left join class_column on class_column.kind = parse.kind
    -- The offset keeps PostgreSQL from planning this anew for every column below that depends on it.
    cross join lateral (
        select case
            when change.subject ~ '^[a-z_]+$' then null
            when change.functional_subject_id is not null then (
                select functional_subject.code from functional_subject
                where functional_subject.functional_subject_id = change.functional_subject_id
            )
            else (
                select min(class_row.row_key) from class_row
                where
                    class_row.parse_id = change.parse_id
                    and class_row.measure_id = class_column.measure_id
                    and class_row.row_label = change.subject
            )
        end as functional_code
        offset 0
    ) as named
),

-- The cell of a class is in the column of its family, that of a metric is declared; operating cost is in no table. The
-- total of the three public expenses is the total of their table where no subtotal is printed.
placed as (
    select
        coded.parse_id,
        coded.subject,
        coded.has_change,
        coded.change_wan,
        coded.change_half_wan,
        coded.is_certain,
        coded.page,
        coded.file_no,
        coalesce(named_metric.metric, placed_column.metric_family || ':' || coded.functional_code) as metric,
        coalesce(headline.table_code, placed_column.table_code) as table_code,
        coalesce(headline.row_key, coded.functional_code) as row_key,
        coalesce(headline.measure, placed_column.measure) as measure,
        coalesce(headline.measure_id, placed_column.measure_id) as measure_id,
        headline.item_key
    from coded
    left join named_metric on named_metric.kind = coded.kind and named_metric.subject = coded.subject
    left join headline
        on headline.metric = case
            when
                named_metric.metric = 'budget_three_public'
                and exists (
                    select from three_public_total
                    where three_public_total.parse_id = coded.parse_id and not three_public_total.is_of_more
                )
                then 'budget_three_public_total'
            else named_metric.metric
        end
    left join placed_column on placed_column.kind = coded.kind and coded.functional_code is not null
)

select
    placed.parse_id,
    placed.subject,
    placed.metric,
    placed.subject !~ '^[a-z_]+$' as is_class,
    placed.table_code,
    coalesce(amount.row_key, placed.row_key) as row_key,
    placed.item_key,
    placed.measure,
    placed.measure_id,
    placed.has_change,
    placed.change_wan,
    coalesce(this_year.amount_wan, amount.amount_wan) as current_wan,
    this_year.amount_wan is not null as is_current_stated,
    case when this_year.amount_wan is not null then coalesce(this_year.half_unit_wan, 0.005) else 0.005 end
    + coalesce(placed.change_half_wan, 0.005) as stated_envelope_wan,
    placed.change_wan is not null
    and placed.is_certain
    and case
        when this_year.amount_wan is not null then this_year.status <> 'doubtful'
        else amount.amount_wan is not null and amount.status <> 'doubtful'
    end as is_certain,
    placed.page,
    placed.file_no
from placed
left join this_year on this_year.parse_id = placed.parse_id and this_year.subject = placed.subject
-- The row of a metric is found by its item (the first row with a number), that of a class by its code.
left join lateral (
    select
        amount.row_key,
        amount.amount_wan,
        amount.status
    from amount
    where
        amount.parse_id = placed.parse_id
        and amount.measure_id = placed.measure_id
        and case
            when placed.item_key is null then amount.row_key = placed.row_key
            else amount.item_key = placed.item_key
        end
    order by amount.presence <> 'number', amount.row_no
    limit 1
) as amount on true;

comment on view intermediate.stated_change is '情况说明所述与上年相比的增减，及各表中同一数所在的单元格。粒度：每次解析的每个对象一行';
comment on column intermediate.stated_change.subject is '所说的对象，同 mart.stated_figure.subject';
comment on column intermediate.stated_change.metric is '所说的可比指标；不是可比指标为空';
comment on column intermediate.stated_change.is_class is '对象是否为功能分类科目（印出的名称），而非收支总计等项';
comment on column intermediate.stated_change.table_code is '同一数所在的标准表；各表均无为空';
comment on column intermediate.stated_change.row_key is '同一数所在的行；各表均无为空';
comment on column intermediate.stated_change.measure is '同一数所在的列；各表均无为空';
comment on column intermediate.stated_change.measure_id is '同一数所在的列的编号；各表均无为空';
comment on column intermediate.stated_change.change_wan is '所述增减额（万元），减少为负';
comment on column intermediate.stated_change.current_wan is '本年数（万元）：情况说明所述，未述者取表中之数';
comment on column intermediate.stated_change.is_current_stated is '本年数是否为情况说明所述';
comment on column intermediate.stated_change.is_certain is '增减额与本年数是否均已确切读出';
comment on column intermediate.stated_change.has_change is '是否述有增减额；否则只述增减率';
comment on column intermediate.stated_change.stated_envelope_wan is '四舍五入可使推算的上年数偏离的最大值（万元）：所述本年数与增减额印出末位的一半之和';
