-- Results of identities. Grain: one identity instance of a parse.
create view staging.check_result as
select
    parse_id,
    check_no,
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
    page,
    file_no
from warehouse.check_result;

comment on view staging.check_result is '勾稽关系的核对结果。粒度：每次解析的每个规则实例一行';
comment on column staging.check_result.rule_id is '规则编号 A1 至 P9';
comment on column staging.check_result.rule is '规则的含义';
comment on column staging.check_result.table_code is '标准表编号；跨表者为主表；情况说明、绩效等与表无关者为空';
comment on column staging.check_result.row_key is '行标识：表中的行、说明的对象，或项目与绩效指标';
comment on column staging.check_result.left_value is '等式左边，以 unit 计';
comment on column staging.check_result.right_value is '等式右边，以 unit 计';
comment on column staging.check_result.difference is '左边减右边，以 unit 计';
comment on column staging.check_result.envelope is '四舍五入可以解释的最大差额，以 unit 计';
comment on column staging.check_result.unit is '各数的单位：万元、%、分、个';
comment on column staging.check_result.cells is '参与的单元格：表/行/指标';
comment on column staging.check_result.page is '页码，自 1 起；文本文件或跨页为空';
