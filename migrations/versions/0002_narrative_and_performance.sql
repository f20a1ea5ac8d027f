-- Revision 0002: the narrative's figures, the performance forms and the results of the identities.

create table warehouse.stated_figure (
    parse_id integer not null,
    kind text not null,
    subject text not null,
    measure text not null,
    functional_subject_id integer,
    value numeric,
    unit text,
    text text,
    printed text not null,
    status text not null,
    repair_reason text,
    page integer,
    line_no integer,
    constraint stated_figure_pkey primary key (parse_id, kind, subject, measure),
    constraint stated_figure_status_check check (status in ('as_printed', 'repaired', 'doubtful')),
    constraint stated_figure_says_something_check check (value is not null or text is not null or status = 'doubtful'),
    constraint stated_figure_repair_reason_check check (status = 'as_printed' or repair_reason is not null),
    constraint stated_figure_page_check check (page >= 1),
    constraint stated_figure_line_no_check check (line_no >= 1),
    constraint stated_figure_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id),
    constraint stated_figure_functional_subject_id_fkey foreign key(functional_subject_id) references warehouse.functional_subject (functional_subject_id)
);
comment on table warehouse.stated_figure is '情况说明中的数字与文字。粒度：每次解析 × 种类 × 对象 × 指标一行';
comment on column warehouse.stated_figure.parse_id is '解析编号';
comment on column warehouse.stated_figure.kind is '种类，例如 budget_vs_final、year_over_year、three_public_detail';
comment on column warehouse.stated_figure.subject is '所说的对象：印出的名称，或 all、TOTAL、operating_cost 等';
comment on column warehouse.stated_figure.measure is '指标，例如 initial_budget、final、change、reason';
comment on column warehouse.stated_figure.functional_subject_id is '功能分类科目编号；对象不是科目或无法对应时为空';
comment on column warehouse.stated_figure.value is '数值，以 unit 计，减少、下降为负；以文字回答者为空';
comment on column warehouse.stated_figure.unit is 'value 的单位：万元、元、%、个、辆、人次等；文字为空';
comment on column warehouse.stated_figure.text is '以文字回答者的文字，例如增减原因；其余为空';
comment on column warehouse.stated_figure.printed is '读出数值的原文';
comment on column warehouse.stated_figure.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
comment on column warehouse.stated_figure.repair_reason is '修复或存疑的理由';
comment on column warehouse.stated_figure.page is '页码，自 1 起；文本文件为空';
comment on column warehouse.stated_figure.line_no is '文本文件的行号，自 1 起';

create table warehouse.performance_project (
    parse_id integer not null,
    form_no smallint not null,
    project text not null,
    kind text not null,
    competent_department text,
    implementing_unit text,
    fiscal_year smallint,
    initial_budget numeric,
    adjusted_budget numeric,
    executed numeric,
    execution_rate_pct numeric,
    execution_weight numeric,
    execution_score numeric,
    total_score numeric,
    grade text,
    target_text text,
    actual_text text,
    functional_subject_id integer,
    is_whole boolean not null,
    page integer,
    line_no integer,
    constraint performance_project_pkey primary key (parse_id, form_no),
    constraint performance_project_kind_check check (kind in ('project', 'department')),
    constraint performance_project_form_no_check check (form_no >= 1),
    constraint performance_project_page_check check (page >= 1),
    constraint performance_project_line_no_check check (line_no >= 1),
    constraint performance_project_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id),
    constraint performance_project_functional_subject_id_fkey foreign key(functional_subject_id) references warehouse.functional_subject (functional_subject_id)
);
comment on table warehouse.performance_project is '绩效自评表。粒度：每次解析的每张自评表一行';
comment on column warehouse.performance_project.parse_id is '解析编号';
comment on column warehouse.performance_project.form_no is '自评表在文件中的序号，自 1 起，按印出顺序';
comment on column warehouse.performance_project.project is '项目名称（部门整体自评为部门名称），如印出';
comment on column warehouse.performance_project.kind is '自评对象：project 项目、department 部门整体';
comment on column warehouse.performance_project.competent_department is '主管部门；未印为空';
comment on column warehouse.performance_project.implementing_unit is '实施单位；未印为空';
comment on column warehouse.performance_project.fiscal_year is '自评年度；未印为空';
comment on column warehouse.performance_project.initial_budget is '年初预算数（万元）';
comment on column warehouse.performance_project.adjusted_budget is '全年（调整）预算数（万元）';
comment on column warehouse.performance_project.executed is '全年执行数（万元）';
comment on column warehouse.performance_project.execution_rate_pct is '预算执行率（%）';
comment on column warehouse.performance_project.execution_weight is '预算执行率的分值';
comment on column warehouse.performance_project.execution_score is '预算执行率的得分';
comment on column warehouse.performance_project.total_score is '自评总分';
comment on column warehouse.performance_project.grade is '自评等级，如 优、良、中、差；未印为空';
comment on column warehouse.performance_project.target_text is '年度总体目标：预期目标；未印为空';
comment on column warehouse.performance_project.actual_text is '年度总体目标：实际完成情况；未印为空';
comment on column warehouse.performance_project.functional_subject_id is '所用资金的功能分类科目编号；无法对应时为空';
comment on column warehouse.performance_project.is_whole is '自评表是否全部读出';
comment on column warehouse.performance_project.page is '起始页，自 1 起；文本文件为空';
comment on column warehouse.performance_project.line_no is '文本文件的起始行号，自 1 起';

