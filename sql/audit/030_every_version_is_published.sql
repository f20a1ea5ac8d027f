-- File versions without a published parse, although no parse of them was ever held by the gate.
select document.document_id, document.source_name
from staging.document
where
    document.published_parse_id is null
    and not exists (
        select from staging.held_parse
        inner join staging.parse on parse.parse_id = held_parse.parse_id
        where parse.document_id = document.document_id
    );
