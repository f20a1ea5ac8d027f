-- Expenditure by function: amounts of GK03 and GK05 in one row. Grain: one current document × functional code.
-- Key: document_id, functional_code.
create view mart.expenditure_by_function as
with

document as (
    select * from intermediate.current_accounts
),

amount as (
    select * from mart.amount
    where table_code in ('GK03', 'GK05') and functional_code is not null
),

total_row as (
    select document_id, amount_wan
    from mart.amount
    where table_code = 'GK03' and row_key = 'TOTAL' and measure = 'total' and status <> 'doubtful'
),

objection as (
    select * from intermediate.objection
    where not is_of_narrative
),

spread as (
    select
        document_id,
        functional_code,
        functional_subject_id,
        level,
        min(row_label) as functional_name,
        -- GK05 may have deeper levels than GK03; a leaf is one in GK03 where the row is in GK03.
        coalesce(bool_and(is_leaf) filter (where table_code = 'GK03'), bool_and(is_leaf)) as is_leaf,
        min(repair_reason) filter (where status = 'doubtful') as why_doubtful,
        max(amount_wan) filter (where table_code = 'GK03' and measure = 'total')::numeric(20, 6) as total_wan,
        max(amount_wan) filter (where table_code = 'GK03' and measure = 'basic')::numeric(20, 6) as basic_wan,
        max(amount_wan) filter (where table_code = 'GK03' and measure = 'project')::numeric(20, 6) as project_wan,
        max(amount_wan) filter (where table_code = 'GK03' and measure = 'remitted_to_superior')::numeric(20, 6) as remitted_to_superior_wan,
        max(amount_wan) filter (where table_code = 'GK03' and measure = 'operating')::numeric(20, 6) as operating_wan,
        max(amount_wan) filter (where table_code = 'GK03' and measure = 'subsidy_to_subordinates')::numeric(20, 6) as subsidy_to_subordinates_wan,
        max(amount_wan) filter (where table_code = 'GK05' and measure = 'total')::numeric(20, 6) as general_public_budget_total_wan,
        max(amount_wan) filter (where table_code = 'GK05' and measure = 'basic')::numeric(20, 6) as general_public_budget_basic_wan,
        max(amount_wan) filter (where table_code = 'GK05' and measure = 'project')::numeric(20, 6) as general_public_budget_project_wan
    from amount
    group by document_id, functional_code, functional_subject_id, level
),

with_parents as (
    select
        *,
        left(functional_code, 3) as class_code,
        max(functional_name) filter (where level = 'class')
            over (partition by document_id, left(functional_code, 3)) as class_name,
        case when level <> 'class' then left(functional_code, 5) end as category_code,
        case when level <> 'class' then
            max(functional_name) filter (where level = 'category')
                over (partition by document_id, left(functional_code, 5))
        end as category_name
    from spread
)

select
    document.{shared},
    with_parents.functional_code,
    with_parents.functional_name,
    with_parents.level,
    with_parents.is_leaf,
    with_parents.class_code,
    with_parents.class_name,
    with_parents.category_code,
    with_parents.category_name,
    with_parents.total_wan,
    with_parents.basic_wan,
    with_parents.project_wan,
    with_parents.remitted_to_superior_wan,
    with_parents.operating_wan,
    with_parents.subsidy_to_subordinates_wan,
    with_parents.general_public_budget_total_wan,
    with_parents.general_public_budget_basic_wan,
    with_parents.general_public_budget_project_wan,
    (with_parents.total_wan * 100 / nullif(total_row.amount_wan, 0))::numeric(38, 2) as share_of_total_pct,
    coalesce(objected.why_not, with_parents.why_doubtful) is null as is_sound,
    coalesce(objected.why_not, '数字存疑：' || with_parents.why_doubtful) as why_not,
    with_parents.functional_subject_id,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from document
cross join lateral (
    -- The offset keeps PostgreSQL from adding up the amounts of all documents for each document.
    select * from with_parents
    where with_parents.document_id = document.document_id
    offset 0
) as with_parents
left join total_row on total_row.document_id = with_parents.document_id
left join lateral (
    select (array_agg(objection.why_not order by objection.objection_no))[1] as why_not
    from objection
    where
        objection.parse_id = document.parse_id
        and objection.place in ('GK03', 'GK05')
        and coalesce(objection.row_key = with_parents.functional_code, true)
) as objected on true;

comment on view mart.expenditure_by_function is '按功能分类科目的支出：全部支出（GK03）与一般公共预算财政拨款支出（GK05）并列（仅最新版本的决算，不含合计行）。粒度：每个部门（口径）、年度、功能分类科目一行';
comment on column mart.expenditure_by_function.functional_name is '印出的科目名称';
comment on column mart.expenditure_by_function.is_leaf is '公开03表中是否没有下级科目（03 表没有此科目时看 05 表）；只加总末级行不会重复计算';
comment on column mart.expenditure_by_function.class_name is '所属类级科目名称（本文件印出）；未印为空';
comment on column mart.expenditure_by_function.category_code is '所属款级科目代码；类级行为空';
comment on column mart.expenditure_by_function.category_name is '所属款级科目名称（本文件印出）；类级行或未印为空';
comment on column mart.expenditure_by_function.total_wan is '本年支出合计（万元，来源：GK03）';
comment on column mart.expenditure_by_function.basic_wan is '基本支出（万元，来源：GK03）';
comment on column mart.expenditure_by_function.project_wan is '项目支出（万元，来源：GK03）';
comment on column mart.expenditure_by_function.remitted_to_superior_wan is '上缴上级支出（万元，来源：GK03）';
comment on column mart.expenditure_by_function.operating_wan is '经营支出（万元，来源：GK03）';
comment on column mart.expenditure_by_function.subsidy_to_subordinates_wan is '对附属单位补助支出（万元，来源：GK03）';
comment on column mart.expenditure_by_function.general_public_budget_total_wan is '一般公共预算财政拨款本年支出合计（万元，来源：GK05）';
comment on column mart.expenditure_by_function.general_public_budget_basic_wan is '一般公共预算财政拨款基本支出（万元，来源：GK05）';
comment on column mart.expenditure_by_function.general_public_budget_project_wan is '一般公共预算财政拨款项目支出（万元，来源：GK05）';
comment on column mart.expenditure_by_function.share_of_total_pct is '本科目支出占本年支出合计的百分比（%，由 GK03 计算）；合计为 0、缺失或存疑时为空';
