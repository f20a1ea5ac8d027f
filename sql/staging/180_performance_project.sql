-- Self-evaluation forms. Grain: one form of a parse.
create view staging.performance_project as
select
    parse_id,
    form_no,
    project,
    kind,
    competent_department,
    implementing_unit,
    fiscal_year as form_fiscal_year,
    initial_budget::numeric(38, 6) as initial_budget_wan,
    adjusted_budget::numeric(38, 6) as adjusted_budget_wan,
    executed::numeric(38, 6) as executed_wan,
    execution_rate_pct,
    execution_weight,
    execution_score,
    total_score,
    grade,
    target_text,
    actual_text,
    functional_subject_id,
    is_whole,
    page,
    line_no,
    file_no,
    sheet,
    cell,
    box,
    project_code
from warehouse.performance_project;

comment on view staging.performance_project is '绩效自评表。粒度：每次解析的每张自评表一行';
comment on column staging.performance_project.form_no is '自评表在文件中的序号，自 1 起，按印出顺序';
comment on column staging.performance_project.project is '项目名称（部门整体自评为部门名称），如印出';
comment on column staging.performance_project.kind is '自评对象：project 项目、department 部门整体';
comment on column staging.performance_project.functional_subject_id is '所用资金的功能分类科目编号；无法对应时为空';
comment on column staging.performance_project.is_whole is '自评表是否全部读出';
comment on column staging.performance_project.page is '起始页，自 1 起；文本文件为空';
comment on column staging.performance_project.line_no is '文本文件的起始行号，自 1 起';
