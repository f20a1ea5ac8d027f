-- Revision 0001: the tables of schema warehouse. Three groups: dimensions, documents, figures.
-- Needs PostgreSQL 15 (unique nulls not distinct).

create table warehouse.jurisdiction (
    division_code text not null,
    name text not null,
    level text not null,
    parent_code text,
    constraint jurisdiction_pkey primary key (division_code),
    constraint jurisdiction_division_code_check check (division_code ~ '^[0-9]{6}$'),
    constraint jurisdiction_level_check check (level in ('central', 'province', 'prefecture', 'county')),
    constraint jurisdiction_parent_code_fkey foreign key(parent_code) references warehouse.jurisdiction (division_code)
);
comment on table warehouse.jurisdiction is '行政区划：部门所属的地区。粒度：每个区划代码一行';
comment on column warehouse.jurisdiction.division_code is '行政区划代码，六位数字（来源：民政部行政区划代码表）';
comment on column warehouse.jurisdiction.name is '行政区划名称';
comment on column warehouse.jurisdiction.level is '层级：central 中央、province 省级、prefecture 地级、county 县级';
comment on column warehouse.jurisdiction.parent_code is '上级行政区划代码；省级为空';

create table warehouse.department (
    department_id integer generated always as identity,
    name text not null,
    kind text,
    division_code text,
    constraint department_pkey primary key (department_id),
    constraint department_name_division_code_key unique nulls not distinct (name, division_code),
    constraint department_division_code_fkey foreign key(division_code) references warehouse.jurisdiction (division_code)
);
comment on table warehouse.department is '部门：公开决算的机构。粒度：每个地区的每个部门一行';
comment on column warehouse.department.department_id is '部门编号（仓库内部）';
comment on column warehouse.department.name is '部门名称；改名的部门保留一行，曾用名见 department_alias';
comment on column warehouse.department.kind is '部门类别，使不同地区的同类部门可比，如 工业和信息化；无法判断时为空';
comment on column warehouse.department.division_code is '所属行政区划代码；无法判断时为空';

create table warehouse.department_alias (
    department_id integer not null,
    name text not null,
    valid_from_year smallint,
    valid_to_year smallint,
    constraint department_alias_pkey primary key (department_id, name),
    constraint department_alias_years_check check (valid_from_year <= valid_to_year),
    constraint department_alias_department_id_fkey foreign key(department_id) references warehouse.department (department_id)
);
comment on table warehouse.department_alias is '部门名称及其使用年度：机构会改名。粒度：每个部门的每个名称一行';
comment on column warehouse.department_alias.department_id is '部门编号';
comment on column warehouse.department_alias.name is '该部门在文件中使用过的名称';
comment on column warehouse.department_alias.valid_from_year is '名称最早使用的决算年度；未知为空';
comment on column warehouse.department_alias.valid_to_year is '名称最晚使用的决算年度；未知为空';

create table warehouse.fiscal_year (
    fiscal_year smallint not null,
    constraint fiscal_year_pkey primary key (fiscal_year),
    constraint fiscal_year_fiscal_year_check check (fiscal_year between 1949 and 2200)
);
comment on table warehouse.fiscal_year is '年度维度。粒度：已入库文件涉及的每个年度一行';
comment on column warehouse.fiscal_year.fiscal_year is '决算所属年度（公历年），例如 2024';

create table warehouse.standard_table (
    table_code text not null,
    official_name text not null,
    row_key_kind text not null,
    sort_order smallint not null,
    constraint standard_table_pkey primary key (table_code),
    constraint standard_table_sort_order_key unique (sort_order),
    constraint standard_table_row_key_kind_check check (row_key_kind in ('functional_code', 'economic_code', 'item', 'all'))
);
comment on table warehouse.standard_table is '决算公开的标准表。粒度：每张标准表一行';
comment on column warehouse.standard_table.table_code is '标准表编号 GK01 至 GK10（公开01表至公开09表及统计表）';
comment on column warehouse.standard_table.official_name is '财政部格式规定的表名';
comment on column warehouse.standard_table.row_key_kind is '行的标识：functional_code 功能分类科目、economic_code 经济分类科目、item 项目名称、all 单行';
comment on column warehouse.standard_table.sort_order is '公开顺序';

