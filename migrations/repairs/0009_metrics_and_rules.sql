-- Since: 0009
-- When: to_regclass('warehouse.metric') is null
-- Found: the tables of metrics and rules were missing

-- The upgrade fills these tables from the declarations, also the two that were there without sums.
drop table warehouse.item_wording;
drop table warehouse.item;

create table warehouse.item (
    table_code text not null,
    item_key text not null,
    side text,
    label text not null,
    row_key text not null,
    parent_key text,
    sums text,
    sort_order smallint not null,
    constraint item_pkey primary key (table_code, item_key),
    constraint item_sums_check check (sums in ('items', 'side')),
    constraint item_side_check check (side in ('income', 'expenditure')),
    constraint item_table_code_fkey foreign key(table_code) references warehouse.standard_table (table_code)
);
comment on table warehouse.item is '标准表中不是科目的行，各文件印出的名称不同而标识相同，由 warehouse/kinds 的声明写入。粒度：每张标准表的每个这样的行一行';
comment on column warehouse.item.table_code is '标准表编号';
comment on column warehouse.item.item_key is '行的标识，例如 opening_balance';
comment on column warehouse.item.side is '左右并列的表中所在的一侧：income 收入、expenditure 支出；其余为空';
comment on column warehouse.item.label is '行的规范中文名称';
comment on column warehouse.item.row_key is '以规范名称印出时的 row_key';
comment on column warehouse.item.parent_key is '其中项所属的行；不是其中项为空';
comment on column warehouse.item.sums is '该行是何者之和：items 本侧各项、side 本侧全部；不是合计为空';
comment on column warehouse.item.sort_order is '在该表中的行序';

create table warehouse.item_wording (
    table_code text not null,
    wording text not null,
    item_key text not null,
    constraint item_wording_pkey primary key (table_code, wording),
    constraint item_wording_table_code_item_key_fkey foreign key(table_code, item_key) references warehouse.item (table_code, item_key)
);
comment on table warehouse.item_wording is '行的各种印法：认出一行是哪一项，由 warehouse/kinds 的声明写入。粒度：每张标准表的每个印法一行';
comment on column warehouse.item_wording.table_code is '标准表编号';
comment on column warehouse.item_wording.wording is '行的 row_key，名称去除空白、标点与“与、和”之别';
comment on column warehouse.item_wording.item_key is '行的标识';

create table warehouse.table_side (
    table_code text not null,
    side text not null,
    table_number text not null,
    measure_id smallint not null,
    total_key text not null,
    balance_keys text[] not null,
    constraint table_side_pkey primary key (table_code, side),
    constraint table_side_side_check check (side in ('income', 'expenditure')),
    constraint table_side_table_code_fkey foreign key(table_code) references warehouse.standard_table (table_code),
    constraint table_side_measure_id_fkey foreign key(measure_id) references warehouse.measure (measure_id)
);
comment on table warehouse.table_side is '左右并列的表的两侧：本年合计与其下应有的各行，由 warehouse/kinds 的声明写入。粒度：每张这样的表的每一侧一行';
comment on column warehouse.table_side.table_code is '标准表编号';
comment on column warehouse.table_side.side is '一侧：income 收入、expenditure 支出';
comment on column warehouse.table_side.table_number is '印在表上的编号，如 公开01表';
comment on column warehouse.table_side.measure_id is '该侧首列的编号';
comment on column warehouse.table_side.total_key is '本年合计行的标识';
comment on column warehouse.table_side.balance_keys is '本年合计与总计之间应有的各行的标识，其中项除外';

create table warehouse.metric_family (
    family text not null,
    kind text not null,
    label text not null,
    prefix text,
    classification text,
    side text,
    table_code text,
    measure text,
    measure_id smallint,
    constraint metric_family_pkey primary key (family),
    constraint metric_family_classification_check check (classification in ('functional', 'economic')),
    constraint metric_family_side_check check (side in ('income', 'expenditure')),
    constraint metric_family_kind_fkey foreign key(kind) references warehouse.document_kind (name),
    constraint metric_family_table_code_measure_fkey foreign key(table_code, measure) references warehouse.measure (table_code, measure),
    constraint metric_family_measure_id_fkey foreign key(measure_id) references warehouse.measure (measure_id)
);
comment on table warehouse.metric_family is '可比指标的类别，由 warehouse/kinds 的声明写入。粒度：每个类别一行';
comment on column warehouse.metric_family.family is '类别，例如 headline';
comment on column warehouse.metric_family.kind is '文件种类，连接 document_kind';
comment on column warehouse.metric_family.label is '类别的中文名称';
comment on column warehouse.metric_family.prefix is '科目指标名称的前缀；不按科目者为空';
comment on column warehouse.metric_family.classification is '每个科目代码一个指标者所按的分类：functional 支出功能分类、economic 支出经济分类；其余为空';
comment on column warehouse.metric_family.side is '科目指标占比的分母：income 本年收入、expenditure 本年支出；不计占比为空';
comment on column warehouse.metric_family.table_code is '科目指标所在的标准表编号；其余为空';
comment on column warehouse.metric_family.measure is '科目指标所在列；其余为空';
comment on column warehouse.metric_family.measure_id is '科目指标所在列的编号（含标准表）；其余为空';

