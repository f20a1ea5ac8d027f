-- The three public expenses (GK09), and the counts stated in the narrative.
-- Grain: one current document that prints the table.
-- Key: document_id.
create view mart.three_public as
with

document as (
    select * from intermediate.current_accounts
),

amount as (
    select * from mart.amount
    where table_code = 'GK09'
),

stated_figure as (
    select * from staging.stated_figure
    where kind = 'three_public_detail' and subject = 'all'
),

objection as (
    select * from intermediate.objection
    where not is_of_narrative
),

spread as (
    select
        document_id,
        min(repair_reason) filter (where status = 'doubtful') as why_doubtful,
        max(amount_wan) filter (where measure = 'budget_total')::numeric(20, 6) as budget_total_wan,
        max(amount_wan) filter (where measure = 'budget_overseas')::numeric(20, 6) as budget_overseas_wan,
        max(amount_wan) filter (where measure = 'budget_vehicle_total')::numeric(20, 6) as budget_vehicle_total_wan,
        max(amount_wan) filter (where measure = 'budget_vehicle_purchase')::numeric(20, 6) as budget_vehicle_purchase_wan,
        max(amount_wan) filter (where measure = 'budget_vehicle_operation')::numeric(20, 6) as budget_vehicle_operation_wan,
        max(amount_wan) filter (where measure = 'budget_reception')::numeric(20, 6) as budget_reception_wan,
        max(amount_wan) filter (where measure = 'budget_meeting')::numeric(20, 6) as budget_meeting_wan,
        max(amount_wan) filter (where measure = 'budget_training')::numeric(20, 6) as budget_training_wan,
        max(amount_wan) filter (where measure = 'final_total')::numeric(20, 6) as final_total_wan,
        max(amount_wan) filter (where measure = 'final_overseas')::numeric(20, 6) as final_overseas_wan,
        max(amount_wan) filter (where measure = 'final_vehicle_total')::numeric(20, 6) as final_vehicle_total_wan,
        max(amount_wan) filter (where measure = 'final_vehicle_purchase')::numeric(20, 6) as final_vehicle_purchase_wan,
        max(amount_wan) filter (where measure = 'final_vehicle_operation')::numeric(20, 6) as final_vehicle_operation_wan,
        max(amount_wan) filter (where measure = 'final_reception')::numeric(20, 6) as final_reception_wan,
        max(amount_wan) filter (where measure = 'final_meeting')::numeric(20, 6) as final_meeting_wan,
        max(amount_wan) filter (where measure = 'final_training')::numeric(20, 6) as final_training_wan
    from amount
    group by document_id
)

select
    document.{shared},
    spread.budget_total_wan,
    spread.budget_overseas_wan,
    spread.budget_vehicle_total_wan,
    spread.budget_vehicle_purchase_wan,
    spread.budget_vehicle_operation_wan,
    spread.budget_reception_wan,
    spread.final_total_wan,
    spread.final_overseas_wan,
    spread.final_vehicle_total_wan,
    spread.final_vehicle_purchase_wan,
    spread.final_vehicle_operation_wan,
    spread.final_reception_wan,
    spread.budget_meeting_wan,
    spread.budget_training_wan,
    spread.final_meeting_wan,
    spread.final_training_wan,
    (spread.final_total_wan * 100 / nullif(spread.budget_total_wan, 0))::numeric(38, 2) as completion_pct,
    stated.overseas_groups,
    stated.overseas_persons,
    stated.vehicles_purchased,
    stated.vehicles_owned,
    stated.domestic_reception_batches,
    stated.domestic_reception_persons,
    stated.foreign_reception_batches,
    stated.foreign_reception_persons,
    coalesce(objected.why_not, spread.why_doubtful) is null as is_sound,
    coalesce(objected.why_not, '数字存疑：' || spread.why_doubtful) as why_not,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from document
