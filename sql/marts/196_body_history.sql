-- The history of bodies: which followed which, when, and who says so.
-- Grain: one line of the list of successions, or one statement of a current document.
-- Key: statement.
create view mart.body_history as
with

succession as (
    select * from intermediate.succession
),

place as (
    select * from intermediate.place
),

document as (
    select * from mart.published_document
)

select
    succession.document_id,
    document.source_name,
    coalesce(document.province, place.province) as province,
    coalesce(document.city, place.city) as city,
    coalesce(document.county, place.county) as county,
    succession.division_code,
    coalesce(document.jurisdiction_level, place.jurisdiction_level) as jurisdiction_level,
    coalesce(document.department, succession.successor) as department,
    document.department_kind,
    document.scope,
    document.fiscal_year,
    case succession.origin
        when 'list'
            then concat_ws('/', 'list', succession.division_code, succession.predecessor, succession.successor, succession.effective_year)
        else concat_ws('/', 'document', succession.document_id, succession.succession_no)
    end as statement,
    succession.predecessor,
    succession.successor,
    succession.relation,
    succession.effective_year,
    succession.effective_on,
    succession.origin,
    succession.source,
    succession.note,
    succession.printed,
    succession.page,
    succession.line_no,
    not succession.is_outweighed as is_used,
    case
        when succession.is_contradicted then '承继表就同一变更所载不同，取承继表：' || succession.says
        when succession.is_outweighed then '承继表所载相同'
    end as why_not_used,
    succession.predecessor_id,
    succession.successor_id,
    succession.file_no
from succession
left join document on document.document_id = succession.document_id
left join place on place.division_code = succession.division_code;

comment on view mart.body_history is '机构沿革：更名、合并、拆分与职责划转，承继表所载与现行文件所述。粒度：承继表的每行，或现行文件的每项所述一行';
comment on column mart.body_history.statement is '该项的标识：list/地区/原机构/新机构/年度，或 document/文件版本编号/序号';
comment on column mart.body_history.province is '省份；中央或无法判断时为空';
comment on column mart.body_history.city is '地级市；省级或无法判断时为空';
comment on column mart.body_history.county is '县（区）；省、市级或无法判断时为空';
comment on column mart.body_history.division_code is '两机构所属行政区划代码，六位；中央或无法判断时为空';
comment on column mart.body_history.source_name is '所述文件的文件名；承继表所载为空';
comment on column mart.body_history.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；中央的承继表所载或无法判断时为空';
comment on column mart.body_history.department is '所述文件的部门；承继表所载为新机构';
comment on column mart.body_history.department_kind is '所述文件的部门类别；承继表所载或无法判断时为空';
comment on column mart.body_history.scope is '所述文件的口径：department 部门（含所属单位）、unit 单位本级；承继表所载或无法判断时为空';
comment on column mart.body_history.predecessor is '原机构名称';
comment on column mart.body_history.successor is '新机构名称；合并、拆分后名称不变的机构与原机构同名';
comment on column mart.body_history.relation is '关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转';
comment on column mart.body_history.effective_year is '生效年度；文件未述为空';
comment on column mart.body_history.effective_on is '生效日期；只知年度或未述为空';
comment on column mart.body_history.origin is '来源：list 机构承继表、document 文件所述';
comment on column mart.body_history.source is '依据：承继表所载的依据，或所述文件的文件名';
comment on column mart.body_history.note is '承继表的说明；没有为空';
comment on column mart.body_history.printed is '文件所述的原文；承继表所载为空';
comment on column mart.body_history.document_id is '所述文件的版本编号；承继表所载为空';
comment on column mart.body_history.fiscal_year is '所述文件的决算年度；承继表所载或无法判断时为空';
comment on column mart.body_history.line_no is '文本文件的行号，自 1 起；其他格式或承继表所载为空';
comment on column mart.body_history.page is '页码，自 1 起；文本文件或承继表所载为空';
comment on column mart.body_history.is_used is '年度比较是否采用：承继表载有同一变更时取承继表';
comment on column mart.body_history.why_not_used is '未采用的理由；采用为空';
comment on column mart.body_history.predecessor_id is '原机构的部门编号，连接 mart.department；未有文件入库为空';
comment on column mart.body_history.successor_id is '新机构的部门编号，连接 mart.department；未有文件入库为空';
comment on column mart.body_history.file_no is '所在文件的序号，连接 mart.document_file；承继表所载为空';
