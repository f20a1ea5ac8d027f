-- The rows of the tables of budgets, each with all of its amounts by measure. Grain: one row of a table of a current budget.
-- Without imports, so that PostgreSQL plans the view together with the query that reads it: one table is read, not all.
create view intermediate.budget_row as
select
    document.{shared},
    document.slot_id,
    document.department_id,
    document.kind as document_kind,
    document.parse_id,
    printed.table_code,
    printed.row_key,
    substring(printed.row_key from '^unit:([^/]+)') as unit,
    printed.row_label,
    functional_subject.code as functional_code,
    economic_subject.code as economic_code,
    coalesce(functional_subject.level, economic_subject.level) as level,
    -- What lies below a row is told as in mart.amount, in any column of the table.
    case
        when coalesce(functional_subject.level, economic_subject.level) is not null
            then not exists (
                select from staging.amount as below
                inner join staging.measure as below_measure on below_measure.measure_id = below.measure_id
                where
                    below.parse_id = document.parse_id
                    and below_measure.table_code = printed.table_code
                    and below.row_key > printed.row_key
                    and below.row_key < case
                        when strpos(printed.row_key, '/') = 0 then printed.row_key
                        else coalesce(substring(printed.row_key from '^(?:[^/]*[^/0-9][^/]*/)*[0-9]+'), printed.row_key)
                    end || ':'
                    and (
                        starts_with(below.row_key, printed.row_key)
                        or not exists (
                            select
                            from unnest(string_to_array(printed.row_key, '/'), string_to_array(below.row_key, '/'))
                                as part (own, lower)
                            where
                                part.own is not null
                                and (part.own ~ '^[0-9]+$' and starts_with(part.lower, part.own) or part.lower = part.own)
                                    is not true
                        )
                    )
            )
    end as is_leaf,
    printed.amounts,
    printed.quantity,
    coalesce(objected.why_not, printed.why_doubtful) is null as is_sound,
    coalesce(objected.why_not, '数字存疑：' || printed.why_doubtful) as why_not,
    printed.page,
    printed.line_no,
    printed.file_no,
    printed.row_no,
    printed.functional_subject_id,
    printed.economic_subject_id,
    printed.project_code,
    document.body
from mart.published_document as document
cross join lateral (
    select
        measure.table_code,
        amount.row_key,
        min(amount.row_label) as row_label,
        min(amount.functional_subject_id) as functional_subject_id,
        min(amount.economic_subject_id) as economic_subject_id,
        jsonb_object_agg(measure.measure, amount.amount_wan) as amounts,
        max(amount.amount_wan) filter (where amount.value_unit <> '元') as quantity,
        min(amount.repair_reason) filter (where amount.status = 'doubtful') as why_doubtful,
        min(amount.page) as page,
        min(amount.line_no) as line_no,
        min(amount.file_no) as file_no,
        min(amount.row_no) as row_no,
        min(amount.project_code) as project_code
    from staging.amount
    inner join staging.measure on measure.measure_id = amount.measure_id
    where amount.parse_id = document.parse_id
    group by measure.table_code, amount.row_key
) as printed
left join staging.functional_subject on functional_subject.functional_subject_id = printed.functional_subject_id
left join staging.economic_subject on economic_subject.economic_subject_id = printed.economic_subject_id
left join lateral (
    select (array_agg(objection.why_not order by objection.objection_no))[1] as why_not
    from intermediate.objection
    where
        objection.parse_id = document.parse_id
        and not objection.is_of_narrative
        and objection.place = printed.table_code
        and coalesce(objection.row_key = printed.row_key, true)
) as objected on true
where document.is_current and document.kind = 'budget';

comment on view intermediate.budget_row is '预算各表的行，金额按指标名并为一列。粒度：每个现行预算的每张表每行一行';
comment on column intermediate.budget_row.unit is '所属单位；行不分单位为空';
comment on column intermediate.budget_row.amounts is '指标名 → 金额（万元）';
comment on column intermediate.budget_row.quantity is '行中的数量；未印为空';
