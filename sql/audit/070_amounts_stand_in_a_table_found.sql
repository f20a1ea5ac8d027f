-- Parses with amounts of a table that they record as absent, or not at all.
-- By: parse_id.
select distinct amount.parse_id, measure.table_code
from staging.amount
inner join staging.measure on measure.measure_id = amount.measure_id
left join staging.parse_table
    on parse_table.parse_id = amount.parse_id
    and parse_table.table_code = measure.table_code
where coalesce(parse_table.status, 'absent') = 'absent';
