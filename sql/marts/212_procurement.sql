-- Procurement (YS11). Grain: one current budget × row of the table.
-- Key: document_id, row_key.
create view mart.procurement as
select
    budget_row.{shared},
    budget_row.row_key,
    budget_row.row_label,
    budget_row.unit,
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
    budget_row.quantity as quantity,
    budget_row.is_sound,
    budget_row.why_not,
    budget_row.page,
    budget_row.line_no,
    budget_row.file_no,
    budget_row.slot_id,
    budget_row.department_id,
    budget_row.document_kind
from intermediate.budget_row
where budget_row.table_code = 'YS11';

comment on view mart.procurement is '政府采购预算（现行预算；各级小计与单位行也在其中）。粒度：每个预算的政府采购表每行一行';
comment on column mart.procurement.unit is '所属单位；行不分单位为空';
comment on column mart.procurement.quantity is '数量，单位如印出；未印为空';