create table warehouse.metric (
    metric text not null,
    kind text not null,
    metric_no smallint not null,
    label text not null,
    family text not null,
    side text,
    unit text not null,
    table_code text,
    item_key text,
    measure text,
    is_usual boolean not null,
    measure_id smallint,
    row_key text,
    row_side text,
    table_number text,
    constraint metric_pkey primary key (metric),
    constraint metric_side_check check (side in ('income', 'expenditure')),
    constraint metric_kind_fkey foreign key(kind) references warehouse.document_kind (name),
    constraint metric_family_fkey foreign key(family) references warehouse.metric_family (family),
    constraint metric_table_code_item_key_fkey foreign key(table_code, item_key) references warehouse.item (table_code, item_key),
    constraint metric_table_code_measure_fkey foreign key(table_code, measure) references warehouse.measure (table_code, measure),
    constraint metric_measure_id_fkey foreign key(measure_id) references warehouse.measure (measure_id)
);
comment on table warehouse.metric is '可比指标（科目指标除外），由 warehouse/kinds 的声明写入。粒度：每个指标一行';
comment on column warehouse.metric.metric is '可比指标，例如 expenditure';
comment on column warehouse.metric.kind is '文件种类，连接 document_kind';
comment on column warehouse.metric.metric_no is '排列序号';
comment on column warehouse.metric.label is '指标的中文名称';
comment on column warehouse.metric.family is '类别，连接 metric_family';
comment on column warehouse.metric.side is '占比的分母：income 本年收入、expenditure 本年支出；不计占比为空';
comment on column warehouse.metric.unit is '单位';
comment on column warehouse.metric.table_code is '所在标准表编号；只见于情况说明者为空';
comment on column warehouse.metric.item_key is '所在行，连接 item；只见于情况说明者为空';
comment on column warehouse.metric.measure is '所在列；只见于情况说明者为空';
comment on column warehouse.metric.is_usual is '未指明指标时是否列入比较';
comment on column warehouse.metric.measure_id is '所在列的编号（含标准表）；只见于情况说明者为空';
comment on column warehouse.metric.row_key is '所在行以规范名称印出时的 row_key；只见于情况说明者为空';
comment on column warehouse.metric.row_side is '所在行的一侧：income 收入、expenditure 支出；不分侧为空';
comment on column warehouse.metric.table_number is '所在标准表印出的编号；只见于情况说明者为空';

create table warehouse.metric_stated (
    metric text not null,
    choice smallint not null,
    kind text not null,
    subject text not null,
    measure text not null,
    constraint metric_stated_pkey primary key (metric, choice),
    constraint metric_stated_metric_fkey foreign key(metric) references warehouse.metric (metric)
);
comment on table warehouse.metric_stated is '可比指标在情况说明中的出处，由 warehouse/kinds 的声明写入。粒度：每个指标的每个出处一行';
comment on column warehouse.metric_stated.metric is '可比指标';
comment on column warehouse.metric_stated.choice is '先后，自 1 起：取最先印出者，且仅在表中没有时';
comment on column warehouse.metric_stated.kind is '种类，同 stated_figure.kind';
comment on column warehouse.metric_stated.subject is '对象，同 stated_figure.subject';
comment on column warehouse.metric_stated.measure is '指标，同 stated_figure.measure';

create table warehouse.check_rule (
    kind text not null,
    rule_id text not null,
    says text not null,
    severity text not null,
    blocks_comparison boolean not null,
    is_of_narrative boolean not null,
    constraint check_rule_pkey primary key (kind, rule_id),
    constraint check_rule_severity_check check (severity in ('error', 'warning')),
    constraint check_rule_kind_fkey foreign key(kind) references warehouse.document_kind (name)
);
comment on table warehouse.check_rule is '勾稽关系的规则，由 warehouse/kinds 的声明写入。粒度：每个种类的每个规则编号一行';
comment on column warehouse.check_rule.kind is '文件种类，连接 document_kind';
comment on column warehouse.check_rule.rule_id is '规则编号';
comment on column warehouse.check_rule.says is '规则的含义';
comment on column warehouse.check_rule.severity is '轻重：error 差错、warning 提醒';
comment on column warehouse.check_rule.blocks_comparison is '不符或无法判定时，所涉之数是否不可用于比较';
comment on column warehouse.check_rule.is_of_narrative is '是否与情况说明的核对：所述有误不使表中之数不可靠';
