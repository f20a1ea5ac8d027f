-- A project across the documents of a body and a year: its amount in the table of projects of the budget, its target form
-- there, and its self-evaluation in the accounts. Projects are the same where their codes are; where one of two prints no
-- code, where their names are, without blanks and punctuation, and without the word for a project at the end if each
-- document has one name only that this leaves. Select one document at a time, else it is slow.
-- Grain: one document of intermediate.plan_and_outcome × name. Of several rows or forms of one project none is shown.
create view intermediate.project_value as
with

pair as (
    select * from intermediate.plan_and_outcome
),

budget_row as (
    select * from intermediate.budget_row
    where table_code = 'YS10' and strpos(row_key, 'project:') > 0
),

form as (
    select * from staging.performance_project
    where kind = 'project'
)

select
    pair.document_id,
    pair.budget_document_id,
    pair.account_document_id,
    named.*
from pair
cross join lateral (
    with

    printed as (
            select
                'budget' as side,
                regexp_replace(substring(budget_row.row_key from '([^/]*)$'), '^project:', '') as project,
                budget_row.row_key,
                budget_row.project_code as code,
                (budget_row.amounts ->> 'total')::numeric as initial_wan,
                null::numeric as adjusted_wan,
                null::numeric as executed_wan,
                null::numeric as execution_rate_pct,
                null::numeric as total_score,
                null::text as grade,
                null::text as target_text,
                null::smallint as form_no,
                budget_row.page,
                budget_row.file_no,
                budget_row.why_not
            from budget_row
            where budget_row.document_id = pair.budget_document_id
            union all
            select
                case form.parse_id when pair.budget_parse_id then 'target' else 'result' end,
                form.project,
                null,
                form.project_code,
                form.initial_budget_wan,
                form.adjusted_budget_wan,
                form.executed_wan,
                form.execution_rate_pct,
                form.total_score,
                form.grade,
                form.target_text,
                form.form_no,
                form.page,
                form.file_no,
                case when not form.is_whole then '绩效表未能全部读出' end
            from form
            where form.parse_id = any (array[pair.budget_parse_id, pair.account_parse_id])
    ),

    own as (
        select
            *,
            translate(normalize(project, nfkc), E' \u3000\n()[]【】“”"、,，。.·:：;；_—-', '') as own_name
        from printed
        where project is not null
    ),

    -- A code that one document prints of projects of several names is none of theirs.
    coded as (
        select
            *,
            min(own_name) over of_document = max(own_name) over of_document as is_of_one
        from own
        where own_name <> ''
        window of_document as (partition by code, side)
    ),

    with_code as (
        select
            *,
            case when bool_and(is_of_one) over (partition by code) then code end as sure_code
        from coded
    ),

    -- Two names of one code are one, that of the budget.
    called_once as (
        select
            *,
            case
                when sure_code is null then own_name
                else first_value(own_name) over (partition by sure_code order by side, own_name)
            end as first_name
        from with_code
    ),

    -- One name of two codes is two.
    told as (
        select
            *,
            min(sure_code) over same_name <> max(sure_code) over same_name as is_code_needed
        from called_once
        window same_name as (partition by first_name)
    ),

    distinct_name as (
        select
            *,
            case when is_code_needed then concat_ws(' ', first_name, sure_code) else first_name end as whole_name
        from told
    ),

    shortened as (
        select
            *,
            regexp_replace(whole_name, '(.)项目$', '\1') as short_name
        from distinct_name
    ),

    one_way as (
        select
            *,
            min(whole_name) over of_side = max(whole_name) over of_side as is_alone
        from shortened
        window of_side as (partition by short_name, side)
    ),

    called as (
        select
            *,
            case
                when
                    bool_and(is_alone) over of_short
                    and min(sure_code) over of_short is not distinct from max(sure_code) over of_short
                    then short_name
                else whole_name
            end as name
        from one_way
        window of_short as (partition by short_name)
    )

    select
        called.name,
        (array_agg(called.project order by called.side))[1] as project,
        min(called.sure_code) as project_code,
        bool_or(called.is_code_needed) as is_code_needed,
        count(*) filter (where called.side = 'budget') as budget_rows,
        count(*) filter (where called.side = 'target') as targets,
        count(*) filter (where called.side = 'result') as results,
        array_agg(called.row_key) filter (where called.side = 'budget') as row_keys,
        case when count(*) filter (where called.side = 'budget') = 1
            then max(called.initial_wan) filter (where called.side = 'budget')
        end as budget_wan,
        case when count(*) filter (where called.side = 'target') = 1
            then max(called.initial_wan) filter (where called.side = 'target')
        end as target_wan,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.initial_wan) filter (where called.side = 'result')
        end as stated_wan,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.adjusted_wan) filter (where called.side = 'result')
        end as adjusted_wan,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.executed_wan) filter (where called.side = 'result')
        end as executed_wan,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.execution_rate_pct) filter (where called.side = 'result')
        end as execution_rate_pct,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.total_score) filter (where called.side = 'result')
        end as total_score,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.grade) filter (where called.side = 'result')
        end as grade,
        case when count(*) filter (where called.side = 'target') = 1
            then max(called.target_text) filter (where called.side = 'target')
        end as target_text,
        case when count(*) filter (where called.side = 'target') = 1
            then max(called.form_no) filter (where called.side = 'target')
        end as target_form_no,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.form_no) filter (where called.side = 'result')
        end as result_form_no,
        max(called.page) filter (where called.side in ('budget', 'target')) as budget_page,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.page) filter (where called.side = 'result')
        end as result_page,
        case when count(*) filter (where called.side = 'result') = 1
            then max(called.file_no) filter (where called.side = 'result')
        end as result_file_no,
        min(called.why_not) filter (where called.side in ('budget', 'target')) as why_not_budget,
        min(called.why_not) filter (where called.side = 'result') as why_not_result
    from called
    group by called.name
    offset 0
) as named;

