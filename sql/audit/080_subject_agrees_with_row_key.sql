-- A row that is keyed by a code points to the subject of that code.
select document_id, table_code, row_key, functional_code, economic_code
from mart.amount
where coalesce(functional_code, economic_code) <> row_key;
