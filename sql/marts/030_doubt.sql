-- Things the reader was not sure of. Grain: one doubt (document version × number).
create view mart.doubt as
with

document as (
    select * from mart.published_document
),

doubt as (
    select * from staging.doubt
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
    doubt.doubt_no,
    doubt.what,
    doubt.table_code,
    doubt.row_key,
    doubt.measure,
    doubt.row_no,
    doubt.column_no,
    doubt.printed,
    doubt.taken_as,
    doubt.reason,
    doubt.page,
    doubt.line_no,
    document.is_current,
    document.slot_id,
    document.department_id
from doubt
inner join document on document.parse_id = doubt.parse_id;

comment on view mart.doubt is '疑点：读取时无法确定的事项，含旧版本文件。粒度：每个文件版本的每个疑点一行';
comment on column mart.doubt.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.doubt.source_name is '文件名（来源：入库文件）';
comment on column mart.doubt.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.doubt.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.doubt.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.doubt.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.doubt.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.doubt.department is '部门名称；无法判断时为空';
comment on column mart.doubt.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.doubt.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.doubt.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.doubt.doubt_no is '在该文件中的序号，自 1 起';
comment on column mart.doubt.what is '疑点类别（英文），例如 place_unknown';
comment on column mart.doubt.table_code is '标准表编号，连接 mart.standard_table；与表无关者为空';
comment on column mart.doubt.row_key is '行标识，同 mart.amount.row_key；与行无关者为空';
comment on column mart.doubt.measure is '指标（列），同 mart.amount.measure；与列无关者为空';
comment on column mart.doubt.row_no is '在表中的行号，自 1 起；与行无关者为空';
comment on column mart.doubt.column_no is '在表中的列号，自 1 起；与列无关者为空';
comment on column mart.doubt.printed is '印出的原文；无原文者为空';
comment on column mart.doubt.taken_as is '按何值采用；未采用者为空';
comment on column mart.doubt.reason is '疑点说明';
comment on column mart.doubt.page is '页码，自 1 起；文本文件为空';
comment on column mart.doubt.line_no is '文本文件的行号，自 1 起；其他格式或与行无关者为空';
comment on column mart.doubt.is_current is '是否为该文件位的最新版本';
comment on column mart.doubt.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.doubt.department_id is '部门编号，连接 mart.department；无法判断时为空';
