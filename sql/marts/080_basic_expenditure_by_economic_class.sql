-- Basic expenditure by economic class (GK06). Grain: one current document × economic code.
-- Key: document_id, economic_code.
create view mart.basic_expenditure_by_economic_class as
with

document as (
    select * from intermediate.current_accounts
),

amount as (
    select * from mart.amount
    where table_code = 'GK06' and measure = 'final'
),

-- The form prints no overall total. It is computed as personnel plus public funds, null where one of them is null.
with_total as (
    select
        *,
        max(amount_wan) filter (where row_key = 'PERSONNEL_TOTAL' and status <> 'doubtful') over (partition by document_id)
        + max(amount_wan) filter (where row_key = 'PUBLIC_TOTAL' and status <> 'doubtful') over (partition by document_id) as basic_wan
    from amount
),

objection as (
    select * from intermediate.objection
    where not is_of_narrative
),

economic as (
    select
        *,
        case when status = 'doubtful' then repair_reason end as why_doubtful
    from with_total
    where economic_code is not null
)

select
    document.{shared},
    economic.economic_code,
    economic.row_label as economic_name,
    economic.level,
    economic.is_leaf,
    left(economic.economic_code, 3) as class_code,
    case when left(economic.economic_code, 3) in ('301', '303') then 'personnel' else 'public' end as expenditure_group,
    economic.amount_wan as final_wan,
    (economic.amount_wan * 100 / nullif(economic.basic_wan, 0))::numeric(38, 2) as share_of_basic_pct,
    coalesce(objected.why_not, economic.why_doubtful) is null as is_sound,
    coalesce(objected.why_not, '数字存疑：' || economic.why_doubtful) as why_not,
    economic.economic_subject_id,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from document
cross join lateral (
    -- The offset keeps PostgreSQL from adding up the amounts of all documents for each document.
    select * from economic
    where economic.document_id = document.document_id
    offset 0
) as economic
left join lateral (
    select (array_agg(objection.why_not order by objection.objection_no))[1] as why_not
    from objection
    where
        objection.parse_id = document.parse_id
        and objection.place = 'GK06'
        and coalesce(objection.row_key = economic.economic_code, true)
) as objected on true;

comment on view mart.basic_expenditure_by_economic_class is '按经济分类科目的一般公共预算财政拨款基本支出（仅最新版本的决算，不含合计行）。粒度：每个部门（口径）、年度、经济分类科目一行；恒等式：款之和 = 类，301 与 303 之和 = 人员经费，其余类之和 = 公用经费';
comment on column mart.basic_expenditure_by_economic_class.economic_code is '部门预算支出经济分类科目代码，与年度同看';
comment on column mart.basic_expenditure_by_economic_class.economic_name is '印出的科目名称';
comment on column mart.basic_expenditure_by_economic_class.level is '科目层级：class 类、category 款';
comment on column mart.basic_expenditure_by_economic_class.expenditure_group is '经费类别：personnel 人员经费（301、303）、public 公用经费（其余）';
comment on column mart.basic_expenditure_by_economic_class.final_wan is '决算数（万元，来源：GK06）';
comment on column mart.basic_expenditure_by_economic_class.share_of_basic_pct is '占基本支出的百分比（%，基本支出 = 人员经费合计 + 公用经费合计，由 GK06 计算）；任一合计缺失、存疑或总额为 0 时为空';
