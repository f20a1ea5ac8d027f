-- What budgets plan, by the keys under which accounts have it too.
-- Grain: one budget × basis × key, as in intermediate.planned_value.
create view intermediate.budget_figure as
with

planned as (
    select * from mart.metric_value
    where metric_family like 'budget%' and metric <> 'budget_three_public_total'
)

select
    planned.document_id,
    own.basis,
    own.key,
    planned.table_code,
    planned.row_label as label,
    planned.amount_wan,
    planned.why_not,
    0.005 as half_unit_wan,
    planned.page,
    planned.table_code || '/' || planned.row_key || '/' || planned.measure as place
from planned
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
            coalesce(nullif(regexp_replace(substr(planned.metric, 8), '^three_public_?', ''), ''), 'total')
        ) as key
) as own
where own.basis is not null;

comment on view intermediate.budget_figure is '预算文件的各项数，以决算亦有的项目为准。粒度：每个现行预算文件的每项数一行';
comment on column intermediate.budget_figure.table_code is '所在的标准表编号';
comment on column intermediate.budget_figure.label is '印出的名称';
comment on column intermediate.budget_figure.amount_wan is '金额（万元）；未能确切读出为空';
comment on column intermediate.budget_figure.why_not is '此数不可靠的理由；可靠为空';
comment on column intermediate.budget_figure.half_unit_wan is '所印最末位的一半（万元）';
comment on column intermediate.budget_figure.place is '所在的数：表/行/指标；取自情况说明或由几个数算出为空';
comment on column intermediate.budget_figure.basis is '依据：function 功能分类（项）、category 款、class 类、economic 经济分类、three_public 三公经费、total 合计数';
comment on column intermediate.budget_figure.key is '科目代码，或项目的英文名';
