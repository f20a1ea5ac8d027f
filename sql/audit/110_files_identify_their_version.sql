-- Versions whose files are not numbered from 1 without a gap, whose columns differ from those of their first file, or
-- whose sha256 does not identify their files: see parts_list in warehouse/records/reading.py.
with

file as (
    select
        document_id,
        max(file_no) as last_no,
        count(*) as files,
        min(sha256) as sha256,
        string_agg(role || ' ' || sha256 || E'\n', '' order by file_no) as listed
    from staging.document_file
    group by document_id
)

select document.document_id, document.source_name
from staging.document
left join file on file.document_id = document.document_id
left join staging.document_file as main_file
    on main_file.document_id = document.document_id and main_file.file_no = 1
where
    file.last_no is distinct from file.files
    or document.identity is distinct from case
        when file.files = 1 then file.sha256
        else encode(sha256(convert_to(E'juesuan parts 1\n' || file.listed, 'UTF8')), 'hex')
    end
    or (document.source_name, document.source_url, document.format, document.size_bytes, document.pages)
    is distinct from
    (main_file.source_name, main_file.source_url, main_file.format, main_file.size_bytes, main_file.pages);
