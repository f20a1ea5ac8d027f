-- Budget and final accounts by subject: the budget as the narrative states it, the final figure as in the tables.
-- Grain: one subject of the narrative (current final accounts × budget × subject); usually a functional 项.
-- Key: document_id, budget, subject.
create view mart.budget_execution as
with

document as (
    select * from intermediate.current_accounts
),

stated_figure as (
    select * from staging.stated_figure
    where kind in ('budget_vs_final', 'fund_budget_vs_final')
),

functional_subject as (
    select * from staging.functional_subject
),

stated as (
    select
        parse_id,
        kind,
        subject,
        max(functional_subject_id) as functional_subject_id,
        max(amount_wan) filter (where measure = 'initial_budget') as initial_budget_wan,
        max(amount_wan) filter (where measure = 'adjusted_budget') as adjusted_budget_wan,
        max(amount_wan) filter (where measure = 'final') as stated_final_wan,
        max(value) filter (where measure = 'completion_pct') as stated_completion_pct,
        max(text) filter (where measure = 'reason') as reason,
        bool_or(status = 'doubtful') as is_doubtful,
        min(repair_reason) filter (where status = 'doubtful') as why_doubtful,
        -- The first place: pages are compared within a file only, so the file number sorts first.
        min(file_no) as file_no,
        (array_agg(page order by file_no, page))[1] as page,
        (array_agg(line_no order by file_no, line_no))[1] as line_no
    from stated_figure
    group by parse_id, kind, subject
),

-- The tables with the final figure, in order of preference: GK05 for the general public budget, GK07 for government
-- funds, GK08 for state capital. A code found only in GK07 or GK08 belongs to the fund budget, in whatever section the
-- narrative names it.
place (kind, table_code, choice) as (
    values
        ('budget_vs_final', 'GK05', 1),
        ('budget_vs_final', 'GK07', 2),
        ('budget_vs_final', 'GK08', 3),
        ('fund_budget_vs_final', 'GK07', 1),
        ('fund_budget_vs_final', 'GK08', 2)
),

fund_said as (
    select * from staging.stated_figure
    where kind = 'fund_budget_vs_final'
),

objection as (
    select * from intermediate.objection
),

total_row (subject, table_code) as (
    values ('TOTAL', 'GK05'), ('government_fund', 'GK07'), ('state_capital', 'GK08')
),

amount as (
    select * from staging.amount
),

measure as (
    select * from staging.measure
    where measure = 'total'
)

select
    document.{shared},
    case when stated.kind = 'budget_vs_final' and not is_of_fund.is_of_fund then 'general_public' else 'fund' end as budget,
    stated.subject,
    functional_subject.code as functional_code,
    functional_subject.name as functional_name,
    functional_subject.level,
    stated.initial_budget_wan::numeric(38, 6) as initial_budget_wan,
    stated.adjusted_budget_wan::numeric(38, 6) as adjusted_budget_wan,
    final.amount_wan as final_wan,
    stated.stated_final_wan::numeric(38, 6) as stated_final_wan,
    (
        coalesce(case when final.status <> 'doubtful' then final.amount_wan end, stated.stated_final_wan) * 100
        / nullif(coalesce(stated.initial_budget_wan, stated.adjusted_budget_wan), 0)
    )::numeric(38, 2) as completion_pct,
    stated.stated_completion_pct::numeric(38, 2) as stated_completion_pct,
    stated.reason,
    coalesce(objected.why_not, stated.why_doubtful, final.why_doubtful) is null as is_sound,
    coalesce(objected.why_not, '数字存疑：' || coalesce(stated.why_doubtful, final.why_doubtful)) as why_not,
    not stated.is_doubtful and coalesce(final.status <> 'doubtful', true) as is_certain,
    stated.page,
    stated.line_no,
    final.page as final_page,
    final.line_no as final_line_no,
    stated.functional_subject_id,
    document.slot_id,
    document.department_id,
    stated.file_no,
    final.file_no as final_file_no,
    document.kind as document_kind
