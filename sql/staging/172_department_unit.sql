-- The units whose accounts a document sums. Grain: one parse × unit.
create view staging.department_unit as
select
    parse_id,
    unit_no,
    unit,
    body,
    kind,
    is_head_office,
    printed,
    page,
    line_no,
    file_no,
    sheet,
    cell,
    box
from warehouse.department_unit;

comment on view staging.department_unit is '部门决算单位构成。粒度：每次解析的每个单位一行';
comment on column staging.department_unit.unit_no is '单位在所列次序中的序号，自 1 起';
comment on column staging.department_unit.unit is '单位名称，如印出；只印“本级”者为部门名称';
comment on column staging.department_unit.body is '用以比对的单位名称：去掉括号中的说明与“本级”';
comment on column staging.department_unit.kind is '单位性质，如印出；未印为空';
comment on column staging.department_unit.is_head_office is '是否部门本级';
comment on column staging.department_unit.printed is '所据原文';
