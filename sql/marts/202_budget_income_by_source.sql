-- Income by source (YS02). Grain: one current budget × row of the table: functional code, unit, or the only row.
-- Key: document_id, row_key.
create view mart.budget_income_by_source as
select
    budget_row.{shared},
    budget_row.row_key,
    budget_row.row_label,
    budget_row.unit,
    budget_row.functional_code,
    budget_row.level,
    budget_row.is_leaf,
    (budget_row.amounts ->> 'total')::numeric(20, 6) as total_wan,
    (budget_row.amounts ->> 'fiscal_appropriation')::numeric(20, 6) as fiscal_appropriation_wan,
    (budget_row.amounts ->> 'general_public_budget')::numeric(20, 6) as general_public_budget_wan,
    (budget_row.amounts ->> 'government_fund')::numeric(20, 6) as government_fund_wan,
    (budget_row.amounts ->> 'state_capital')::numeric(20, 6) as state_capital_wan,
    (budget_row.amounts ->> 'fiscal_special_account')::numeric(20, 6) as fiscal_special_account_wan,
    (budget_row.amounts ->> 'education_fees')::numeric(20, 6) as education_fees_wan,
    (budget_row.amounts ->> 'institutional')::numeric(20, 6) as institutional_wan,
    (budget_row.amounts ->> 'operating')::numeric(20, 6) as operating_wan,
    (budget_row.amounts ->> 'superior_subsidy')::numeric(20, 6) as superior_subsidy_wan,
    (budget_row.amounts ->> 'subordinate_remittance')::numeric(20, 6) as subordinate_remittance_wan,
    (budget_row.amounts ->> 'other')::numeric(20, 6) as other_wan,
    (budget_row.amounts ->> 'unit_funds')::numeric(20, 6) as unit_funds_wan,
    (budget_row.amounts ->> 'non_fiscal_balance_used')::numeric(20, 6) as non_fiscal_balance_used_wan,
    (budget_row.amounts ->> 'carry_over_in')::numeric(20, 6) as carry_over_in_wan,
    (budget_row.amounts ->> 'current.total')::numeric(20, 6) as current_total_wan,
    (budget_row.amounts ->> 'current.general_public_budget')::numeric(20, 6) as current_general_public_budget_wan,
    (budget_row.amounts ->> 'current.government_fund')::numeric(20, 6) as current_government_fund_wan,
    (budget_row.amounts ->> 'current.state_capital')::numeric(20, 6) as current_state_capital_wan,
    (budget_row.amounts ->> 'carry_over_in.general_public_budget')::numeric(20, 6) as carry_over_in_general_public_budget_wan,
    (budget_row.amounts ->> 'carry_over_in.government_fund')::numeric(20, 6) as carry_over_in_government_fund_wan,
    (budget_row.amounts ->> 'carry_over_in.state_capital')::numeric(20, 6) as carry_over_in_state_capital_wan,
    budget_row.is_sound,
    budget_row.why_not,
    budget_row.page,
    budget_row.line_no,
    budget_row.file_no,
    budget_row.functional_subject_id,
    budget_row.slot_id,
    budget_row.department_id,
    budget_row.document_kind
from intermediate.budget_row
where budget_row.table_code = 'YS02';

comment on view mart.budget_income_by_source is '收入预算：按来源（现行预算；合计与单位行也在其中，加总时只取 is_leaf 的行，或只取 row_key 为 TOTAL 的行）。粒度：每个预算的收入总表每行一行';
comment on column mart.budget_income_by_source.unit is '所属单位；行不分单位为空';
