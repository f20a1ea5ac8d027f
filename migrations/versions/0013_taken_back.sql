-- Revision 0013: file versions that were withdrawn, and files that were forgotten.

create table warehouse.withdrawal (
    withdrawal_id integer generated always as identity,
    version_id integer not null,
    reason text not null,
    withdrawn_at timestamp with time zone not null,
    undone_at timestamp with time zone,
    constraint withdrawal_pkey primary key (withdrawal_id),
    constraint withdrawal_undone_at_check check (undone_at >= withdrawn_at),
    constraint withdrawal_version_id_fkey foreign key(version_id) references warehouse.document_version (version_id)
);
comment on table warehouse.withdrawal is '撤回：不再公开而仍保存的文件版本，可以恢复。粒度：每次撤回一行';
comment on column warehouse.withdrawal.withdrawal_id is '撤回编号（仓库内部）';
comment on column warehouse.withdrawal.version_id is '文件版本编号';
comment on column warehouse.withdrawal.reason is '撤回的理由';
comment on column warehouse.withdrawal.withdrawn_at is '撤回时间：自此时起公开视图不再显示';
comment on column warehouse.withdrawal.undone_at is '恢复时间：自此时起公开视图重新显示；未恢复为空';
create unique index withdrawal_open_key on warehouse.withdrawal (version_id) where undone_at is null;
create index withdrawal_version_idx on warehouse.withdrawal (version_id);

create table warehouse.forgotten (
    sha256 text not null,
    document_sha256 text not null,
    is_file_kept boolean not null,
    reason text not null,
    forgotten_at timestamp with time zone not null,
    constraint forgotten_pkey primary key (sha256),
    constraint forgotten_sha256_check check (sha256 ~ '^[0-9a-f]{64}$')
);
comment on table warehouse.forgotten is '遗忘：连同内容一并删除、不得再次入库的文件，只留其 SHA-256、地址与理由。粒度：每个 SHA-256 一行';
comment on column warehouse.forgotten.sha256 is '文件或文件单的 SHA-256（小写十六进制）';
comment on column warehouse.forgotten.document_sha256 is '随哪份公开文件遗忘：该文件或其文件单的 SHA-256';
comment on column warehouse.forgotten.is_file_kept is '是否因另一份公开文件由其组成而留在归档中：不再单独入库，仍可作为其一部分';
comment on column warehouse.forgotten.reason is '遗忘的理由';
comment on column warehouse.forgotten.forgotten_at is '遗忘时间';
create index forgotten_document_idx on warehouse.forgotten (document_sha256);

create table warehouse.forgotten_address (
    address text not null,
    sha256 text not null,
    is_current boolean not null,
    etag text,
    last_modified text,
    checked_at timestamp with time zone not null,
    constraint forgotten_address_pkey primary key (address, sha256),
    constraint forgotten_address_sha256_fkey foreign key(sha256) references warehouse.forgotten (sha256) on delete cascade
);
comment on table warehouse.forgotten_address is '遗忘的文件曾在何处：其地址在一段时间内不再请求。粒度：每个地址的每个 SHA-256 一行';
comment on column warehouse.forgotten_address.address is '网址，或文件的 file: 地址';
comment on column warehouse.forgotten_address.sha256 is '遗忘的文件的 SHA-256';
comment on column warehouse.forgotten_address.is_current is '是否该地址最近所见的文件';
comment on column warehouse.forgotten_address.etag is '服务器所给的 ETag；文件夹中的文件为其大小、时间与编号；无为空';
comment on column warehouse.forgotten_address.last_modified is '服务器所给的 Last-Modified 原文；无为空';
comment on column warehouse.forgotten_address.checked_at is '最近一次查看该地址的时间';
create index forgotten_address_sha256_idx on warehouse.forgotten_address (sha256);
create unique index forgotten_address_current_key on warehouse.forgotten_address (address) where is_current;

alter table warehouse.fetch_attempt
    drop constraint fetch_attempt_outcome_check,
    add constraint fetch_attempt_outcome_check check (outcome in ('new', 'changed', 'returned', 'unchanged', 'vanished', 'absent', 'failed', 'forgotten', 'retried'));
comment on column warehouse.fetch_attempt.outcome is '结果：new 新、changed 已替换、returned 重现、unchanged 未变、vanished 消失、absent 仍无、failed 失败、forgotten 已遗忘而未留、retried 失败后重试';

-- The rows of a parse are still never changed; to forget a file is the only way to delete them.
create or replace function warehouse.refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('juesuan.forgetting', true) = 'on' then
        return null;
    end if;
    raise exception '% of warehouse.% refused: a parse never changes, load a new one', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;
comment on function warehouse.refuse_change() is '拒绝更改已写入的解析；删除只在遗忘文件时允许';
