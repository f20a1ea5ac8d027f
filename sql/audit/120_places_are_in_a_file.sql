-- Rows whose file_no is not that of a file of their version. File 1 is not checked here: 110 makes sure that it exists.
-- By: parse_id.
with

place as (
    select parse_id, file_no from staging.parse_table
    union all
    select parse_id, file_no from staging.amount
    union all
    select parse_id, file_no from staging.doubt
    union all
    select parse_id, file_no from staging.stated_figure
    union all
    select parse_id, file_no from staging.department_unit
    union all
    select parse_id, file_no from staging.body_fact
    union all
    select parse_id, file_no from staging.stated_succession
    union all
    select parse_id, file_no from staging.performance_project
    union all
    select parse_id, file_no from staging.performance_indicator
    union all
    select parse_id, file_no from staging.check_result
)

select distinct place.parse_id, place.file_no
from place
inner join staging.parse on parse.parse_id = place.parse_id
left join staging.document_file
    on document_file.document_id = parse.document_id
    and document_file.file_no = place.file_no
where place.file_no > 1 and document_file.file_no is null;
