-- The tables of mart hold what the views they are written from say, once everything is refreshed.
with

difference (star, missing, superfluous) as (
    select
        'metric_value',
        (select count(*) from (select * from intermediate.metric_value except all select * from mart.metric_value) as rows),
        (select count(*) from (select * from mart.metric_value except all select * from intermediate.metric_value) as rows)
    union all
    select
        'published_document',
        (select count(*) from (select * from intermediate.published_document except all select * from mart.published_document) as rows),
        (select count(*) from (select * from mart.published_document except all select * from intermediate.published_document) as rows)
    union all
    select
        'yearly_change',
        (select count(*) from (select * from intermediate.yearly_change except all select * from mart.yearly_change) as rows),
        (select count(*) from (select * from mart.yearly_change except all select * from intermediate.yearly_change) as rows)
    union all
    select
        'peer_position',
        (select count(*) from (select * from intermediate.peer_position except all select * from mart.peer_position) as rows),
        (select count(*) from (select * from mart.peer_position except all select * from intermediate.peer_position) as rows)
    union all
    select
        'class_expenditure',
        (select count(*) from (select * from intermediate.class_expenditure except all select * from mart.class_expenditure) as rows),
        (select count(*) from (select * from mart.class_expenditure except all select * from intermediate.class_expenditure) as rows)
    union all
    select
        'denominator',
        (select count(*) from (select * from intermediate.denominator except all select * from mart.denominator) as rows),
        (select count(*) from (select * from mart.denominator except all select * from intermediate.denominator) as rows)
    union all
    select
        'subject_name',
        (select count(*) from (select * from intermediate.subject_name except all select * from mart.subject_name) as rows),
        (select count(*) from (select * from mart.subject_name except all select * from intermediate.subject_name) as rows)
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
