-- File versions that are withdrawn: stored, and not public. Grain: one file version.
-- For mart.…_as_of(day) sql/as_of/withdrawn.sql is used instead.
create view intermediate.withdrawn as
select
    document_id,
    reason,
    withdrawn_at
from staging.withdrawal
where undone_at is null;

comment on view intermediate.withdrawn is '已撤回的文件版本：仍保存而不公开。粒度：每个已撤回的文件版本一行';
comment on column intermediate.withdrawn.reason is '撤回的理由';
comment on column intermediate.withdrawn.withdrawn_at is '撤回时间：自此时起公开视图不再显示';