create table warehouse.measure (
    measure_id smallint not null,
    table_code text not null,
    measure text not null,
    label text not null,
    sort_order smallint not null,
    constraint measure_pkey primary key (measure_id),
    constraint measure_table_code_measure_key unique (table_code, measure),
    constraint measure_table_code_fkey foreign key(table_code) references warehouse.standard_table (table_code)
);
comment on table warehouse.measure is '标准表的金额列。粒度：每张标准表的每个金额列一行';
comment on column warehouse.measure.measure_id is '指标编号（仓库内部）';
comment on column warehouse.measure.table_code is '标准表编号';
comment on column warehouse.measure.measure is '指标（列）的英文名，例如 fiscal_appropriation';
comment on column warehouse.measure.label is '指标（列）的规范中文名称';
comment on column warehouse.measure.sort_order is '在该表中的列序';

create table warehouse.functional_subject (
    functional_subject_id integer generated always as identity,
    code text not null,
    valid_from_year smallint,
    valid_to_year smallint,
    name text not null,
    level text not null,
    parent_code text,
    status text not null,
    constraint functional_subject_pkey primary key (functional_subject_id),
    constraint functional_subject_code_valid_from_year_key unique nulls not distinct (code, valid_from_year),
    constraint functional_subject_code_check check (code ~ '^[0-9]+$' and length(code) in (3, 5, 7)),
    constraint functional_subject_years_check check (valid_from_year <= valid_to_year),
    constraint functional_subject_parent_code_check check ((parent_code is null) = (length(code) = 3)),
    constraint functional_subject_level_check check (level in ('class', 'category', 'item')),
    constraint functional_subject_status_check check (status in ('confirmed', 'single-document', 'unverified-knowledge', 'as_published'))
);
comment on table warehouse.functional_subject is '支出功能分类科目：代码须与年度同看，名称会变。粒度：每个代码在每段适用年度一行，同一代码的各段互不重叠';
comment on column warehouse.functional_subject.functional_subject_id is '科目编号（仓库内部）';
comment on column warehouse.functional_subject.code is '支出功能分类科目代码';
comment on column warehouse.functional_subject.valid_from_year is '本行适用的首个年度；空表示自始适用';
comment on column warehouse.functional_subject.valid_to_year is '本行适用的末个年度；空表示至今适用';
comment on column warehouse.functional_subject.name is '科目名称：参考表所列名称；参考表未列的代码取文件印出的名称';
comment on column warehouse.functional_subject.level is '层级：class 类（3 位）、category 款（5 位）、item 项（7 位）';
comment on column warehouse.functional_subject.parent_code is '上级科目代码；类级为空';
comment on column warehouse.functional_subject.status is '依据：confirmed 多份文件印证、single-document 仅一份文件、unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出';

create table warehouse.functional_subject_name (
    functional_subject_id integer not null,
    name text not null,
    source text not null,
    first_year smallint,
    last_year smallint,
    constraint functional_subject_name_pkey primary key (functional_subject_id, name, source),
    constraint functional_subject_name_source_check check (source in ('reference', 'document')),
    constraint functional_subject_name_years_check check (first_year <= last_year),
    constraint functional_subject_name_functional_subject_id_fkey foreign key(functional_subject_id) references warehouse.functional_subject (functional_subject_id)
);
comment on table warehouse.functional_subject_name is '支出功能分类科目印出过的全部名称。粒度：每个科目、名称、来源一行';
comment on column warehouse.functional_subject_name.functional_subject_id is '科目编号';
comment on column warehouse.functional_subject_name.name is '文件印出的名称（去除空白）';
comment on column warehouse.functional_subject_name.source is '来源：reference 参考表、document 已入库文件';
comment on column warehouse.functional_subject_name.first_year is '印有该名称的最早年度；未知为空';
comment on column warehouse.functional_subject_name.last_year is '印有该名称的最晚年度；未知为空';

