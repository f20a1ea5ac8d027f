-- Outside a load every version points to the parse that is published.
select document_id, source_name
from staging.document
where published_parse_id is null;
