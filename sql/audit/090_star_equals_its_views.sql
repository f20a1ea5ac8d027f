-- The tables of mart hold what the views they are written from say.
with

difference (star, missing, superfluous) as (
    select
        'metric_value',
        (select count(*) from (select * from intermediate.metric_value except all select * from mart.metric_value) as rows),
        (select count(*) from (select * from mart.metric_value except all select * from intermediate.metric_value) as rows)
    union all
    select
        'department',
        (select count(*) from (select * from intermediate.department except all select * from mart.department) as rows),
        (select count(*) from (select * from mart.department except all select * from intermediate.department) as rows)
    union all
    select
        'fiscal_year',
        (select count(*) from (select * from intermediate.fiscal_year except all select * from mart.fiscal_year) as rows),
        (select count(*) from (select * from mart.fiscal_year except all select * from intermediate.fiscal_year) as rows)
    union all
    select
        'jurisdiction',
        (select count(*) from (select * from intermediate.jurisdiction except all select * from mart.jurisdiction) as rows),
        (select count(*) from (select * from mart.jurisdiction except all select * from intermediate.jurisdiction) as rows)
    union all
    select
        'functional_subject',
        (
            select count(*)
            from (select * from intermediate.functional_subject except all select * from mart.functional_subject) as rows
        ),
        (select count(*) from (select * from mart.functional_subject except all select * from intermediate.functional_subject) as rows)
    union all
    select
        'economic_subject',
        (
            select count(*)
            from (select * from intermediate.economic_subject except all select * from mart.economic_subject) as rows
        ),
        (select count(*) from (select * from mart.economic_subject except all select * from intermediate.economic_subject) as rows)
    union all
    select
        'metric',
        (select count(*) from (select * from intermediate.metric except all select * from mart.metric) as rows),
        (select count(*) from (select * from mart.metric except all select * from intermediate.metric) as rows)
)

select star, missing, superfluous
from difference
where missing > 0 or superfluous > 0;