create table warehouse.economic_subject (
    economic_subject_id integer generated always as identity,
    code text not null,
    valid_from_year smallint,
    valid_to_year smallint,
    name text not null,
    level text not null,
    parent_code text,
    status text not null,
    constraint economic_subject_pkey primary key (economic_subject_id),
    constraint economic_subject_code_valid_from_year_key unique nulls not distinct (code, valid_from_year),
    constraint economic_subject_code_check check (code ~ '^[0-9]+$' and length(code) in (3, 5)),
    constraint economic_subject_years_check check (valid_from_year <= valid_to_year),
    constraint economic_subject_parent_code_check check ((parent_code is null) = (length(code) = 3)),
    constraint economic_subject_level_check check (level in ('class', 'category')),
    constraint economic_subject_status_check check (status in ('confirmed', 'single-document', 'unverified-knowledge', 'as_published'))
);
comment on table warehouse.economic_subject is '部门预算支出经济分类科目：代码须与年度同看，名称会变。粒度：每个代码在每段适用年度一行，同一代码的各段互不重叠';
comment on column warehouse.economic_subject.economic_subject_id is '科目编号（仓库内部）';
comment on column warehouse.economic_subject.code is '部门预算支出经济分类科目代码';
comment on column warehouse.economic_subject.valid_from_year is '本行适用的首个年度；空表示自始适用';
comment on column warehouse.economic_subject.valid_to_year is '本行适用的末个年度；空表示至今适用';
comment on column warehouse.economic_subject.name is '科目名称：参考表所列名称；参考表未列的代码取文件印出的名称';
comment on column warehouse.economic_subject.level is '层级：class 类（3 位）、category 款（5 位）';
comment on column warehouse.economic_subject.parent_code is '上级科目代码；类级为空';
comment on column warehouse.economic_subject.status is '依据：confirmed 多份文件印证、single-document 仅一份文件、unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出';

create table warehouse.economic_subject_name (
    economic_subject_id integer not null,
    name text not null,
    source text not null,
    first_year smallint,
    last_year smallint,
    constraint economic_subject_name_pkey primary key (economic_subject_id, name, source),
    constraint economic_subject_name_source_check check (source in ('reference', 'document')),
    constraint economic_subject_name_years_check check (first_year <= last_year),
    constraint economic_subject_name_economic_subject_id_fkey foreign key(economic_subject_id) references warehouse.economic_subject (economic_subject_id)
);
comment on table warehouse.economic_subject_name is '部门预算支出经济分类科目印出过的全部名称。粒度：每个科目、名称、来源一行';
comment on column warehouse.economic_subject_name.economic_subject_id is '科目编号';
comment on column warehouse.economic_subject_name.name is '文件印出的名称（去除空白）';
comment on column warehouse.economic_subject_name.source is '来源：reference 参考表、document 已入库文件';
comment on column warehouse.economic_subject_name.first_year is '印有该名称的最早年度；未知为空';
comment on column warehouse.economic_subject_name.last_year is '印有该名称的最晚年度；未知为空';

create table warehouse.project_view (
    schema_name text not null,
    view_name text not null,
    constraint project_view_pkey primary key (schema_name, view_name)
);
comment on table warehouse.project_view is '本项目创建的视图：升级时只删除并重建这些视图，分析人员自建的视图不动。粒度：每个视图一行';
comment on column warehouse.project_view.schema_name is '视图所在模式：staging 或 mart';
comment on column warehouse.project_view.view_name is '视图名称';

create table warehouse.document (
    document_id integer generated always as identity,
    department_id integer,
    fiscal_year smallint,
    kind text not null,
    scope text,
    unidentified_sha256 text,
    constraint document_pkey primary key (document_id),
    constraint document_natural_key unique nulls not distinct (department_id, fiscal_year, kind, scope, unidentified_sha256),
    constraint document_unidentified_check check ((unidentified_sha256 is not null) = (department_id is null or fiscal_year is null)),
    constraint document_kind_check check (kind in ('final_accounts', 'budget')),
    constraint document_scope_check check (scope in ('department', 'unit')),
    constraint document_department_id_fkey foreign key(department_id) references warehouse.department (department_id),
    constraint document_fiscal_year_fkey foreign key(fiscal_year) references warehouse.fiscal_year (fiscal_year)
);
comment on table warehouse.document is '文件位：部门 × 年度 × 种类 × 口径，更正后的文件占同一位。粒度：每个文件位一行';
comment on column warehouse.document.document_id is '文件位编号（仓库内部）';
comment on column warehouse.document.department_id is '部门编号；无法判断时为空';
comment on column warehouse.document.fiscal_year is '决算年度；无法判断时为空';
comment on column warehouse.document.kind is '文件种类：final_accounts 决算、budget 预算';
comment on column warehouse.document.scope is '口径：department 部门（含所属单位）、unit 单位本级；无法判断时为空';
comment on column warehouse.document.unidentified_sha256 is '部门或年度不明的文件以其 SHA-256 自成一位；其余为空';