from document
inner join stated on stated.parse_id = document.parse_id
left join functional_subject on functional_subject.functional_subject_id = stated.functional_subject_id
left join lateral (
    select
        measure.table_code,
        amount.row_key,
        amount.amount_wan,
        amount.status,
        case when amount.status = 'doubtful' then amount.repair_reason end as why_doubtful,
        amount.page,
        amount.line_no,
        amount.file_no
    from place
    inner join measure on measure.table_code = place.table_code
    inner join amount on amount.parse_id = document.parse_id and amount.measure_id = measure.measure_id
    left join total_row on total_row.subject = stated.subject
    where
        place.kind = stated.kind
        and case
            when total_row.subject is null then amount.row_key = functional_subject.code
            else amount.row_key = 'TOTAL' and place.table_code = total_row.table_code
        end
    order by place.choice
    limit 1
) as final on true
cross join lateral (
    select stated.kind = 'budget_vs_final' and coalesce(final.table_code <> 'GK05', false) as is_of_fund
) as is_of_fund
left join lateral (
    select (array_agg(objection.why_not order by objection.objection_no))[1] as why_not
    from objection
    where
        objection.parse_id = document.parse_id
        and (
            (objection.place = 'stated' and objection.row_key = stated.kind || '/' || stated.subject)
            or (
                objection.place = coalesce(final.table_code, case stated.kind when 'budget_vs_final' then 'GK05' else 'GK07' end)
                and (objection.row_key is null or objection.row_key = final.row_key)
                and not objection.is_of_narrative
            )
        )
) as objected on true
-- Where the section on fund budgets states the same subject, its sentence is used.
where
    not is_of_fund.is_of_fund
    or not exists (
        select from fund_said
        where fund_said.parse_id = document.parse_id and fund_said.subject = stated.subject
    );

comment on view mart.budget_execution is '预算执行：情况说明所述年初预算与决算（现行决算文件）。粒度：每个文件的每本预算、每个所述对象一行';
comment on column mart.budget_execution.budget is '所属预算：general_public 一般公共预算、fund 政府性基金与国有资本经营预算（含列在一般公共预算一节而只见于公开07、08表的科目）';
comment on column mart.budget_execution.subject is '情况说明所说的对象：科目名称，或 TOTAL、government_fund、state_capital';
comment on column mart.budget_execution.functional_code is '支出功能分类科目代码；对象不是科目或无法对应时为空';
comment on column mart.budget_execution.functional_name is '科目名称；无法对应时为空';
comment on column mart.budget_execution.initial_budget_wan is '年初预算数（万元）；未述为空';
comment on column mart.budget_execution.adjusted_budget_wan is '全年（调整）预算数（万元）；未述为空';
comment on column mart.budget_execution.final_wan is '支出决算数（万元），取自公开05、07、08 表；表中无此行为空';
comment on column mart.budget_execution.stated_final_wan is '情况说明所述支出决算数（万元）；未述为空';
comment on column mart.budget_execution.completion_pct is '完成率（%）：决算数（表中没有或存疑则取所述）÷ 年初预算数（未述取全年预算数）；预算为 0 或未述为空';
comment on column mart.budget_execution.stated_completion_pct is '情况说明所述完成率（%）；未述为空';
comment on column mart.budget_execution.reason is '决算数与预算数差异的原因（情况说明）；未述为空';
comment on column mart.budget_execution.is_sound is '本行各数是否可靠：所述与表中之数均已确切读出，所在的表全部读出、单位确定，所涉勾稽关系（含分项之和与所述总数）没有不符或无法判定';
comment on column mart.budget_execution.is_certain is '所述各数与表中决算数是否均已确切读出';
comment on column mart.budget_execution.file_no is '情况说明所在文件的序号，连接 mart.document_file';
comment on column mart.budget_execution.final_file_no is '决算表所在文件的序号，连接 mart.document_file；表中无此行为空';
comment on column mart.budget_execution.page is '情况说明所在页，自 1 起；文本文件为空';
comment on column mart.budget_execution.final_page is '决算表所在页，自 1 起；文本文件为空';
comment on column mart.budget_execution.line_no is '情况说明所在行，自 1 起；其他格式为空';
comment on column mart.budget_execution.final_line_no is '决算表所在行，自 1 起；其他格式为空';
