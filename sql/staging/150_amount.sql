-- Amount cells of standard tables. Grain: one parse × standard table × row × measure.
create view staging.amount as
select
    parse_id,
    measure_id,
    row_key,
    functional_subject_id,
    economic_subject_id,
    row_label,
    case when is_unit_certain then case value_unit when '元' then value / 10000 else value end end::numeric(20, 6)
        as amount_wan,
    case when is_unit_certain and value_unit = '元' then value end::numeric(20, 2) as amount_yuan,
    value_unit,
    presence,
    case when is_unit_certain then status else 'doubtful' end as status,
    printed,
    printed_unit,
    case when is_unit_certain then repair_reason else concat_ws('；', '金额单位未能确定', repair_reason) end as repair_reason,
    page,
    line_no,
    row_no,
    column_no,
    is_unit_certain,
    item_key,
    file_no,
    sheet,
    cell,
    box,
    stored_value,
    project_code,
    case when value_unit <> '元' then value end::numeric(20, 6) as quantity,
    origin
from warehouse.amount;

comment on view staging.amount is '标准表的金额单元格。粒度：每次解析 × 标准表 × 行 × 指标一行';
comment on column staging.amount.measure_id is '指标编号（含标准表）';
comment on column staging.amount.row_key is '行标识：科目代码、TOTAL、PERSONNEL_TOTAL、PUBLIC_TOTAL、income:项目、expenditure:项目、all、unit:单位、name:名称、project:项目，几部分以 / 相连';
comment on column staging.amount.functional_subject_id is '功能分类科目编号';
comment on column staging.amount.economic_subject_id is '经济分类科目编号';
comment on column staging.amount.row_label is '印出的行名称（去除空白）';
comment on column staging.amount.amount_wan is '金额（万元）；计数行为计数本身，单位见 value_unit；空白、横线、无法确定或单位未能确定时为空';
comment on column staging.amount.amount_yuan is '金额（元）；计数行、单位未能确定时为空';
comment on column staging.amount.value_unit is 'value 的单位：元，或辆、台等计数单位';
comment on column staging.amount.printed_unit is '印出的单位';
comment on column staging.amount.origin is '读自何处：text 文字、picture 图像';
comment on column staging.amount.stored_value is '电子表格单元格内存储的数，未经数字格式，以印出的单位计；与显示的数相同或不是电子表格的为空';
comment on column staging.amount.is_unit_certain is '金额单位是否印出或由同一文件证明；空白、横线、计数行为是';
