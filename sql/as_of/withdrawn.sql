-- File versions that were withdrawn at the moment in the setting juesuan.as_of. Grain: one file version.
-- mart.…_as_of(day) reads this view in place of intermediate.withdrawn.
create view intermediate.withdrawn as
select
    document_id,
    reason,
    withdrawn_at
from staging.withdrawal
where
    withdrawn_at < current_setting('juesuan.as_of')::timestamptz
    and (undone_at is null or undone_at >= current_setting('juesuan.as_of')::timestamptz);

comment on view intermediate.withdrawn is '设置 juesuan.as_of 所指时刻已撤回的文件版本。粒度：每个当时已撤回的文件版本一行';
comment on column intermediate.withdrawn.reason is '撤回的理由';
comment on column intermediate.withdrawn.withdrawn_at is '撤回时间';
