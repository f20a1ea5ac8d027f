-- Slots: department × year × kind × scope. A corrected file has the slot of the file it corrects. Grain: one slot.
create view staging.document_slot as
select
    document_id as slot_id,
    department_id,
    fiscal_year,
    kind,
    scope,
    unidentified_sha256
from warehouse.document;

comment on view staging.document_slot is '文件位：部门 × 年度 × 种类 × 口径，更正后的文件占同一位。粒度：每个文件位一行';
comment on column staging.document_slot.slot_id is '文件位编号（仓库内部）';
comment on column staging.document_slot.scope is '口径：department 部门（含所属单位）、unit 单位本级；无法判断时为空';
comment on column staging.document_slot.unidentified_sha256 is '部门或年度不明的文件以其 SHA-256 自成一位；其余为空';
