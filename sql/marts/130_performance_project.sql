-- Self-evaluation forms. Grain: one form (document version × form_no; two forms may print the same name).
create view mart.performance_project as
with

document as (
    select * from mart.published_document
),

performance_project as (
    select * from staging.performance_project
),

functional_subject as (
    select * from staging.functional_subject
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
    performance_project.kind,
    performance_project.competent_department,
    performance_project.implementing_unit,
    performance_project.initial_budget_wan,
    performance_project.adjusted_budget_wan,
    performance_project.executed_wan,
    performance_project.execution_rate_pct,
    performance_project.execution_weight,
    performance_project.execution_score,
    performance_project.total_score,
    performance_project.grade,
    performance_project.target_text,
    performance_project.actual_text,
    performance_project.page,
    performance_project.form_no,
    performance_project.form_fiscal_year,
    functional_subject.code as functional_code,
    performance_project.is_whole,
    performance_project.line_no,
    performance_project.functional_subject_id,
    document.is_current,
    document.slot_id,
    document.department_id
from performance_project
inner join document on document.parse_id = performance_project.parse_id
left join functional_subject on functional_subject.functional_subject_id = performance_project.functional_subject_id;

comment on view mart.performance_project is '绩效自评表，含旧版本文件。粒度：每个文件版本的每张自评表一行（同名项目可有多张，以 form_no 区分）';
comment on column mart.performance_project.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.performance_project.source_name is '文件名（来源：入库文件）';
comment on column mart.performance_project.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.performance_project.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.performance_project.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.performance_project.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.performance_project.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.performance_project.department is '部门名称；无法判断时为空';
comment on column mart.performance_project.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.performance_project.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.performance_project.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.performance_project.project is '项目名称（部门整体自评为部门名称），如印出';
comment on column mart.performance_project.kind is '自评对象：project 项目、department 部门整体';
comment on column mart.performance_project.competent_department is '主管部门；未印为空';
comment on column mart.performance_project.implementing_unit is '实施单位；未印为空';
comment on column mart.performance_project.initial_budget_wan is '年初预算数（万元）';
comment on column mart.performance_project.adjusted_budget_wan is '全年（调整）预算数（万元）';
comment on column mart.performance_project.executed_wan is '全年执行数（万元）';
comment on column mart.performance_project.execution_rate_pct is '预算执行率（%）';
comment on column mart.performance_project.execution_weight is '预算执行率的分值';
comment on column mart.performance_project.execution_score is '预算执行率的得分';
comment on column mart.performance_project.total_score is '自评总分';
comment on column mart.performance_project.grade is '自评等级，如 优、良、中、差；未印为空';
comment on column mart.performance_project.target_text is '年度总体目标：预期目标；未印为空';
comment on column mart.performance_project.actual_text is '年度总体目标：实际完成情况；未印为空';
comment on column mart.performance_project.page is '起始页，自 1 起；文本文件为空';
comment on column mart.performance_project.form_no is '自评表在文件中的序号，自 1 起，按印出顺序';
comment on column mart.performance_project.form_fiscal_year is '自评年度；未印为空';
comment on column mart.performance_project.functional_code is '所用资金的支出功能分类科目代码；无法对应时为空';
comment on column mart.performance_project.is_whole is '自评表是否全部读出';
comment on column mart.performance_project.line_no is '文本文件的起始行号，自 1 起；其他格式为空';
comment on column mart.performance_project.functional_subject_id is '功能分类科目编号，连接 mart.functional_subject';
comment on column mart.performance_project.is_current is '是否为该文件位的最新版本';
comment on column mart.performance_project.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.performance_project.department_id is '部门编号，连接 mart.department；无法判断时为空';
