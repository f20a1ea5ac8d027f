-- Withdrawn file versions that are public.
select published.document_id, withdrawal.withdrawn_at
from mart.published_document as published
inner join staging.withdrawal on withdrawal.document_id = published.document_id
where withdrawal.undone_at is null;
