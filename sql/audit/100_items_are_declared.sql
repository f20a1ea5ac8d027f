-- Items of amounts that their table does not declare.
-- By: parse_id.
select distinct amount.parse_id, measure.table_code, amount.item_key
from staging.amount
inner join staging.measure on measure.measure_id = amount.measure_id
left join staging.item on item.table_code = measure.table_code and item.item_key = amount.item_key
where amount.item_key is not null and item.item_key is null;
