-- A slot nothing is left in goes with its last version.
select document_slot.slot_id
from staging.document_slot
where not exists (select from staging.document where document.slot_id = document_slot.slot_id);
