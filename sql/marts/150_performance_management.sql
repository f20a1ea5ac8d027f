-- Management items of the self-evaluation forms. Grain: one item of a form (document version × form_no × item_no).
-- Key: document_id, form_no, item_no.
create view mart.performance_management as
with

document as (
    select * from mart.published_document
),

performance_project as (
    select * from staging.performance_project
),

performance_management as (
    select * from staging.performance_management
)

select
    document.{shared},
    performance_project.project,
    performance_management.item,
    performance_management.weight,
    performance_management.score,
    performance_management.form_no,
    performance_management.item_no,
    document.is_current,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from performance_management
inner join performance_project
    on performance_project.parse_id = performance_management.parse_id
    and performance_project.form_no = performance_management.form_no
inner join document on document.parse_id = performance_management.parse_id;

comment on view mart.performance_management is '绩效自评表的预算资金管理事项，含旧版本文件。粒度：每个文件版本的每张自评表、每个管理事项一行';
comment on column mart.performance_management.item is '管理事项，如印出：安排科学性、拨付合规性等';
