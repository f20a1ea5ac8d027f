-- Slots that have no current version or more than one.
-- By: slot_id.
select slot_id, count(*) filter (where is_current) as current_versions
from mart.disclosure
group by slot_id
having count(*) filter (where is_current) <> 1;
