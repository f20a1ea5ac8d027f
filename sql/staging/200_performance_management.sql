-- Management items of self-evaluation forms. Grain: one item of a form.
create view staging.performance_management as
select
    parse_id,
    form_no,
    item_no,
    item,
    weight,
    score
from warehouse.performance_management;

comment on view staging.performance_management is '绩效自评表的预算资金管理事项。粒度：每张自评表的每个管理事项一行';
comment on column staging.performance_management.form_no is '自评表在文件中的序号';
comment on column staging.performance_management.item is '管理事项，如印出：安排科学性、拨付合规性等';
