-- Indicators of self-evaluation forms. Grain: one indicator of a form.
create view staging.performance_indicator as
select
    parse_id,
    form_no,
    seq,
    level1,
    level2,
    level3,
    target,
    actual,
    weight,
    score,
    deviation_pct,
    reason,
    target_operator,
    target_value,
    target_unit,
    actual_value,
    status,
    repair_reason,
    page,
    line_no,
    is_met,
    file_no,
    sheet,
    cell,
    box
from warehouse.performance_indicator;

comment on view staging.performance_indicator is '绩效自评表的指标。粒度：每张自评表的每个指标一行';
comment on column staging.performance_indicator.form_no is '自评表在文件中的序号';
comment on column staging.performance_indicator.target is '年度指标值原文；未印为空';
comment on column staging.performance_indicator.actual is '实际完成值原文；未印为空';
comment on column staging.performance_indicator.reason is '偏差原因及改进措施；未印为空';
comment on column staging.performance_indicator.target_operator is '指标值的关系：=、>=、<=、>、<；定性指标为空';
