-- Management items of the self-evaluation forms. Grain: one item of a form (document version × form_no × item_no).
create view mart.performance_management as
with

document as (
    select * from mart.published_document
),

performance_project as (
    select * from staging.performance_project
),

performance_management as (
    select * from staging.performance_management
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
    performance_management.item,
    performance_management.weight,
    performance_management.score,
    performance_management.form_no,
    performance_management.item_no,
    document.is_current,
    document.slot_id,
    document.department_id
from performance_management
inner join performance_project
    on performance_project.parse_id = performance_management.parse_id
    and performance_project.form_no = performance_management.form_no
inner join document on document.parse_id = performance_management.parse_id;

comment on view mart.performance_management is '绩效自评表的预算资金管理事项，含旧版本文件。粒度：每个文件版本的每张自评表、每个管理事项一行';
comment on column mart.performance_management.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.performance_management.source_name is '文件名（来源：入库文件）';
comment on column mart.performance_management.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.performance_management.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.performance_management.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.performance_management.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.performance_management.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.performance_management.department is '部门名称；无法判断时为空';
comment on column mart.performance_management.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.performance_management.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.performance_management.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.performance_management.project is '项目名称，如印出';
comment on column mart.performance_management.item is '管理事项，如印出：安排科学性、拨付合规性等';
comment on column mart.performance_management.weight is '分值';
comment on column mart.performance_management.score is '得分';
comment on column mart.performance_management.form_no is '自评表在文件中的序号，连接 mart.performance_project';
comment on column mart.performance_management.item_no is '管理事项在表中的序号，自 1 起';
comment on column mart.performance_management.is_current is '是否为该文件位的最新版本';
comment on column mart.performance_management.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.performance_management.department_id is '部门编号，连接 mart.department；无法判断时为空';