create table warehouse.document_version (
    version_id integer generated always as identity,
    document_id integer not null,
    version_no smallint not null,
    sha256 text not null,
    source_name text not null,
    source_url text,
    format text not null,
    size_bytes bigint not null,
    pages integer,
    first_seen_at timestamp with time zone not null,
    last_seen_at timestamp with time zone not null,
    published_parse_id integer,
    constraint document_version_pkey primary key (version_id),
    constraint document_version_sha256_key unique (sha256),
    constraint document_version_document_id_version_no_key unique (document_id, version_no),
    constraint document_version_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint document_version_version_no_check check (version_no >= 1),
    constraint document_version_size_bytes_check check (size_bytes >= 0),
    constraint document_version_pages_check check (pages >= 0),
    constraint document_version_seen_check check (first_seen_at <= last_seen_at),
    constraint document_version_document_id_fkey foreign key(document_id) references warehouse.document (document_id)
);
comment on table warehouse.document_version is '文件版本：占用文件位的每个不同文件。粒度：每个 SHA-256 一行';
comment on column warehouse.document_version.version_id is '文件版本编号（仓库内部）；公开视图中的 document_id';
comment on column warehouse.document_version.document_id is '文件位编号';
comment on column warehouse.document_version.version_no is '在文件位中的版本序号，自 1 起，按入库先后';
comment on column warehouse.document_version.sha256 is '文件内容的 SHA-256（小写十六进制）';
comment on column warehouse.document_version.source_name is '文件名';
comment on column warehouse.document_version.source_url is '下载地址；未知为空';
comment on column warehouse.document_version.format is '文件格式：pdf、text 等';
comment on column warehouse.document_version.size_bytes is '文件大小（字节）';
comment on column warehouse.document_version.pages is '页数；文本文件为空';
comment on column warehouse.document_version.first_seen_at is '首次入库时间';
comment on column warehouse.document_version.last_seen_at is '最近一次带来新内容的入库时间';
comment on column warehouse.document_version.published_parse_id is '对外公布的解析编号；仅在装载事务中途为空';

create table warehouse.parse (
    parse_id integer generated always as identity,
    version_id integer not null,
    parser_version text not null,
    parsed_at timestamp with time zone not null,
    department text,
    department_kind text,
    fiscal_year smallint,
    kind text not null,
    scope text,
    province text,
    city text,
    county text,
    division_code text,
    jurisdiction_level text,
    published_on date,
    published_printed text,
    evidence jsonb not null,
    constraint parse_pkey primary key (parse_id),
    constraint parse_version_id_parser_version_key unique (version_id, parser_version),
    constraint parse_version_id_parse_id_key unique (version_id, parse_id),
    constraint parse_kind_check check (kind in ('final_accounts', 'budget')),
    constraint parse_scope_check check (scope in ('department', 'unit')),
    constraint parse_jurisdiction_level_check check (jurisdiction_level in ('central', 'province', 'prefecture', 'county')),
    constraint parse_version_id_fkey foreign key(version_id) references warehouse.document_version (version_id),
    constraint parse_division_code_fkey foreign key(division_code) references warehouse.jurisdiction (division_code)
);
comment on table warehouse.parse is '解析：某一版本的解析程序对一个文件的一次读取，写入后不再更改。粒度：每个文件版本的每个程序版本一行';
comment on column warehouse.parse.parse_id is '解析编号（仓库内部）';
comment on column warehouse.parse.version_id is '文件版本编号';
comment on column warehouse.parse.parser_version is '解析程序版本';
comment on column warehouse.parse.parsed_at is '入库时间';
comment on column warehouse.parse.department is '文件所示部门名称；无法判断时为空';
comment on column warehouse.parse.department_kind is '部门类别；无法判断时为空';
comment on column warehouse.parse.fiscal_year is '文件所示年度；无法判断时为空';
comment on column warehouse.parse.kind is '文件种类：final_accounts 决算、budget 预算';
comment on column warehouse.parse.scope is '口径：department 部门、unit 单位；无法判断时为空';
comment on column warehouse.parse.province is '文件所示省份；无法判断时为空';
comment on column warehouse.parse.city is '文件所示地级市；无或无法判断时为空';
comment on column warehouse.parse.county is '文件所示县（区）；无或无法判断时为空';
comment on column warehouse.parse.division_code is '部门所属行政区划代码；无法判断时为空';
comment on column warehouse.parse.jurisdiction_level is '层级：central、province、prefecture、county；无法判断时为空';
comment on column warehouse.parse.published_on is '公开日期；只印年月者取当月一日；未印为空';
comment on column warehouse.parse.published_printed is '印出的公开日期原文';
comment on column warehouse.parse.evidence is '依据：各项判断所依据的印出文字';