create table warehouse.performance_fund (
    parse_id integer not null,
    form_no smallint not null,
    fund_no smallint not null,
    source text not null,
    initial_budget numeric,
    adjusted_budget numeric,
    executed numeric,
    constraint performance_fund_pkey primary key (parse_id, form_no, fund_no),
    constraint performance_fund_parse_id_form_no_fkey foreign key(parse_id, form_no) references warehouse.performance_project (parse_id, form_no),
    constraint performance_fund_fund_no_check check (fund_no >= 1)
);
comment on table warehouse.performance_fund is '绩效自评表的资金来源（不含合计行）。粒度：每张自评表的每个资金来源一行';
comment on column warehouse.performance_fund.parse_id is '解析编号';
comment on column warehouse.performance_fund.form_no is '自评表在文件中的序号';
comment on column warehouse.performance_fund.fund_no is '资金来源在表中的序号，自 1 起';
comment on column warehouse.performance_fund.source is '资金来源，如印出：财政拨款、单位资金等';
comment on column warehouse.performance_fund.initial_budget is '年初预算数（万元）';
comment on column warehouse.performance_fund.adjusted_budget is '全年（调整）预算数（万元）';
comment on column warehouse.performance_fund.executed is '全年执行数（万元）';

create table warehouse.performance_management (
    parse_id integer not null,
    form_no smallint not null,
    item_no smallint not null,
    item text not null,
    weight numeric,
    score numeric,
    constraint performance_management_pkey primary key (parse_id, form_no, item_no),
    constraint performance_management_parse_id_form_no_fkey foreign key(parse_id, form_no) references warehouse.performance_project (parse_id, form_no),
    constraint performance_management_item_no_check check (item_no >= 1)
);
comment on table warehouse.performance_management is '绩效自评表的预算资金管理事项。粒度：每张自评表的每个管理事项一行';
comment on column warehouse.performance_management.parse_id is '解析编号';
comment on column warehouse.performance_management.form_no is '自评表在文件中的序号';
comment on column warehouse.performance_management.item_no is '管理事项在表中的序号，自 1 起';
comment on column warehouse.performance_management.item is '管理事项，如印出：安排科学性、拨付合规性等';
comment on column warehouse.performance_management.weight is '分值';
comment on column warehouse.performance_management.score is '得分';

create table warehouse.performance_indicator (
    parse_id integer not null,
    form_no smallint not null,
    seq smallint not null,
    level1 text,
    level2 text,
    level3 text,
    target text,
    actual text,
    weight numeric,
    score numeric,
    deviation_pct numeric,
    reason text,
    target_operator text,
    target_value numeric,
    target_unit text,
    actual_value numeric,
    status text not null,
    repair_reason text,
    page integer,
    line_no integer,
    constraint performance_indicator_pkey primary key (parse_id, form_no, seq),
    constraint performance_indicator_parse_id_form_no_fkey foreign key(parse_id, form_no) references warehouse.performance_project (parse_id, form_no),
    constraint performance_indicator_target_operator_check check (target_operator in ('=', '>=', '<=', '>', '<')),
    constraint performance_indicator_status_check check (status in ('as_printed', 'repaired', 'doubtful')),
    constraint performance_indicator_repair_reason_check check (status = 'as_printed' or repair_reason is not null),
    constraint performance_indicator_seq_check check (seq >= 1),
    constraint performance_indicator_page_check check (page >= 1),
    constraint performance_indicator_line_no_check check (line_no >= 1)
);
comment on table warehouse.performance_indicator is '绩效自评表的指标。粒度：每张自评表的每个指标一行';
comment on column warehouse.performance_indicator.parse_id is '解析编号';
comment on column warehouse.performance_indicator.form_no is '自评表在文件中的序号';
comment on column warehouse.performance_indicator.seq is '指标在表中的序号，自 1 起，按印出顺序';
comment on column warehouse.performance_indicator.level1 is '一级指标；未印为空';
comment on column warehouse.performance_indicator.level2 is '二级指标；未印为空';
comment on column warehouse.performance_indicator.level3 is '三级指标；未印为空';
comment on column warehouse.performance_indicator.target is '年度指标值原文；未印为空';
comment on column warehouse.performance_indicator.actual is '实际完成值原文；未印为空';
comment on column warehouse.performance_indicator.weight is '分值';
comment on column warehouse.performance_indicator.score is '得分';
comment on column warehouse.performance_indicator.deviation_pct is '偏差率（%）';
comment on column warehouse.performance_indicator.reason is '偏差原因及改进措施；未印为空';
comment on column warehouse.performance_indicator.target_operator is '指标值的关系：=、>=、<=、>、<；定性指标为空';
comment on column warehouse.performance_indicator.target_value is '指标值的数值；定性指标为空';
comment on column warehouse.performance_indicator.target_unit is '指标值的单位；没有为空';
comment on column warehouse.performance_indicator.actual_value is '实际完成值的数值；定性指标为空';
comment on column warehouse.performance_indicator.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
comment on column warehouse.performance_indicator.repair_reason is '修复或存疑的理由';
comment on column warehouse.performance_indicator.page is '页码，自 1 起；文本文件为空';
comment on column warehouse.performance_indicator.line_no is '文本文件的行号，自 1 起';

