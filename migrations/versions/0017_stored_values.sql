-- What a cell of a workbook stores where its number format shows another number.
alter table warehouse.amount add column stored_value numeric;
comment on column warehouse.amount.stored_value is '电子表格单元格内存储的数，未经数字格式，以印出的单位计；与显示的数相同或不是电子表格的为空';
