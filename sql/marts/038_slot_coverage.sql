-- Which slots have a published document and which do not. Grain: one slot: every published one, and every one that a
-- manifest expects without a document.
-- Key: document_id, department, division_code, fiscal_year, kind, scope.
create view mart.slot_coverage as
select
    slot_state.{shared},
    kind,
    slot_status,
    due_on,
    disclosed_on,
    disclosed_basis,
    slot_reason,
    is_expected,
    slot_id,
    department_id,
    kind as document_kind,
    -- Whether the same body has documents of either kind. The office of a department may be named with (本级) in the
    -- documents of one kind only. Not from CTEs: of those that are used twice all rows would be read.
    exists (
        select from mart.published_document as beside
        where
            beside.department_id = slot_state.department_id
            and beside.fiscal_year = slot_state.fiscal_year
            and beside.scope = slot_state.scope
            and beside.kind = 'budget'
            and beside.is_current
    )
    or slot_state.scope = 'unit' and exists (
        select from mart.published_document as office
        where
            office.division_code = slot_state.division_code
            and office.fiscal_year = slot_state.fiscal_year
            and office.body = slot_state.body
            and office.kind = 'budget'
            and office.scope = 'unit'
            and office.is_current
    ) as has_budget,
    exists (
        select from mart.published_document as beside
        where
            beside.department_id = slot_state.department_id
            and beside.fiscal_year = slot_state.fiscal_year
            and beside.scope = slot_state.scope
            and beside.kind = 'final_accounts'
            and beside.is_current
    )
    or slot_state.scope = 'unit' and exists (
        select from mart.published_document as office
        where
            office.division_code = slot_state.division_code
            and office.fiscal_year = slot_state.fiscal_year
            and office.body = slot_state.body
            and office.kind = 'final_accounts'
            and office.scope = 'unit'
            and office.is_current
    ) as has_final_accounts
from intermediate.slot_state;

comment on view mart.slot_coverage is '各部门各年度的文件位是否公开、是否按时，含清单预期而未公开者。粒度：每个文件位（部门、年度、种类、口径）一行';
comment on column mart.slot_coverage.document_id is '文件版本编号；没有已入库的文件为空';
comment on column mart.slot_coverage.source_name is '文件名；没有已入库的文件为空';
comment on column mart.slot_coverage.province is '省份（来源：文件所示；没有文件者按清单所写区划）；无法判断时为空';
comment on column mart.slot_coverage.city is '地级市（来源：文件所示；没有文件者按清单所写区划）；无法判断或省级部门为空';
comment on column mart.slot_coverage.county is '县（区）（来源：文件所示；没有文件者按清单所写区划）；无法判断或省、市级部门为空';
comment on column mart.slot_coverage.division_code is '行政区划代码，六位；无法判断时为空';
comment on column mart.slot_coverage.department is '部门名称；没有文件者为清单所写';
comment on column mart.slot_coverage.department_kind is '部门类别，例如 工业和信息化；无法判断时为空';
comment on column mart.slot_coverage.scope is '口径：department 部门（含所属单位）、unit 单位本级；无法判断或清单未写为空';
comment on column mart.slot_coverage.fiscal_year is '决算（预算）年度；无法判断时为空';
comment on column mart.slot_coverage.slot_id is '文件位编号；没有已入库的文件为空';
comment on column mart.slot_coverage.department_id is '部门编号，连接 mart.department；无法判断或从未入库为空';
comment on column mart.slot_coverage.has_budget is '同一部门、年度、口径的预算是否已入库；口径不明者为否';
comment on column mart.slot_coverage.has_final_accounts is '同一部门、年度、口径的决算是否已入库；口径不明者为否';
