-- Indicators of the self-evaluation forms. Grain: one indicator of a form (document version × form_no × seq).
-- Key: document_id, form_no, seq.
create view mart.performance_indicator as
with

document as (
    select * from mart.published_document
),

performance_project as (
    select * from staging.performance_project
),

performance_indicator as (
    select * from staging.performance_indicator
)

select
    document.{shared},
    performance_project.project,
    performance_indicator.seq,
    performance_indicator.level1,
    performance_indicator.level2,
    performance_indicator.level3,
    performance_indicator.target,
    performance_indicator.actual,
    performance_indicator.weight,
    performance_indicator.score,
    performance_indicator.deviation_pct,
    performance_indicator.reason,
    performance_indicator.target_operator,
    performance_indicator.target_value,
    performance_indicator.target_unit,
    performance_indicator.actual_value,
    performance_indicator.is_met,
    performance_indicator.form_no,
    performance_indicator.status,
    performance_indicator.repair_reason,
    performance_indicator.page,
    performance_indicator.line_no,
    document.is_current,
    document.slot_id,
    document.department_id,
    performance_indicator.file_no,
    performance_indicator.sheet,
    performance_indicator.cell,
    performance_indicator.box,
    document.kind as document_kind,
    case document.kind when 'budget' then 'target' else 'result' end as stage,
    {evidence_url(document.document_id, concat_ws('/', 'form', performance_indicator.form_no, performance_indicator.seq))}
        as evidence_url
from performance_indicator
inner join performance_project
    on performance_project.parse_id = performance_indicator.parse_id
    and performance_project.form_no = performance_indicator.form_no
inner join document on document.parse_id = performance_indicator.parse_id;

comment on view mart.performance_indicator is '绩效自评表的指标，含旧版本文件。粒度：每个文件版本的每张自评表、每个指标一行';
comment on column mart.performance_indicator.target is '年度指标值原文；未印为空';
comment on column mart.performance_indicator.actual is '实际完成值原文；未印为空';
comment on column mart.performance_indicator.reason is '偏差原因及改进措施；未印为空';
comment on column mart.performance_indicator.target_operator is '指标值的关系：=、>=、<=、>、<；未印符号的、定性指标为空';
comment on column mart.performance_indicator.line_no is '文本文件的行号，自 1 起';
