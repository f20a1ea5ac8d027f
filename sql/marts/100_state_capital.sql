-- State capital (GK08). Grain: one current document × functional code; the total row is left out.
create view mart.state_capital as
with

document as (
    select * from mart.published_document
    where is_current and kind = 'final_accounts'
),

amount as (
    select * from mart.amount
    where table_code = 'GK08' and functional_code is not null
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
        max(amount_wan) filter (where measure = 'basic')::numeric(20, 6) as basic_wan,
        max(amount_wan) filter (where measure = 'project')::numeric(20, 6) as project_wan
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
    spread.basic_wan,
    spread.project_wan,
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
        and objection.place = 'GK08'
        and coalesce(objection.row_key = spread.functional_code, true)
) as objected on true;

comment on view mart.state_capital is '国有资本经营预算财政拨款支出（仅最新版本的决算，不含合计行）。粒度：每个部门（口径）、年度、功能分类科目一行；恒等式：合计 = 基本支出 + 项目支出';
comment on column mart.state_capital.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.state_capital.source_name is '文件名（来源：入库文件）';
comment on column mart.state_capital.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.state_capital.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.state_capital.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.state_capital.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.state_capital.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.state_capital.department is '部门名称；无法判断时为空';
comment on column mart.state_capital.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.state_capital.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.state_capital.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.state_capital.functional_code is '支出功能分类科目代码，与年度同看';
comment on column mart.state_capital.functional_name is '印出的科目名称';
comment on column mart.state_capital.level is '科目层级：class 类、category 款、item 项';
comment on column mart.state_capital.is_leaf is '本表中是否没有下级科目；只加总末级行不会重复计算';
comment on column mart.state_capital.total_wan is '本年支出合计（万元，来源：GK08）';
comment on column mart.state_capital.basic_wan is '基本支出（万元，来源：GK08）';
comment on column mart.state_capital.project_wan is '项目支出（万元，来源：GK08）';
comment on column mart.state_capital.is_sound is '本行各数是否可靠：均已确切读出，所在的表全部读出、单位确定，所涉勾稽关系没有不符或无法判定';
comment on column mart.state_capital.why_not is '不可靠的理由；可靠为空';
comment on column mart.state_capital.functional_subject_id is '功能分类科目编号，连接 mart.functional_subject';
comment on column mart.state_capital.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.state_capital.department_id is '部门编号，连接 mart.department；无法判断时为空';