cross join lateral (
    -- The offset keeps PostgreSQL from adding up the amounts of all documents for each document.
    select * from spread
    where spread.document_id = document.document_id
    offset 0
) as spread
left join lateral (
    select
        max(stated_figure.value) filter (where stated_figure.measure = 'overseas_groups') as overseas_groups,
        max(stated_figure.value) filter (where stated_figure.measure = 'overseas_persons') as overseas_persons,
        max(stated_figure.value) filter (where stated_figure.measure = 'vehicles_purchased') as vehicles_purchased,
        max(stated_figure.value) filter (where stated_figure.measure = 'vehicles_owned') as vehicles_owned,
        max(stated_figure.value) filter (where stated_figure.measure = 'domestic_reception_batches') as domestic_reception_batches,
        max(stated_figure.value) filter (where stated_figure.measure = 'domestic_reception_persons') as domestic_reception_persons,
        max(stated_figure.value) filter (where stated_figure.measure = 'foreign_reception_batches') as foreign_reception_batches,
        max(stated_figure.value) filter (where stated_figure.measure = 'foreign_reception_persons') as foreign_reception_persons
    from stated_figure
    where stated_figure.parse_id = document.parse_id
) as stated on true
left join lateral (
    select (array_agg(objection.why_not order by objection.objection_no))[1] as why_not
    from objection
    where
        objection.parse_id = document.parse_id
        and objection.place = 'GK09'
        and coalesce(objection.row_key = 'all', true)
) as objected on true;

comment on view mart.three_public is '财政拨款“三公”经费的预算与决算（仅最新版本的决算，公开了该表的文件）。粒度：每个部门（口径）、年度一行；恒等式：合计 = 出国（境）费 + 公务用车 + 公务接待费';
comment on column mart.three_public.budget_total_wan is '“三公”经费预算数：合计（万元，来源：GK09）';
comment on column mart.three_public.budget_overseas_wan is '“三公”经费预算数：因公出国（境）费（万元，来源：GK09）';
comment on column mart.three_public.budget_vehicle_total_wan is '“三公”经费预算数：公务用车购置及运行维护费（万元，来源：GK09）';
comment on column mart.three_public.budget_vehicle_purchase_wan is '“三公”经费预算数：公务用车购置费（万元，来源：GK09）';
comment on column mart.three_public.budget_vehicle_operation_wan is '“三公”经费预算数：公务用车运行维护费（万元，来源：GK09）';
comment on column mart.three_public.budget_reception_wan is '“三公”经费预算数：公务接待费（万元，来源：GK09）';
comment on column mart.three_public.final_total_wan is '“三公”经费决算数：合计（万元，来源：GK09）';
comment on column mart.three_public.final_overseas_wan is '“三公”经费决算数：因公出国（境）费（万元，来源：GK09）';
comment on column mart.three_public.final_vehicle_total_wan is '“三公”经费决算数：公务用车购置及运行维护费（万元，来源：GK09）';
comment on column mart.three_public.final_vehicle_purchase_wan is '“三公”经费决算数：公务用车购置费（万元，来源：GK09）';
comment on column mart.three_public.final_vehicle_operation_wan is '“三公”经费决算数：公务用车运行维护费（万元，来源：GK09）';
comment on column mart.three_public.final_reception_wan is '“三公”经费决算数：公务接待费（万元，来源：GK09）';
comment on column mart.three_public.budget_meeting_wan is '会议费预算数（万元，来源：GK09）；本表不列者为空';
comment on column mart.three_public.budget_training_wan is '培训费预算数（万元，来源：GK09）；本表不列者为空';
comment on column mart.three_public.final_meeting_wan is '会议费决算数（万元，来源：GK09）；本表不列者为空';
comment on column mart.three_public.final_training_wan is '培训费决算数（万元，来源：GK09）；本表不列者为空';
comment on column mart.three_public.completion_pct is '决算合计占预算合计的百分比（%，由本表计算）；预算为 0 或缺失时为空';
comment on column mart.three_public.overseas_groups is '因公出国（境）团组数（个，来源：情况说明）；未说明者为空';
comment on column mart.three_public.overseas_persons is '因公出国（境）人次数（人次，来源：情况说明）；未说明者为空';
comment on column mart.three_public.vehicles_purchased is '购置公务用车数（辆，来源：情况说明）；未说明者为空';
comment on column mart.three_public.vehicles_owned is '公务用车保有量（辆，来源：情况说明）；未说明者为空';
comment on column mart.three_public.domestic_reception_batches is '国内公务接待批次（批次，来源：情况说明）；未说明者为空';
comment on column mart.three_public.domestic_reception_persons is '国内公务接待人次（人次，来源：情况说明）；未说明者为空';
comment on column mart.three_public.foreign_reception_batches is '外事接待批次（批次，来源：情况说明）；未说明者为空';
comment on column mart.three_public.foreign_reception_persons is '外事接待人次（人次，来源：情况说明）；未说明者为空';
