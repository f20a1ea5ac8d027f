-- Codes whose periods overlap or leave a gap. Every code must mean exactly one subject in every year.
with

subject as (
    select 'functional' as kind, code, valid_from_year, valid_to_year from staging.functional_subject
    union all
    select 'economic', code, valid_from_year, valid_to_year from staging.economic_subject
),

following as (
    select
        kind,
        code,
        valid_from_year,
        valid_to_year,
        lag(valid_to_year) over years as previous_to_year,
        row_number() over years = 1 as is_first,
        lead(code) over years is null as is_last
    from subject
    window years as (partition by kind, code order by valid_from_year nulls first)
)

select kind, code, valid_from_year, valid_to_year
from following
where
    (is_first and valid_from_year is not null)
    or (is_last and valid_to_year is not null)
    or (not is_first and valid_from_year is distinct from previous_to_year + 1);
