-- Income by source (GK02). Grain: one current document × functional code; the total row is left out.
-- Key: document_id, functional_code.
create view mart.income_by_source as
with

document as (
    select * from intermediate.current_accounts
),

amount as (
    select * from mart.amount
    where table_code = 'GK02' and functional_code is not null
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
        max(amount_wan) filter (where measure = 'total')::numeric(20, 6) as total_wan,
        max(amount_wan) filter (where measure = 'fiscal_appropriation')::numeric(20, 6) as fiscal_appropriation_wan,
        max(amount_wan) filter (where measure = 'superior_subsidy')::numeric(20, 6) as superior_subsidy_wan,
        max(amount_wan) filter (where measure = 'institutional')::numeric(20, 6) as institutional_wan,
        max(amount_wan) filter (where measure = 'operating')::numeric(20, 6) as operating_wan,
        max(amount_wan) filter (where measure = 'subordinate_remittance')::numeric(20, 6) as subordinate_remittance_wan,
        max(amount_wan) filter (where measure = 'other')::numeric(20, 6) as other_wan
    from amount
    group by document_id, functional_code, functional_subject_id, level
)

select
    document.{shared},
    spread.functional_code,
    spread.functional_name,
    spread.level,
    spread.is_leaf,
    spread.total_wan,
    spread.fiscal_appropriation_wan,
    spread.superior_subsidy_wan,
    spread.institutional_wan,
    spread.operating_wan,
    spread.subordinate_remittance_wan,
    spread.other_wan,
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
        and objection.place = 'GK02'
        and coalesce(objection.row_key = spread.functional_code, true)
) as objected on true;

comment on view mart.income_by_source is '按功能分类科目和来源的收入（仅最新版本的决算，不含合计行）。粒度：每个部门（口径）、年度、功能分类科目一行；恒等式：合计 = 各来源之和';
comment on column mart.income_by_source.functional_name is '印出的科目名称';
comment on column mart.income_by_source.total_wan is '本年收入合计（万元，来源：GK02）';
comment on column mart.income_by_source.fiscal_appropriation_wan is '财政拨款收入（万元，来源：GK02）';
comment on column mart.income_by_source.superior_subsidy_wan is '上级补助收入（万元，来源：GK02）';
comment on column mart.income_by_source.institutional_wan is '事业收入（万元，来源：GK02）';
comment on column mart.income_by_source.operating_wan is '经营收入（万元，来源：GK02）';
comment on column mart.income_by_source.subordinate_remittance_wan is '附属单位上缴收入（万元，来源：GK02）';
comment on column mart.income_by_source.other_wan is '其他收入（万元，来源：GK02）';
