-- The amount columns of the standard tables. Grain: one standard table × measure.
create view intermediate.measure as
with

measure as (
    select * from staging.measure
)

select
    measure.table_code,
    measure.measure,
    measure.label,
    measure.sort_order
from measure;

comment on view intermediate.measure is '指标维度：标准表的金额列。粒度：每张标准表的每个指标一行';
comment on column intermediate.measure.measure is '指标（列）的英文名';
comment on column intermediate.measure.label is '指标（列）的规范中文名称';
comment on column intermediate.measure.sort_order is '在该表中的列序';