comment on view intermediate.project_value is '项目在预算与决算中：项目支出表的金额、绩效目标与绩效自评，编码（未印者名称）相同者并为一行。粒度：每个有现行预算或决算的部门、年度、口径的每个项目一行';
comment on column intermediate.project_value.name is '项目名称，去除空白与标点；同名而编码不同者后加编码';
comment on column intermediate.project_value.project_code is '项目编码；未印为空';
comment on column intermediate.project_value.is_code_needed is '同名项目是否印有不同的编码：此时只有编码能够区分';
comment on column intermediate.project_value.row_keys is '项目支出表中的行标识；没有为空';
comment on column intermediate.project_value.budget_rows is '项目支出表中同名的行数';
comment on column intermediate.project_value.targets is '预算中同名的绩效目标表张数';
comment on column intermediate.project_value.results is '决算中同名的绩效自评表张数';
comment on column intermediate.project_value.budget_document_id is '预算的文件版本编号；未入库为空';
comment on column intermediate.project_value.account_document_id is '决算的文件版本编号；未入库为空';
comment on column intermediate.project_value.budget_wan is '项目支出表的金额（万元）；没有或不止一行为空';
comment on column intermediate.project_value.target_wan is '绩效目标表的金额（万元）；没有或不止一张为空';
comment on column intermediate.project_value.stated_wan is '自评表的年初预算（万元）；没有或不止一张为空';
comment on column intermediate.project_value.adjusted_wan is '自评表的全年预算（万元）；没有或不止一张为空';
comment on column intermediate.project_value.target_form_no is '绩效目标表在预算文件中的序号；没有或不止一张为空';
comment on column intermediate.project_value.result_form_no is '自评表在决算文件中的序号；没有或不止一张为空';
comment on column intermediate.project_value.budget_page is '项目或绩效目标在预算中所在页；文本文件或没有为空';
comment on column intermediate.project_value.result_page is '自评表所在页；文本文件、没有或不止一张为空';
comment on column intermediate.project_value.result_file_no is '自评表所在文件的序号；没有或不止一张为空';
comment on column intermediate.project_value.why_not_budget is '预算中的数不可靠的理由；可靠或没有为空';
comment on column intermediate.project_value.why_not_result is '自评表的数不可靠的理由；可靠或没有为空';
