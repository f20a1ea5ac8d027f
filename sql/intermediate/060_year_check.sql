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
    page,
    file_no
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
    page,
    file_no
from intermediate.opening_check;

comment on view intermediate.year_check is '跨年度的勾稽关系（Y1 至 Y3）。粒度：每个现行文件的每个规则、每行一行';
comment on column intermediate.year_check.document_id is '本年文件版本编号';
comment on column intermediate.year_check.rule_id is '规则编号 Y1 至 Y3';
comment on column intermediate.year_check.rule is '规则的含义';
comment on column intermediate.year_check.table_code is '同一数所在的标准表；各表均无为空';
comment on column intermediate.year_check.row_key is '所说的对象或表中的行';
comment on column intermediate.year_check.unit is '各数的单位：万元';