create table warehouse.parse_table (
    parse_id integer not null,
    table_code text not null,
    status text not null,
    title text,
    first_page integer,
    last_page integer,
    printed_unit text,
    statement text,
    is_whole boolean not null,
    evidence text[] not null,
    constraint parse_table_pkey primary key (parse_id, table_code),
    constraint parse_table_status_check check (status in ('present', 'empty_with_statement', 'blank', 'absent', 'unrecognised')),
    constraint parse_table_first_page_check check (first_page >= 1),
    constraint parse_table_pages_check check (first_page <= last_page),
    constraint parse_table_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id),
    constraint parse_table_table_code_fkey foreign key(table_code) references warehouse.standard_table (table_code)
);
comment on table warehouse.parse_table is '文件中每张标准表的公开情况。粒度：每次解析的每张标准表一行';
comment on column warehouse.parse_table.parse_id is '解析编号';
comment on column warehouse.parse_table.table_code is '标准表编号';
comment on column warehouse.parse_table.status is '公开情况：present 有数、empty_with_statement 声明无数据、blank 空表、absent 未公开、unrecognised 有表名而无法读出';
comment on column warehouse.parse_table.title is '印出的表名';
comment on column warehouse.parse_table.first_page is '起始页；文本文件为空';
comment on column warehouse.parse_table.last_page is '末页；文本文件为空';
comment on column warehouse.parse_table.printed_unit is '印出的金额单位：元、万元、亿元';
comment on column warehouse.parse_table.statement is '空表所附的说明原文';
comment on column warehouse.parse_table.is_whole is '是否全部行列均已读出';
comment on column warehouse.parse_table.evidence is '认定为该表的依据';

create table warehouse.amount (
    parse_id integer not null,
    measure_id smallint not null,
    row_key text collate "C" not null,
    functional_subject_id integer,
    economic_subject_id integer,
    row_label text not null,
    value numeric,
    value_unit text not null,
    presence text not null,
    status text not null,
    printed text not null,
    printed_unit text not null,
    repair_reason text,
    page integer,
    line_no integer,
    row_no integer not null,
    column_no smallint not null,
    constraint amount_pkey primary key (parse_id, measure_id, row_key),
    constraint amount_presence_check check (presence in ('number', 'blank', 'dash')),
    constraint amount_status_check check (status in ('as_printed', 'repaired', 'doubtful')),
    constraint amount_value_presence_check check (presence = 'number' or value is null),
    constraint amount_value_missing_check check (presence <> 'number' or value is not null or status = 'doubtful'),
    constraint amount_value_range_check check (abs(value) < 1e14),
    constraint amount_repair_reason_check check (status = 'as_printed' or repair_reason is not null),
    constraint amount_one_subject_check check (functional_subject_id is null or economic_subject_id is null),
    constraint amount_page_check check (page >= 1),
    constraint amount_row_no_check check (row_no >= 1),
    constraint amount_column_no_check check (column_no >= 1),
    constraint amount_line_no_check check (line_no >= 1),
    constraint amount_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id),
    constraint amount_measure_id_fkey foreign key(measure_id) references warehouse.measure (measure_id),
    constraint amount_functional_subject_id_fkey foreign key(functional_subject_id) references warehouse.functional_subject (functional_subject_id),
    constraint amount_economic_subject_id_fkey foreign key(economic_subject_id) references warehouse.economic_subject (economic_subject_id)
);
comment on table warehouse.amount is '标准表的金额单元格。粒度：每次解析 × 标准表 × 行 × 指标一行';
comment on column warehouse.amount.parse_id is '解析编号';
comment on column warehouse.amount.measure_id is '指标编号（含标准表）';
comment on column warehouse.amount.row_key is '行标识：科目代码、TOTAL、PERSONNEL_TOTAL、PUBLIC_TOTAL、income:项目、expenditure:项目、all';
comment on column warehouse.amount.functional_subject_id is '功能分类科目编号';
comment on column warehouse.amount.economic_subject_id is '经济分类科目编号';
comment on column warehouse.amount.row_label is '印出的行名称（去除空白）';
comment on column warehouse.amount.value is '精确值：value_unit 为元时以元计，否则为计数；空白、横线或无法确定时为空';
comment on column warehouse.amount.value_unit is 'value 的单位：元，或辆、台等计数单位';
comment on column warehouse.amount.presence is '单元格印有什么：number 数字（含 0）、blank 空白、dash 横线';
comment on column warehouse.amount.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
comment on column warehouse.amount.printed is '印出的原文';
comment on column warehouse.amount.printed_unit is '印出的单位';
comment on column warehouse.amount.repair_reason is '修复或存疑的理由';
comment on column warehouse.amount.page is '页码，自 1 起；文本文件为空';
comment on column warehouse.amount.line_no is '文本文件的行号，自 1 起';
comment on column warehouse.amount.row_no is '在（跨页连接后的）表中的行号，自 1 起';
comment on column warehouse.amount.column_no is '在表中的列号，自 1 起';

