-- Government fund (GK07). Grain: one current document × functional code; the total row is left out.
-- Key: document_id, functional_code.
create view mart.government_fund as
with

document as (
    select * from intermediate.current_accounts
),

amount as (
    select * from mart.amount
    where table_code = 'GK07' and functional_code is not null
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
        bool_and(is_leaf) as is_leaf,
        min(repair_reason) filter (where status = 'doubtful') as why_doubtful,
        max(amount_wan) filter (where measure = 'opening_balance')::numeric(20, 6) as opening_balance_wan,
        max(amount_wan) filter (where measure = 'income')::numeric(20, 6) as income_wan,
        max(amount_wan) filter (where measure = 'total')::numeric(20, 6) as total_wan,
        max(amount_wan) filter (where measure = 'basic')::numeric(20, 6) as basic_wan,
        max(amount_wan) filter (where measure = 'project')::numeric(20, 6) as project_wan,
        max(amount_wan) filter (where measure = 'closing_balance')::numeric(20, 6) as closing_balance_wan
    from amount
    group by document_id, functional_code, functional_subject_id, level
)

select
    document.{shared},
    spread.functional_code,
    spread.functional_name,
    spread.level,
    spread.is_leaf,
    spread.opening_balance_wan,
    spread.income_wan,
    spread.total_wan,
    spread.basic_wan,
    spread.project_wan,
    spread.closing_balance_wan,
    coalesce(objected.why_not, spread.why_doubtful) is null as is_sound,
    coalesce(objected.why_not, '数字存疑：' || spread.why_doubtful) as why_not,
    spread.functional_subject_id,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from document
cross join lateral (
    -- The offset keeps PostgreSQL from adding up the amounts of all documents for each document.
    select * from spread
    where spread.document_id = document.document_id
    offset 0
) as spread
left join lateral (
    select (array_agg(objection.why_not order by objection.objection_no))[1] as why_not
    from objection
    where
        objection.parse_id = document.parse_id
        and objection.place = 'GK07'
        and coalesce(objection.row_key = spread.functional_code, true)
) as objected on true;

comment on view mart.government_fund is '政府性基金预算财政拨款收支（仅最新版本的决算，不含合计行）。粒度：每个部门（口径）、年度、功能分类科目一行；恒等式：年初 + 本年收入 − 本年支出 = 年末';
comment on column mart.government_fund.functional_name is '印出的科目名称';
comment on column mart.government_fund.opening_balance_wan is '年初结转和结余（万元，来源：GK07）';
comment on column mart.government_fund.income_wan is '本年收入（万元，来源：GK07）';
comment on column mart.government_fund.total_wan is '本年支出小计（万元，来源：GK07）';
comment on column mart.government_fund.basic_wan is '本年基本支出（万元，来源：GK07）';
comment on column mart.government_fund.project_wan is '本年项目支出（万元，来源：GK07）';
comment on column mart.government_fund.closing_balance_wan is '年末结转和结余（万元，来源：GK07）';
