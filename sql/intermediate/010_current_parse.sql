-- The parse in force of a slot: that of its newest version. Grain: one slot.
create view intermediate.current_parse as
with

published_document as (
    select * from mart.published_document
)

select
    document_id,
    parse_id,
    slot_id,
    department_id,
    fiscal_year,
    kind,
    scope
from published_document
where is_current;

comment on view intermediate.current_parse is '各文件位现行的解析：最新版本文件所公布的解析。粒度：每个文件位一行';
comment on column intermediate.current_parse.document_id is '文件版本编号';
comment on column intermediate.current_parse.parse_id is '解析编号';
comment on column intermediate.current_parse.slot_id is '文件位编号';
comment on column intermediate.current_parse.department_id is '部门编号；无法判断时为空';
comment on column intermediate.current_parse.fiscal_year is '决算年度；无法判断时为空';
comment on column intermediate.current_parse.kind is '文件种类：final_accounts 决算、budget 预算';
comment on column intermediate.current_parse.scope is '口径：department 部门、unit 单位；无法判断时为空';
