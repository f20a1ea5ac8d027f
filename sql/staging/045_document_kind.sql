-- Kinds of document. Grain: one kind.
create view staging.document_kind as
select
    name as kind,
    label,
    due_years_later
from warehouse.document_kind;

comment on view staging.document_kind is '文件种类。粒度：每个种类一行';
comment on column staging.document_kind.label is '文件种类的中文名称';
comment on column staging.document_kind.due_years_later is '清单未写应公开日期者，应在其年度之后第几年年底前公开';
