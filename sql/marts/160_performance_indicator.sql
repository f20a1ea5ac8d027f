-- Indicators of the self-evaluation forms. Grain: one indicator of a form (document version × form_no × seq).
create view mart.performance_indicator as
with

document as (
    select * from mart.published_document
),

performance_project as (
    select * from staging.performance_project
),

performance_indicator as (
    select * from staging.performance_indicator
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
    performance_indicator.seq,
    performance_indicator.level1,
    performance_indicator.level2,
    performance_indicator.level3,
    performance_indicator.target,
    performance_indicator.actual,
    performance_indicator.weight,
    performance_indicator.score,
    performance_indicator.deviation_pct,
    performance_indicator.reason,
    performance_indicator.target_operator,
    performance_indicator.target_value,
    performance_indicator.target_unit,
    performance_indicator.actual_value,
    performance_indicator.is_met,
    performance_indicator.form_no,
    performance_indicator.status,
    performance_indicator.repair_reason,
    performance_indicator.page,
    performance_indicator.line_no,
    document.is_current,
    document.slot_id,
    document.department_id
from performance_indicator
inner join performance_project
    on performance_project.parse_id = performance_indicator.parse_id
    and performance_project.form_no = performance_indicator.form_no
inner join document on document.parse_id = performance_indicator.parse_id;

comment on view mart.performance_indicator is '绩效自评表的指标，含旧版本文件。粒度：每个文件版本的每张自评表、每个指标一行';
comment on column mart.performance_indicator.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.performance_indicator.source_name is '文件名（来源：入库文件）';
comment on column mart.performance_indicator.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.performance_indicator.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.performance_indicator.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.performance_indicator.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.performance_indicator.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.performance_indicator.department is '部门名称；无法判断时为空';
comment on column mart.performance_indicator.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.performance_indicator.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.performance_indicator.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.performance_indicator.project is '项目名称，如印出';
comment on column mart.performance_indicator.seq is '指标在表中的序号，自 1 起，按印出顺序';
comment on column mart.performance_indicator.level1 is '一级指标；未印为空';
comment on column mart.performance_indicator.level2 is '二级指标；未印为空';
comment on column mart.performance_indicator.level3 is '三级指标；未印为空';
comment on column mart.performance_indicator.target is '年度指标值原文；未印为空';
comment on column mart.performance_indicator.actual is '实际完成值原文；未印为空';
comment on column mart.performance_indicator.weight is '分值';
comment on column mart.performance_indicator.score is '得分';
comment on column mart.performance_indicator.deviation_pct is '偏差率（%）';
comment on column mart.performance_indicator.reason is '偏差原因及改进措施；未印为空';
comment on column mart.performance_indicator.target_operator is '指标值的关系：=、>=、<=、>、<；未印符号的、定性指标为空';
comment on column mart.performance_indicator.target_value is '指标值的数值；定性指标为空';
comment on column mart.performance_indicator.target_unit is '指标值的单位；没有为空';
comment on column mart.performance_indicator.actual_value is '实际完成值的数值；定性指标为空';
comment on column mart.performance_indicator.is_met is '实际完成值是否达到指标值；方向或数值不能确定、以及以前的解析为空';
comment on column mart.performance_indicator.form_no is '自评表在文件中的序号，连接 mart.performance_project';
comment on column mart.performance_indicator.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
comment on column mart.performance_indicator.repair_reason is '修复或存疑的理由';
comment on column mart.performance_indicator.page is '页码，自 1 起；文本文件为空';
comment on column mart.performance_indicator.line_no is '文本文件的行号，自 1 起';
comment on column mart.performance_indicator.is_current is '是否为该文件位的最新版本';
comment on column mart.performance_indicator.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.performance_indicator.department_id is '部门编号，连接 mart.department；无法判断时为空';
