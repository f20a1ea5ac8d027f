-- Budgeted expenditure by function: all money (YS03) and the general public budget (YS05) in one row.
-- Grain: one current budget × row of these tables: functional code, unit, or total.
-- Key: document_id, row_key.
create view mart.budget_by_function as
with

budget_row as (
    select * from intermediate.budget_row
    where table_code in ('YS03', 'YS05')
),

spread as (
    select
        budget_row.{shared},
        slot_id,
        department_id,
        document_kind,
        row_key,
        unit,
        functional_code,
        functional_subject_id,
        level,
        min(row_label) as row_label,
        -- YS05 may have deeper levels than YS03; a leaf is one in YS03 where the row is in YS03.
        coalesce(bool_and(is_leaf) filter (where table_code = 'YS03'), bool_and(is_leaf)) as is_leaf,
        bool_and(is_leaf) filter (where table_code = 'YS05') as is_general_public_budget_leaf,
        jsonb_object_agg(table_code, amounts) as amounts,
        min(why_not) as why_not,
        (array_agg(page order by table_code))[1] as page,
        (array_agg(line_no order by table_code))[1] as line_no,
        (array_agg(file_no order by table_code))[1] as file_no
    from budget_row
    group by
        budget_row.{shared}, slot_id, department_id, document_kind,
        row_key, unit, functional_code, functional_subject_id, level
)

select
    spread.{shared},
    spread.row_key,
    spread.row_label,
    spread.unit,
    spread.functional_code,
    left(spread.functional_code, 3) as class_code,
    spread.level,
    spread.is_leaf,
    (spread.amounts -> 'YS03' ->> 'total')::numeric(20, 6) as total_wan,
    (spread.amounts -> 'YS03' ->> 'basic')::numeric(20, 6) as basic_wan,
    (spread.amounts -> 'YS03' ->> 'personnel')::numeric(20, 6) as personnel_wan,
    (spread.amounts -> 'YS03' ->> 'public')::numeric(20, 6) as public_wan,
    (spread.amounts -> 'YS03' ->> 'project')::numeric(20, 6) as project_wan,
    (spread.amounts -> 'YS03' ->> 'remitted_to_superior')::numeric(20, 6) as remitted_to_superior_wan,
    (spread.amounts -> 'YS03' ->> 'operating')::numeric(20, 6) as operating_wan,
    (spread.amounts -> 'YS03' ->> 'subsidy_to_subordinates')::numeric(20, 6) as subsidy_to_subordinates_wan,
    (spread.amounts -> 'YS05' ->> 'total')::numeric(20, 6) as general_public_budget_total_wan,
    (spread.amounts -> 'YS05' ->> 'basic')::numeric(20, 6) as general_public_budget_basic_wan,
    (spread.amounts -> 'YS05' ->> 'personnel')::numeric(20, 6) as general_public_budget_personnel_wan,
    (spread.amounts -> 'YS05' ->> 'public')::numeric(20, 6) as general_public_budget_public_wan,
    (spread.amounts -> 'YS05' ->> 'project')::numeric(20, 6) as general_public_budget_project_wan,
    spread.why_not is null as is_sound,
    spread.why_not,
    spread.page,
    spread.line_no,
    spread.file_no,
    spread.functional_subject_id,
    spread.slot_id,
    spread.department_id,
    spread.document_kind,
    spread.is_general_public_budget_leaf
from spread;

comment on view mart.budget_by_function is '支出预算：按功能分类，全部支出与一般公共预算并列（现行预算；合计与单位行也在其中，加总全部支出时只取 is_leaf 的行，加总一般公共预算时只取 is_general_public_budget_leaf 的行，或只取 row_key 为 TOTAL 的行）。粒度：每个预算的支出总表与一般公共预算支出表每行一行';
comment on column mart.budget_by_function.unit is '所属单位；行不分单位为空';
comment on column mart.budget_by_function.total_wan is '全部支出：合计（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.basic_wan is '全部支出：基本支出（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.personnel_wan is '全部支出：其中：人员经费（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.public_wan is '全部支出：其中：公用经费（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.project_wan is '全部支出：项目支出（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.remitted_to_superior_wan is '全部支出：上缴上级支出（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.operating_wan is '全部支出：事业单位经营支出（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.subsidy_to_subordinates_wan is '全部支出：对附属单位补助支出（万元，来源：支出总表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.general_public_budget_total_wan is '一般公共预算：合计（万元，来源：一般公共预算支出表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.general_public_budget_basic_wan is '一般公共预算：基本支出（万元，来源：一般公共预算支出表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.general_public_budget_personnel_wan is '一般公共预算：其中：人员经费（万元，来源：一般公共预算支出表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.general_public_budget_public_wan is '一般公共预算：其中：公用经费（万元，来源：一般公共预算支出表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.general_public_budget_project_wan is '一般公共预算：项目支出（万元，来源：一般公共预算支出表）；空白、未印或未能确切读出为空';
comment on column mart.budget_by_function.is_leaf is '支出总表中是否没有下级科目；支出总表没有此行者，依一般公共预算支出表；非科目行为空';
comment on column mart.budget_by_function.is_general_public_budget_leaf is '一般公共预算支出表中是否没有下级科目；该表没有此行、非科目行为空';
