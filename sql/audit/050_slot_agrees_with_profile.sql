-- File versions whose slot differs from their published parse in year, kind, scope, or whether a department is known.
select document.document_id, document.source_name
from staging.document
inner join staging.document_slot on document_slot.slot_id = document.slot_id
inner join staging.parse on parse.parse_id = document.published_parse_id
where
    (document_slot.fiscal_year, document_slot.kind, document_slot.scope, document_slot.department_id is null)
    is distinct from (parse.fiscal_year, parse.kind, parse.scope, parse.department is null);
