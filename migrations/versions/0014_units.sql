-- Revision 0014: the units whose accounts a document sums, and what it prints about the body.

create table warehouse.department_unit (
    parse_id integer not null,
    unit_no smallint not null,
    unit text not null,
    body text not null,
    kind text,
    is_head_office boolean not null,
    printed text not null,
    page integer,
    line_no integer,
    file_no smallint not null,
    sheet text,
    cell text,
    box real[],
    constraint department_unit_pkey primary key (parse_id, unit_no),
    constraint department_unit_unit_no_check check (unit_no >= 1),
    constraint department_unit_page_check check (page >= 1),
    constraint department_unit_line_no_check check (line_no >= 1),
    constraint department_unit_file_no_check check (file_no >= 1),
    constraint department_unit_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    constraint department_unit_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    constraint department_unit_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id)
);
alter table warehouse.department_unit alter column box set statistics 0;
comment on table warehouse.department_unit is '部门决算单位构成：文件所列、其决算汇总在内的单位。粒度：每次解析的每个单位一行';
comment on column warehouse.department_unit.parse_id is '解析编号';
comment on column warehouse.department_unit.unit_no is '单位在所列次序中的序号，自 1 起';
comment on column warehouse.department_unit.unit is '单位名称，如印出；只印“本级”者为部门名称';
comment on column warehouse.department_unit.body is '用以比对的单位名称：去掉括号中的说明与“本级”';
comment on column warehouse.department_unit.kind is '单位性质，如印出，例如 行政单位、公益一类事业单位；未印为空';
comment on column warehouse.department_unit.is_head_office is '是否部门本级';
comment on column warehouse.department_unit.printed is '所据原文';
comment on column warehouse.department_unit.page is '页码，自 1 起；文本文件为空';
comment on column warehouse.department_unit.line_no is '文本文件的行号，自 1 起';
comment on column warehouse.department_unit.file_no is '所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.department_unit.sheet is '所在工作表的名称；不是电子表格的为空';
comment on column warehouse.department_unit.cell is '在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column warehouse.department_unit.box is '在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';
create trigger department_unit_is_immutable before update or delete or truncate on warehouse.department_unit
    for each statement execute function warehouse.refuse_change();

create table warehouse.body_fact (
    parse_id integer not null,
    fact text not null,
    value numeric,
    text text,
    printed text not null,
    page integer,
    line_no integer,
    file_no smallint not null,
    sheet text,
    cell text,
    box real[],
    constraint body_fact_pkey primary key (parse_id, fact),
    constraint body_fact_says_something_check check (value is not null or text is not null),
    constraint body_fact_value_check check (value >= 0),
    constraint body_fact_page_check check (page >= 1),
    constraint body_fact_line_no_check check (line_no >= 1),
    constraint body_fact_file_no_check check (file_no >= 1),
    constraint body_fact_cell_check check (cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'),
    constraint body_fact_box_check check (cardinality(box) = 4 and array_position(box, null) is null),
    constraint body_fact_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id)
);
alter table warehouse.body_fact alter column box set statistics 0;
comment on table warehouse.body_fact is '部门概况所印的事实：内设机构与人员的数目。粒度：每次解析的每项事实一行';
comment on column warehouse.body_fact.parse_id is '解析编号';
comment on column warehouse.body_fact.fact is '事实，例如 internal_institutions 内设机构、staff_authorised 编制、staff_actual 实有人数、staff_retired 离退休人员';
comment on column warehouse.body_fact.value is '数目；未印为空';
comment on column warehouse.body_fact.text is '名称，例如各内设机构的名称，以顿号分隔；未印为空';
comment on column warehouse.body_fact.printed is '所据原文';
comment on column warehouse.body_fact.page is '页码，自 1 起；文本文件为空';
comment on column warehouse.body_fact.line_no is '文本文件的行号，自 1 起';
comment on column warehouse.body_fact.file_no is '所在文件的序号，连接 document_file；没有具体位置的为 1';
comment on column warehouse.body_fact.sheet is '所在工作表的名称；不是电子表格的为空';
comment on column warehouse.body_fact.cell is '在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空';
comment on column warehouse.body_fact.box is '在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空';
create trigger body_fact_is_immutable before update or delete or truncate on warehouse.body_fact
    for each statement execute function warehouse.refuse_change();
