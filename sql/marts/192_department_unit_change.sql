-- How the list of units changed since the year before. Grain: one current document with a list in both years.
-- Key: document_id.
create view mart.department_unit_change as
with

document as (
    select * from mart.published_document
),

unit_change as (
    select * from intermediate.unit_change
)

select
    document.{shared},
    unit_change.units,
    unit_change.last_units as prior_units,
    unit_change.units_added,
    unit_change.units_removed,
    unit_change.units_kept,
    cardinality(unit_change.units_added) + cardinality(unit_change.units_removed) > 0 as is_changed,
    unit_change.last_document_id as prior_document_id,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from unit_change
inner join document on document.document_id = unit_change.document_id;

comment on view mart.department_unit_change is '单位构成与上年相比的变化：单位有增减的，两年的部门口径数字所含单位不同（现行文件，两年都列有单位）。粒度：每个文件一行';
comment on column mart.department_unit_change.units is '本年所列单位个数';
comment on column mart.department_unit_change.prior_units is '上年所列单位个数';
comment on column mart.department_unit_change.units_added is '本年增加的单位，如本年所印；没有为空数组';
comment on column mart.department_unit_change.units_removed is '本年减少的单位，如上年所印；没有为空数组';
comment on column mart.department_unit_change.units_kept is '两年都列有的单位个数；本级视为同一个，不论名称';
comment on column mart.department_unit_change.is_changed is '单位是否有增减';
comment on column mart.department_unit_change.prior_document_id is '上年文件版本编号';
