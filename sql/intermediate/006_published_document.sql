-- Every published file with whose accounts it holds: the shared columns of the marts. Grain: one document version.
create view intermediate.published_document as
with

published_parse as (
    select * from intermediate.published_parse
),

document as (
    select * from staging.document
),

parse as (
    select * from staging.parse
),

department as (
    select * from staging.department
)

select
    published_parse.document_id,
    document.source_name,
    parse.province,
    parse.city,
    parse.county,
    parse.division_code,
    parse.jurisdiction_level,
    coalesce(department.name, parse.department) as department,
    coalesce(department.kind, parse.department_kind) as department_kind,
    parse.scope,
    parse.fiscal_year,
    parse.kind,
    document.sha256,
    document.source_url,
    document.format,
    document.pages,
    parse.published_on,
    published_parse.version,
    published_parse.is_current,
    document.first_seen_at,
    published_parse.slot_id,
    published_parse.department_id,
    parse.department as department_printed,
    published_parse.parse_id,
    parse.parser_version,
    parse.parsed_at
from published_parse
inner join document on document.document_id = published_parse.document_id
inner join parse on parse.parse_id = published_parse.parse_id
left join department on department.department_id = published_parse.department_id;

comment on view intermediate.published_document is '公开视图所示的文件及其部门、地区、年度。粒度：每个文件版本一行';
comment on column intermediate.published_document.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column intermediate.published_document.source_name is '文件名（来源：入库文件）';
comment on column intermediate.published_document.province is '省份（来源：文件所示）；无法判断时为空';
comment on column intermediate.published_document.city is '地级市（来源：文件所示）；省级部门为空';
comment on column intermediate.published_document.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column intermediate.published_document.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column intermediate.published_document.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column intermediate.published_document.department is '部门名称；无法判断时为空';
comment on column intermediate.published_document.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column intermediate.published_document.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column intermediate.published_document.fiscal_year is '决算年度；无法判断时为空';
comment on column intermediate.published_document.kind is '文件种类：final_accounts 决算、budget 预算';
comment on column intermediate.published_document.sha256 is '文件内容的 SHA-256（小写十六进制）';
comment on column intermediate.published_document.source_url is '下载地址；未知为空';
comment on column intermediate.published_document.format is '文件格式：pdf、text 等';
comment on column intermediate.published_document.pages is '页数；文本文件为空';
comment on column intermediate.published_document.published_on is '公开日期；只印年月者取当月一日；未印为空';
comment on column intermediate.published_document.version is '同一文件位（部门、年度、种类、口径相同）中的版本序号，自 1 起';
comment on column intermediate.published_document.is_current is '是否为该文件位的最新版本';
comment on column intermediate.published_document.first_seen_at is '文件首次入库时间';
comment on column intermediate.published_document.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column intermediate.published_document.department_id is '部门编号，连接 mart.department；无法判断时为空';
comment on column intermediate.published_document.department_printed is '本文件印出的部门名称（可能是曾用名）';
comment on column intermediate.published_document.parse_id is '当前公布的解析编号（仓库内部）';
comment on column intermediate.published_document.parser_version is '当前公布的解析所用程序版本';
comment on column intermediate.published_document.parsed_at is '当前公布的解析的入库时间';
