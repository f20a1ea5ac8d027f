-- Withdrawals of file versions, also those that were undone. Grain: one withdrawal.
create view staging.withdrawal as
select
    withdrawal_id,
    version_id as document_id,
    reason,
    withdrawn_at,
    undone_at
from warehouse.withdrawal;

comment on view staging.withdrawal is '撤回：不再公开而仍保存的文件版本，含已恢复者。粒度：每次撤回一行';
comment on column staging.withdrawal.withdrawal_id is '撤回编号（仓库内部）';
comment on column staging.withdrawal.reason is '撤回的理由';
comment on column staging.withdrawal.withdrawn_at is '撤回时间：自此时起公开视图不再显示';
comment on column staging.withdrawal.undone_at is '恢复时间：自此时起公开视图重新显示；未恢复为空';
