-- Money of the self-evaluation forms. Grain: one funding source of a form (document version × form_no × fund_no).
create view mart.performance_fund as
with

document as (
    select * from mart.published_document
),

performance_project as (
    select * from staging.performance_project
),

performance_fund as (
    select * from staging.performance_fund
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
    performance_project.project,
    performance_fund.source,
    performance_fund.initial_budget_wan,
    performance_fund.adjusted_budget_wan,
    performance_fund.executed_wan,
    performance_fund.form_no,
    performance_fund.fund_no,
    document.is_current,
    document.slot_id,
    document.department_id
from performance_fund
inner join performance_project
    on performance_project.parse_id = performance_fund.parse_id
    and performance_project.form_no = performance_fund.form_no
inner join document on document.parse_id = performance_fund.parse_id;

comment on view mart.performance_fund is '绩效自评表的资金来源（不含合计行），含旧版本文件。粒度：每个文件版本的每张自评表、每个资金来源一行';
comment on column mart.performance_fund.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.performance_fund.source_name is '文件名（来源：入库文件）';
comment on column mart.performance_fund.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.performance_fund.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.performance_fund.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.performance_fund.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.performance_fund.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.performance_fund.department is '部门名称；无法判断时为空';
comment on column mart.performance_fund.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.performance_fund.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.performance_fund.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.performance_fund.project is '项目名称，如印出';
comment on column mart.performance_fund.source is '资金来源，如印出：财政拨款、单位资金等';
comment on column mart.performance_fund.initial_budget_wan is '年初预算数（万元）';
comment on column mart.performance_fund.adjusted_budget_wan is '全年（调整）预算数（万元）';
comment on column mart.performance_fund.executed_wan is '全年执行数（万元）';
comment on column mart.performance_fund.form_no is '自评表在文件中的序号，连接 mart.performance_project';
comment on column mart.performance_fund.fund_no is '资金来源在表中的序号，自 1 起';
comment on column mart.performance_fund.is_current is '是否为该文件位的最新版本';
comment on column mart.performance_fund.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.performance_fund.department_id is '部门编号，连接 mart.department；无法判断时为空';