create table warehouse.doubt (
    parse_id integer not null,
    doubt_no smallint not null,
    what text not null,
    reason text not null,
    table_code text,
    row_key text,
    measure text,
    printed text,
    taken_as text,
    page integer,
    row_no integer,
    column_no smallint,
    constraint doubt_pkey primary key (parse_id, doubt_no),
    constraint doubt_page_check check (page >= 1),
    constraint doubt_row_no_check check (row_no >= 1),
    constraint doubt_column_no_check check (column_no >= 1),
    constraint doubt_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id),
    constraint doubt_table_code_fkey foreign key(table_code) references warehouse.standard_table (table_code)
);
comment on table warehouse.doubt is '疑点：读取时无法确定的事项。粒度：每次解析的每个疑点一行';
comment on column warehouse.doubt.parse_id is '解析编号';
comment on column warehouse.doubt.doubt_no is '在该次解析中的序号，自 1 起';
comment on column warehouse.doubt.what is '疑点类别（英文），例如 place_unknown';
comment on column warehouse.doubt.reason is '疑点说明';
comment on column warehouse.doubt.table_code is '标准表编号；与表无关者为空';
comment on column warehouse.doubt.row_key is '行标识';
comment on column warehouse.doubt.measure is '指标';
comment on column warehouse.doubt.printed is '印出的原文';
comment on column warehouse.doubt.taken_as is '按何值采用';
comment on column warehouse.doubt.page is '页码，自 1 起';
comment on column warehouse.doubt.row_no is '行号，自 1 起';
comment on column warehouse.doubt.column_no is '列号，自 1 起';

alter table warehouse.document_version
    add constraint document_version_published_parse_fkey foreign key (version_id, published_parse_id)
    references warehouse.parse (version_id, parse_id);

-- A parse is never changed once it is written; reading the file again makes a new parse.
create function warehouse.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of warehouse.% refused: a parse never changes, load a new one', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;
comment on function warehouse.refuse_change() is '拒绝更改或删除已写入的解析';

create trigger parse_is_immutable before update or delete or truncate on warehouse.parse
    for each statement execute function warehouse.refuse_change();
create trigger parse_table_is_immutable before update or delete or truncate on warehouse.parse_table
    for each statement execute function warehouse.refuse_change();
create trigger amount_is_immutable before update or delete or truncate on warehouse.amount
    for each statement execute function warehouse.refuse_change();
create trigger doubt_is_immutable before update or delete or truncate on warehouse.doubt
    for each statement execute function warehouse.refuse_change();