create table warehouse.check_result (
    parse_id integer not null,
    check_no integer not null,
    rule_id text not null,
    rule text not null,
    table_code text,
    row_key text,
    measure text,
    left_value numeric,
    right_value numeric,
    difference numeric,
    envelope numeric,
    unit text not null,
    outcome text not null,
    explanation text not null,
    cells text[] not null,
    also_fits text,
    page integer,
    constraint check_result_pkey primary key (parse_id, check_no),
    constraint check_result_outcome_check check (outcome in ('exact', 'rounding', 'broken', 'not_applicable', 'undetermined')),
    constraint check_result_check_no_check check (check_no >= 1),
    constraint check_result_page_check check (page >= 1),
    constraint check_result_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id)
);
comment on table warehouse.check_result is '勾稽关系的核对结果。粒度：每次解析的每个规则实例一行';
comment on column warehouse.check_result.parse_id is '解析编号';
comment on column warehouse.check_result.check_no is '在该次解析中的序号，自 1 起';
comment on column warehouse.check_result.rule_id is '规则编号 A1 至 P9';
comment on column warehouse.check_result.rule is '规则的含义';
comment on column warehouse.check_result.table_code is '标准表编号；跨表者为主表；情况说明、绩效等与表无关者为空';
comment on column warehouse.check_result.row_key is '行标识：表中的行、说明的对象，或项目与绩效指标';
comment on column warehouse.check_result.measure is '指标（列）';
comment on column warehouse.check_result.left_value is '等式左边，以 unit 计';
comment on column warehouse.check_result.right_value is '等式右边，以 unit 计';
comment on column warehouse.check_result.difference is '左边减右边，以 unit 计';
comment on column warehouse.check_result.envelope is '四舍五入可以解释的最大差额，以 unit 计';
comment on column warehouse.check_result.unit is '各数的单位：万元、%、分、个';
comment on column warehouse.check_result.outcome is '结果：exact 相等、rounding 四舍五入之差、broken 不符、not_applicable 不适用、undetermined 无法判定';
comment on column warehouse.check_result.explanation is '结果说明';
comment on column warehouse.check_result.cells is '参与的单元格：表/行/指标';
comment on column warehouse.check_result.also_fits is '不符时另有何处与之相符；没有为空';
comment on column warehouse.check_result.page is '页码，自 1 起；文本文件或跨页为空';
create index check_result_outcome_idx on warehouse.check_result (parse_id, outcome);

create trigger stated_figure_is_immutable before update or delete or truncate on warehouse.stated_figure
    for each statement execute function warehouse.refuse_change();
create trigger performance_project_is_immutable before update or delete or truncate on warehouse.performance_project
    for each statement execute function warehouse.refuse_change();
create trigger performance_fund_is_immutable before update or delete or truncate on warehouse.performance_fund
    for each statement execute function warehouse.refuse_change();
create trigger performance_management_is_immutable before update or delete or truncate on warehouse.performance_management
    for each statement execute function warehouse.refuse_change();
create trigger performance_indicator_is_immutable before update or delete or truncate on warehouse.performance_indicator
    for each statement execute function warehouse.refuse_change();
create trigger check_result_is_immutable before update or delete or truncate on warehouse.check_result
    for each statement execute function warehouse.refuse_change();

comment on column warehouse.project_view.schema_name is '视图所在模式：staging、intermediate 或 mart';
