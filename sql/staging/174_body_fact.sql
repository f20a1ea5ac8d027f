-- What a document prints about the body: institutions and staff. Grain: one parse × fact.
create view staging.body_fact as
select
    parse_id,
    fact,
    value,
    text,
    printed,
    page,
    line_no,
    file_no,
    sheet,
    cell,
    box
from warehouse.body_fact;

comment on view staging.body_fact is '部门概况所印的事实。粒度：每次解析的每项事实一行';
comment on column staging.body_fact.fact is '事实，例如 internal_institutions 内设机构、staff_authorised 编制';
comment on column staging.body_fact.value is '数目；未印为空';
comment on column staging.body_fact.text is '名称，例如各内设机构的名称；未印为空';
comment on column staging.body_fact.printed is '所据原文';
