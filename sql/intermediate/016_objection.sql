-- Why rows of standard tables and figures of the narrative are not sound. Select one parse at a time, else it is slow.
-- Grain: one identity × cell in it, and one table that was not read completely or whose unit is not certain (row_key null).
-- Without imports, each of which would be copied and planned with every view that asks.
create view intermediate.objection as
select
    parse_id,
    table_code as place,
    null as row_key,
    false as is_of_narrative,
    0 as objection_no,
    coalesce(case when is_unread then why_not end, why_no_unit) as why_not
from intermediate.table_state
where is_unread or not is_unit_certain
union all
select
    unsound_check.parse_id,
    split_part(cell.cell, '/', 1),
    substring(cell.cell from '^[^/]*/(.*)/[^/]*$'),
    unsound_check.is_of_narrative,
    -- Broken ones first, then undetermined ones.
    unsound_check.check_no + case unsound_check.outcome when 'broken' then 0 else 1000000 end,
    unsound_check.why_not
from intermediate.unsound_check
cross join unnest(unsound_check.cells) as cell (cell);

comment on view intermediate.objection is '使表中一行或情况说明所述之数不可靠的缘由。粒度：每个勾稽关系的每个单元格一行，未能全部读出或单位不明的表一行';
comment on column intermediate.objection.place is '标准表编号，或 stated（情况说明）';
comment on column intermediate.objection.row_key is '行标识；情况说明为 种类/对象；涉及全表为空';
comment on column intermediate.objection.objection_no is '先后：全表的在前，不符的在无法判定的之前';
comment on column intermediate.objection.why_not is '理由';
