-- What budgets plan, by the keys under which accounts have it too.
-- Grain: one budget × basis × key, as in intermediate.planned_value.
create view intermediate.budget_figure as
with

planned as (
    select * from mart.metric_value
    where metric_family like 'budget%'
),

of_three as (
    select * from mart.metric_value
    where metric in (
        'budget_three_public_total', 'budget_three_public_overseas', 'budget_three_public_vehicle_total',
        'budget_three_public_reception', 'budget_meeting', 'budget_training'
    )
)

select distinct on (document_id, basis, key)
    document_id,
    basis,
    key,
    table_code,
    row_label as label,
    amount_wan,
    why_not,
    0.005 as half_unit_wan,
    page
from (
    select
        planned.document_id,
        own.basis,
        own.key,
        planned.row_label,
        case when not own.is_of_more then planned.amount_wan end as amount_wan,
        case when own.is_of_more then '表中合计含会议费、培训费，“三公”经费小计未印' else planned.why_not end as why_not,
        planned.table_code,
        planned.page,
        case when planned.amount_wan is null then 2 else 0 end
        + case planned.metric when 'budget_three_public_total' then 1 else 0 end as choice
    from planned
    -- Some tables add meetings and training to the total of the three expenses, without a total of these alone.
    left join lateral (
        select
            bool_or(of_three.metric in ('budget_meeting', 'budget_training') and of_three.amount_wan <> 0)
            and abs(
                sum(case of_three.metric when 'budget_three_public_total' then of_three.amount_wan else - of_three.amount_wan end)
                    filter (where of_three.metric not in ('budget_meeting', 'budget_training'))
            ) > 0.02 as has_more
        from of_three
        where planned.metric = 'budget_three_public_total' and of_three.document_id = planned.document_id
    ) as three on true
    cross join lateral (
        select
            case planned.metric_family
                when 'budget_general_public' then case length(planned.functional_code)
                    when 3 then 'class' when 5 then 'category' else 'function'
                end
                when 'budget_economic' then 'economic'
                when 'budget_three_public' then 'three_public'
                when 'budget_headline' then 'total'
            end as basis,
            coalesce(
                planned.functional_code,
                planned.economic_code,
                coalesce(nullif(regexp_replace(substr(planned.metric, 8), '^three_public_?(total)?', ''), ''), 'total')
            ) as key,
            planned.metric = 'budget_three_public_total' and coalesce(three.has_more, false) as is_of_more
    ) as own
    where own.basis is not null
) as figure
order by document_id, basis, key, choice;

comment on view intermediate.budget_figure is '预算文件的各项数，以决算亦有的项目为准。粒度：每个现行预算文件的每项数一行';
comment on column intermediate.budget_figure.table_code is '所在的标准表编号';
comment on column intermediate.budget_figure.label is '印出的名称';
comment on column intermediate.budget_figure.amount_wan is '金额（万元）；未能确切读出为空';
comment on column intermediate.budget_figure.why_not is '此数不可靠的理由；可靠为空';
comment on column intermediate.budget_figure.half_unit_wan is '所印最末位的一半（万元）';
comment on column intermediate.budget_figure.basis is '依据：function 功能分类（项）、category 款、class 类、economic 经济分类、three_public 三公经费、total 合计数';
comment on column intermediate.budget_figure.key is '科目代码，或项目的英文名';
