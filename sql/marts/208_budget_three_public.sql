-- The three public expenses (YS07). Grain: one current budget × row of the table: all, or a unit.
-- Key: document_id, row_key.
create view mart.budget_three_public as
select
    budget_row.{shared},
    budget_row.row_key,
    budget_row.row_label,
    budget_row.unit,
    (budget_row.amounts ->> 'budget_total')::numeric(20, 6) as budget_total_wan,
    (budget_row.amounts ->> 'budget_three_public')::numeric(20, 6) as budget_three_public_wan,
    (budget_row.amounts ->> 'budget_overseas')::numeric(20, 6) as budget_overseas_wan,
    (budget_row.amounts ->> 'budget_vehicle_total')::numeric(20, 6) as budget_vehicle_total_wan,
    (budget_row.amounts ->> 'budget_vehicle_purchase')::numeric(20, 6) as budget_vehicle_purchase_wan,
    (budget_row.amounts ->> 'budget_vehicle_operation')::numeric(20, 6) as budget_vehicle_operation_wan,
    (budget_row.amounts ->> 'budget_reception')::numeric(20, 6) as budget_reception_wan,
    (budget_row.amounts ->> 'budget_meeting')::numeric(20, 6) as budget_meeting_wan,
    (budget_row.amounts ->> 'budget_training')::numeric(20, 6) as budget_training_wan,
    (budget_row.amounts ->> 'budget_operating_cost')::numeric(20, 6) as budget_operating_cost_wan,
    (budget_row.amounts ->> 'prior_budget_total')::numeric(20, 6) as prior_budget_total_wan,
    (budget_row.amounts ->> 'prior_budget_three_public')::numeric(20, 6) as prior_budget_three_public_wan,
    (budget_row.amounts ->> 'prior_budget_overseas')::numeric(20, 6) as prior_budget_overseas_wan,
    (budget_row.amounts ->> 'prior_budget_vehicle_total')::numeric(20, 6) as prior_budget_vehicle_total_wan,
    (budget_row.amounts ->> 'prior_budget_vehicle_purchase')::numeric(20, 6) as prior_budget_vehicle_purchase_wan,
    (budget_row.amounts ->> 'prior_budget_vehicle_operation')::numeric(20, 6) as prior_budget_vehicle_operation_wan,
    (budget_row.amounts ->> 'prior_budget_reception')::numeric(20, 6) as prior_budget_reception_wan,
    (budget_row.amounts ->> 'prior_budget_meeting')::numeric(20, 6) as prior_budget_meeting_wan,
    (budget_row.amounts ->> 'prior_budget_training')::numeric(20, 6) as prior_budget_training_wan,
    (budget_row.amounts ->> 'prior_budget_operating_cost')::numeric(20, 6) as prior_budget_operating_cost_wan,
    (budget_row.amounts ->> 'change_total')::numeric(20, 6) as change_total_wan,
    (budget_row.amounts ->> 'change_three_public')::numeric(20, 6) as change_three_public_wan,
    (budget_row.amounts ->> 'change_overseas')::numeric(20, 6) as change_overseas_wan,
    (budget_row.amounts ->> 'change_vehicle_total')::numeric(20, 6) as change_vehicle_total_wan,
    (budget_row.amounts ->> 'change_vehicle_purchase')::numeric(20, 6) as change_vehicle_purchase_wan,
    (budget_row.amounts ->> 'change_vehicle_operation')::numeric(20, 6) as change_vehicle_operation_wan,
    (budget_row.amounts ->> 'change_reception')::numeric(20, 6) as change_reception_wan,
    (budget_row.amounts ->> 'change_meeting')::numeric(20, 6) as change_meeting_wan,
    (budget_row.amounts ->> 'change_training')::numeric(20, 6) as change_training_wan,
    (budget_row.amounts ->> 'change_operating_cost')::numeric(20, 6) as change_operating_cost_wan,
    budget_row.is_sound,
    budget_row.why_not,
    budget_row.page,
    budget_row.line_no,
    budget_row.file_no,
    budget_row.slot_id,
    budget_row.department_id,
    budget_row.document_kind
from intermediate.budget_row
where budget_row.table_code = 'YS07';

comment on view mart.budget_three_public is '“三公”经费预算（现行预算）。粒度：每个预算的三公经费表每行一行：全部（all）或各单位';
comment on column mart.budget_three_public.unit is '所属单位；行不分单位为空';
comment on column mart.budget_three_public.budget_total_wan is '本年预算：合计（有的含会议费、培训费）（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_three_public_wan is '本年预算：“三公”经费小计（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_overseas_wan is '本年预算：因公出国（境）费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_vehicle_total_wan is '本年预算：公务用车购置及运行维护费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_vehicle_purchase_wan is '本年预算：公务用车购置费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_vehicle_operation_wan is '本年预算：公务用车运行维护费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_reception_wan is '本年预算：公务接待费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_meeting_wan is '本年预算：会议费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_training_wan is '本年预算：培训费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.budget_operating_cost_wan is '本年预算：机关运行经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_total_wan is '上年预算：合计（有的含会议费、培训费）（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_three_public_wan is '上年预算：“三公”经费小计（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_overseas_wan is '上年预算：因公出国（境）费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_vehicle_total_wan is '上年预算：公务用车购置及运行维护费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_vehicle_purchase_wan is '上年预算：公务用车购置费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_vehicle_operation_wan is '上年预算：公务用车运行维护费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_reception_wan is '上年预算：公务接待费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_meeting_wan is '上年预算：会议费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_training_wan is '上年预算：培训费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.prior_budget_operating_cost_wan is '上年预算：机关运行经费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_total_wan is '增减：合计（有的含会议费、培训费）（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_three_public_wan is '增减：“三公”经费小计（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_overseas_wan is '增减：因公出国（境）费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_vehicle_total_wan is '增减：公务用车购置及运行维护费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_vehicle_purchase_wan is '增减：公务用车购置费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_vehicle_operation_wan is '增减：公务用车运行维护费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_reception_wan is '增减：公务接待费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_meeting_wan is '增减：会议费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_training_wan is '增减：培训费（万元）；空白、未印或未能确切读出为空';
comment on column mart.budget_three_public.change_operating_cost_wan is '增减：机关运行经费（万元）；空白、未印或未能确切读出为空';
