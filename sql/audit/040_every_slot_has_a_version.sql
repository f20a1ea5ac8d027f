-- Slots without a file version. A load that moves the last file out of a slot must delete the slot.
select document_slot.slot_id
from staging.document_slot
where not exists (select from staging.document where document.slot_id = document_slot.slot_id);
