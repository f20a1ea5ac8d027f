-- Funding sources of self-evaluation forms, without the total. Grain: one source of a form.
create view staging.performance_fund as
select
    parse_id,
    form_no,
    fund_no,
    source,
    initial_budget::numeric(38, 6) as initial_budget_wan,
    adjusted_budget::numeric(38, 6) as adjusted_budget_wan,
    executed::numeric(38, 6) as executed_wan
from warehouse.performance_fund;

comment on view staging.performance_fund is '绩效自评表的资金来源（不含合计行）。粒度：每张自评表的每个资金来源一行';
comment on column staging.performance_fund.form_no is '自评表在文件中的序号';
comment on column staging.performance_fund.source is '资金来源，如印出：财政拨款、单位资金等';