insert into warehouse.standard_table (table_code, official_name, row_key_kind, sort_order) values
    ('GK01', '收入支出决算总表', 'item', 1),
    ('GK02', '收入决算表', 'functional_code', 2),
    ('GK03', '支出决算表', 'functional_code', 3),
    ('GK04', '财政拨款收入支出决算总表', 'item', 4),
    ('GK05', '一般公共预算财政拨款支出决算表', 'functional_code', 5),
    ('GK06', '一般公共预算财政拨款基本支出决算明细表', 'economic_code', 6),
    ('GK07', '政府性基金预算财政拨款收入支出决算表', 'functional_code', 7),
    ('GK08', '国有资本经营预算财政拨款支出决算表', 'functional_code', 8),
    ('GK09', '财政拨款“三公”经费支出决算表', 'all', 9),
    ('GK10', '部门决算公开相关信息统计表', 'item', 10);

-- Labels as in the form of the Ministry of Finance. Ids are fixed, so that they are the same in every warehouse.
insert into warehouse.measure (measure_id, table_code, measure, label, sort_order) values
    (101, 'GK01', 'final', '决算数', 1),
    (201, 'GK02', 'total', '本年收入合计', 1),
    (202, 'GK02', 'fiscal_appropriation', '财政拨款收入', 2),
    (203, 'GK02', 'superior_subsidy', '上级补助收入', 3),
    (204, 'GK02', 'institutional', '事业收入', 4),
    (205, 'GK02', 'operating', '经营收入', 5),
    (206, 'GK02', 'subordinate_remittance', '附属单位上缴收入', 6),
    (207, 'GK02', 'other', '其他收入', 7),
    (301, 'GK03', 'total', '本年支出合计', 1),
    (302, 'GK03', 'basic', '基本支出', 2),
    (303, 'GK03', 'project', '项目支出', 3),
    (304, 'GK03', 'remitted_to_superior', '上缴上级支出', 4),
    (305, 'GK03', 'operating', '经营支出', 5),
    (306, 'GK03', 'subsidy_to_subordinates', '对附属单位补助支出', 6),
    (401, 'GK04', 'amount', '收入金额', 1),
    (402, 'GK04', 'total', '支出合计', 2),
    (403, 'GK04', 'general_public_budget', '一般公共预算财政拨款支出', 3),
    (404, 'GK04', 'government_fund', '政府性基金预算财政拨款支出', 4),
    (405, 'GK04', 'state_capital', '国有资本经营预算财政拨款支出', 5),
    (501, 'GK05', 'total', '本年支出合计', 1),
    (502, 'GK05', 'basic', '基本支出', 2),
    (503, 'GK05', 'project', '项目支出', 3),
    (601, 'GK06', 'final', '决算数', 1),
    (701, 'GK07', 'opening_balance', '年初结转和结余', 1),
    (702, 'GK07', 'income', '本年收入', 2),
    (703, 'GK07', 'total', '本年支出小计', 3),
    (704, 'GK07', 'basic', '本年基本支出', 4),
    (705, 'GK07', 'project', '本年项目支出', 5),
    (706, 'GK07', 'closing_balance', '年末结转和结余', 6),
    (801, 'GK08', 'total', '本年支出合计', 1),
    (802, 'GK08', 'basic', '基本支出', 2),
    (803, 'GK08', 'project', '项目支出', 3),
    (901, 'GK09', 'budget_total', '预算数：合计', 1),
    (902, 'GK09', 'budget_overseas', '预算数：因公出国（境）费', 2),
    (903, 'GK09', 'budget_vehicle_total', '预算数：公务用车购置及运行维护费小计', 3),
    (904, 'GK09', 'budget_vehicle_purchase', '预算数：公务用车购置费', 4),
    (905, 'GK09', 'budget_vehicle_operation', '预算数：公务用车运行维护费', 5),
    (906, 'GK09', 'budget_reception', '预算数：公务接待费', 6),
    (907, 'GK09', 'final_total', '决算数：合计', 7),
    (908, 'GK09', 'final_overseas', '决算数：因公出国（境）费', 8),
    (909, 'GK09', 'final_vehicle_total', '决算数：公务用车购置及运行维护费小计', 9),
    (910, 'GK09', 'final_vehicle_purchase', '决算数：公务用车购置费', 10),
    (911, 'GK09', 'final_vehicle_operation', '决算数：公务用车运行维护费', 11),
    (912, 'GK09', 'final_reception', '决算数：公务接待费', 12),
    (1001, 'GK10', 'value', '统计数', 1);
