-- Self-evaluation forms. Grain: one form (document version × form_no; two forms may print the same name).
-- Key: document_id, form_no.
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
    document.{shared},
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
    document.department_id,
    document.kind as document_kind,
    performance_project.file_no,
    performance_project.sheet,
    performance_project.cell,
    performance_project.box,
    case document.kind when 'budget' then 'target' else 'result' end as stage,
    performance_project.project_code
from performance_project
inner join document on document.parse_id = performance_project.parse_id
left join functional_subject on functional_subject.functional_subject_id = performance_project.functional_subject_id;

comment on view mart.performance_project is '绩效自评表，含旧版本文件。粒度：每个文件版本的每张自评表一行（同名项目可有多张，以 form_no 区分）';
comment on column mart.performance_project.project is '项目名称（部门整体自评为部门名称），如印出';
comment on column mart.performance_project.kind is '自评对象：project 项目、department 部门整体';
comment on column mart.performance_project.page is '起始页，自 1 起；文本文件为空';
comment on column mart.performance_project.file_no is '起始处所在文件的序号，连接 mart.document_file';
comment on column mart.performance_project.sheet is '起始处所在工作表的名称；不是电子表格的为空';
comment on column mart.performance_project.cell is '起始处在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column mart.performance_project.box is '起始处在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';
comment on column mart.performance_project.form_no is '自评表在文件中的序号，自 1 起，按印出顺序';
comment on column mart.performance_project.functional_code is '所用资金的支出功能分类科目代码；无法对应时为空';
comment on column mart.performance_project.is_whole is '自评表是否全部读出';
comment on column mart.performance_project.line_no is '文本文件的起始行号，自 1 起；其他格式为空';
