-- 绩效自评表的指标。粒度：每张自评表的每个指标一行
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
    is_met
from warehouse.performance_indicator;

comment on view staging.performance_indicator is '绩效自评表的指标。粒度：每张自评表的每个指标一行';
comment on column staging.performance_indicator.parse_id is '解析编号';
comment on column staging.performance_indicator.form_no is '自评表在文件中的序号';
comment on column staging.performance_indicator.seq is '指标在表中的序号，自 1 起，按印出顺序';
comment on column staging.performance_indicator.level1 is '一级指标；未印为空';
comment on column staging.performance_indicator.level2 is '二级指标；未印为空';
comment on column staging.performance_indicator.level3 is '三级指标；未印为空';
comment on column staging.performance_indicator.target is '年度指标值原文；未印为空';
comment on column staging.performance_indicator.actual is '实际完成值原文；未印为空';
comment on column staging.performance_indicator.weight is '分值';
comment on column staging.performance_indicator.score is '得分';
comment on column staging.performance_indicator.deviation_pct is '偏差率（%）';
comment on column staging.performance_indicator.reason is '偏差原因及改进措施；未印为空';
comment on column staging.performance_indicator.target_operator is '指标值的关系：=、>=、<=、>、<；定性指标为空';
comment on column staging.performance_indicator.target_value is '指标值的数值；定性指标为空';
comment on column staging.performance_indicator.target_unit is '指标值的单位；没有为空';
comment on column staging.performance_indicator.actual_value is '实际完成值的数值；定性指标为空';
comment on column staging.performance_indicator.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
comment on column staging.performance_indicator.repair_reason is '修复或存疑的理由';
comment on column staging.performance_indicator.page is '页码，自 1 起；文本文件为空';
comment on column staging.performance_indicator.line_no is '文本文件的行号，自 1 起';
comment on column staging.performance_indicator.is_met is '实际完成值是否达到指标值；方向或数值不能确定、以及以前的解析为空';
