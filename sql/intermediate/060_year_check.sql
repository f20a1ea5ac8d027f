-- The identities across two years (Y1 to Y3). Grain: one identity (current document × rule × row).
create view intermediate.year_check as
select
    document_id,
    last_document_id,
    rule_id,
    rule,
    table_code,
    row_key,
    measure,
    left_value,
    right_value,
    difference,
    envelope,
    unit,
    outcome,
    explanation,
    cells,
    also_fits,
    page
from intermediate.change_check
union all
select
    document_id,
    last_document_id,
    rule_id,
    rule,
    table_code,
    row_key,
    measure,
    left_value,
    right_value,
    difference,
    envelope,
    unit,
    outcome,
    explanation,
    cells,
    also_fits,
    page
from intermediate.opening_check;

comment on view intermediate.year_check is '跨年度的勾稽关系（Y1 至 Y3）。粒度：每个现行文件的每个规则、每行一行';
comment on column intermediate.year_check.document_id is '本年文件版本编号';
comment on column intermediate.year_check.last_document_id is '上年文件版本编号';
comment on column intermediate.year_check.rule_id is '规则编号 Y1 至 Y3';
comment on column intermediate.year_check.rule is '规则的含义';
comment on column intermediate.year_check.table_code is '同一数所在的标准表；各表均无为空';
comment on column intermediate.year_check.row_key is '所说的对象或表中的行';
comment on column intermediate.year_check.measure is '指标（列）';
comment on column intermediate.year_check.left_value is '本年文件推算或印出的上年数（万元）';
comment on column intermediate.year_check.right_value is '上年文件印出之数（万元）';
comment on column intermediate.year_check.difference is '左边减右边（万元）';
comment on column intermediate.year_check.envelope is '四舍五入可以解释的最大差额（万元）';
comment on column intermediate.year_check.unit is '各数的单位：万元';
comment on column intermediate.year_check.outcome is '结果：exact、rounding、broken、not_applicable、undetermined';
comment on column intermediate.year_check.explanation is '结果说明';
comment on column intermediate.year_check.cells is '参与的单元格：表/行/指标，上年者前加年度';
comment on column intermediate.year_check.also_fits is '不符时另有何处与之相符；没有为空';
comment on column intermediate.year_check.page is '页码，自 1 起；文本文件为空';
