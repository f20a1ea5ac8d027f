-- Amounts that refer to a subject with another code than their row key.
-- By: document_id.
select document_id, table_code, row_key, functional_code, economic_code
from mart.amount
where coalesce(functional_code, economic_code) <> row_key;
