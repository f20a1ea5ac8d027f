-- Figures and texts stated in the narrative. Grain: one parse × kind × subject × measure.
create view staging.stated_figure as
select
    parse_id,
    kind,
    subject,
    measure,
    functional_subject_id,
    value,
    case unit when '万元' then value when '元' then value / 10000 when '亿元' then value * 10000 end::numeric(38, 6)
        as amount_wan,
    case unit when '万元' then half_unit when '元' then half_unit / 10000 when '亿元' then half_unit * 10000 end as half_unit_wan,
    unit,
    text,
    printed,
    status,
    repair_reason,
    page,
    line_no,
    file_no,
    sheet,
    cell,
    box
from warehouse.stated_figure;

comment on view staging.stated_figure is '情况说明中的数字与文字。粒度：每次解析 × 种类 × 对象 × 指标一行';
comment on column staging.stated_figure.kind is '种类，例如 budget_vs_final、year_over_year、three_public_detail';
comment on column staging.stated_figure.subject is '所说的对象：印出的名称，或 all、TOTAL、operating_cost 等';
comment on column staging.stated_figure.measure is '指标，例如 initial_budget、final、change、reason';
comment on column staging.stated_figure.functional_subject_id is '功能分类科目编号；对象不是科目或无法对应时为空';
comment on column staging.stated_figure.value is '数值，以 unit 计，减少、下降为负；以文字回答者为空';
comment on column staging.stated_figure.amount_wan is '金额换算为万元；不是金额者为空';
comment on column staging.stated_figure.unit is 'value 的单位：万元、元、%、个、辆、人次等；文字为空';
comment on column staging.stated_figure.text is '以文字回答者的文字，例如增减原因；其余为空';
comment on column staging.stated_figure.printed is '读出数值的原文';
comment on column staging.stated_figure.half_unit_wan is '四舍五入可使 amount_wan 偏离的最大值（万元）；非金额或未知为空';
