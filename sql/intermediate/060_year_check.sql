-- The identities across two years (Y1 to Y3). Grain: one identity (current document × rule × row).
create view intermediate.year_check as
with

document as (
    select * from intermediate.current_parse
),

change_check as (
    select * from intermediate.change_check
),

opening_check as (
    select * from intermediate.opening_check
)

-- The offset keeps PostgreSQL from planning all of this anew for every column that somebody asks for.
select
    document.document_id,
    checked.*
from document
cross join lateral (
    select
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
    from change_check
    where change_check.document_id = document.document_id
    union all
    select
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
    from opening_check
    where opening_check.document_id = document.document_id
    offset 0
) as checked;

comment on view intermediate.year_check is '跨年度的勾稽关系（Y1 至 Y3）。粒度：每个现行文件的每个规则、每行一行';
comment on column intermediate.year_check.document_id is '本年文件版本编号';
comment on column intermediate.year_check.rule_id is '规则编号 Y1 至 Y3；预算的为 YN';
comment on column intermediate.year_check.rule is '规则的含义';
comment on column intermediate.year_check.table_code is '同一数所在的标准表；各表均无为空';
comment on column intermediate.year_check.row_key is '所说的对象或表中的行';
comment on column intermediate.year_check.unit is '各数的单位：万元';
