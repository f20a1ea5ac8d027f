-- Income by source (GK02). Grain: one current document × functional code; the total row is left out.
create view mart.income_by_source as
with

document as (
    select * from mart.published_document
    where is_current and kind = 'final_accounts'
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
    document.document_id,
    document.source_name,
    document.province,
    document.city,
    document.county,
    document.division_code,
    document.jurisdiction_level,
    document.department,
    document.department_kind,
    document.scope,
    document.fiscal_year,
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
    document.department_id
from spread
inner join document on document.document_id = spread.document_id
left join lateral (
    select (array_agg(objection.why_not order by objection.objection_no))[1] as why_not
    from objection
    where
        objection.parse_id = document.parse_id
        and objection.place = 'GK02'
        and coalesce(objection.row_key = spread.functional_code, true)
) as objected on true;

comment on view mart.income_by_source is '按功能分类科目和来源的收入（仅最新版本的决算，不含合计行）。粒度：每个部门（口径）、年度、功能分类科目一行；恒等式：合计 = 各来源之和';
comment on column mart.income_by_source.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.income_by_source.source_name is '文件名（来源：入库文件）';
comment on column mart.income_by_source.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.income_by_source.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.income_by_source.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.income_by_source.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.income_by_source.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.income_by_source.department is '部门名称；无法判断时为空';
comment on column mart.income_by_source.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.income_by_source.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.income_by_source.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.income_by_source.functional_code is '支出功能分类科目代码，与年度同看';
comment on column mart.income_by_source.functional_name is '印出的科目名称';
comment on column mart.income_by_source.level is '科目层级：class 类、category 款、item 项';
comment on column mart.income_by_source.is_leaf is '本表中是否没有下级科目；只加总末级行不会重复计算';
comment on column mart.income_by_source.total_wan is '本年收入合计（万元，来源：GK02）';
comment on column mart.income_by_source.fiscal_appropriation_wan is '财政拨款收入（万元，来源：GK02）';
comment on column mart.income_by_source.superior_subsidy_wan is '上级补助收入（万元，来源：GK02）';
comment on column mart.income_by_source.institutional_wan is '事业收入（万元，来源：GK02）';
comment on column mart.income_by_source.operating_wan is '经营收入（万元，来源：GK02）';
comment on column mart.income_by_source.subordinate_remittance_wan is '附属单位上缴收入（万元，来源：GK02）';
comment on column mart.income_by_source.other_wan is '其他收入（万元，来源：GK02）';
comment on column mart.income_by_source.is_sound is '本行各数是否可靠：均已确切读出，所在的表全部读出、单位确定，所涉勾稽关系没有不符或无法判定';
comment on column mart.income_by_source.why_not is '不可靠的理由；可靠为空';
comment on column mart.income_by_source.functional_subject_id is '功能分类科目编号，连接 mart.functional_subject';
comment on column mart.income_by_source.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.income_by_source.department_id is '部门编号，连接 mart.department；无法判断时为空';
