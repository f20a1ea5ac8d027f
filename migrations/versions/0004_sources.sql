-- Revision 0004: where documents come from, the files seen at each address, and every attempt to fetch one.

create table warehouse.source (
    source_id integer generated always as identity,
    manifest text not null,
    name text not null,
    type text not null,
    address text not null,
    departments text[] not null,
    fiscal_year smallint,
    kind text not null,
    scope text,
    division_code text,
    due_on date,
    first_listed_at timestamp with time zone not null,
    last_listed_at timestamp with time zone not null,
    retired_at timestamp with time zone,
    constraint source_pkey primary key (source_id),
    constraint source_manifest_name_key unique (manifest, name),
    constraint source_type_check check (type in ('url', 'listing', 'folder', 'glob')),
    constraint source_kind_check check (kind in ('final_accounts', 'budget')),
    constraint source_scope_check check (scope in ('department', 'unit')),
    constraint source_division_code_check check (division_code ~ '^[0-9]{6}$')
);
comment on table warehouse.source is '来源：清单中的一项，何处公开、预期什么。粒度：每个清单的每个来源一行';
comment on column warehouse.source.source_id is '来源编号（仓库内部）';
comment on column warehouse.source.manifest is '所在清单的文件名';
comment on column warehouse.source.name is '来源名称，清单内唯一';
comment on column warehouse.source.type is '类型：url 单个文件、listing 列表页、folder 文件夹、glob 路径通配';
comment on column warehouse.source.address is '网址、文件夹或通配路径';
comment on column warehouse.source.departments is '预期的部门名称；未说明为空数组';
comment on column warehouse.source.fiscal_year is '预期的决算年度；未说明为空';
comment on column warehouse.source.kind is '预期的文件种类：final_accounts 决算、budget 预算';
comment on column warehouse.source.scope is '预期的口径：department 部门、unit 单位；未说明为空';
comment on column warehouse.source.division_code is '预期的行政区划代码；未说明为空';
comment on column warehouse.source.due_on is '应公开日期；未说明为空';
comment on column warehouse.source.first_listed_at is '首次列入清单的同步时间';
comment on column warehouse.source.last_listed_at is '最近一次列入清单的同步时间';
comment on column warehouse.source.retired_at is '清单不再列入的时间；仍列入为空';

create table warehouse.source_file (
    source_file_id integer generated always as identity,
    source_id integer not null,
    address text not null,
    sha256 text not null,
    file_name text not null,
    media_type text not null,
    size_bytes bigint not null,
    etag text,
    last_modified text,
    is_current boolean not null,
    first_seen_at timestamp with time zone not null,
    last_seen_at timestamp with time zone not null,
    verified_at timestamp with time zone not null,
    vanished_at timestamp with time zone,
    constraint source_file_pkey primary key (source_file_id),
    constraint source_file_natural_key unique (address, sha256),
    constraint source_file_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint source_file_size_bytes_check check (size_bytes > 0),
    constraint source_file_address_check check (length(address) <= 2000),
    constraint source_file_seen_check check (first_seen_at <= last_seen_at),
    constraint source_file_vanished_at_check check (is_current or vanished_at is null),
    constraint source_file_source_id_fkey foreign key(source_id) references warehouse.source (source_id)
);
comment on table warehouse.source_file is '来源文件：某一地址先后出现过的每个不同文件，旧的不删。粒度：每个地址的每个 SHA-256 一行';
comment on column warehouse.source_file.source_file_id is '来源文件编号（仓库内部）';
comment on column warehouse.source_file.source_id is '最近一次由哪个来源找到';
comment on column warehouse.source_file.address is '网址，或文件的 file: 地址';
comment on column warehouse.source_file.sha256 is '文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置';
comment on column warehouse.source_file.file_name is '文件名';
comment on column warehouse.source_file.media_type is '按内容判断的类型：application/pdf、text/plain';
comment on column warehouse.source_file.size_bytes is '文件大小（字节）';
comment on column warehouse.source_file.etag is '服务器所给的 ETag；文件夹中的文件为其大小、时间与编号；无为空';
comment on column warehouse.source_file.last_modified is '服务器所给的 Last-Modified 原文；无为空';
comment on column warehouse.source_file.is_current is '是否该地址最近所见的文件';
comment on column warehouse.source_file.first_seen_at is '在该地址首次见到的时间';
comment on column warehouse.source_file.last_seen_at is '最近一次见到或经服务器确认未变的时间';
comment on column warehouse.source_file.verified_at is '最近一次完整取得并核对内容的时间';
comment on column warehouse.source_file.vanished_at is '发现该地址已无此文件的时间；仍在或已被替换为空';
create unique index source_file_current_key on warehouse.source_file (address) where is_current;
create index source_file_sha256_idx on warehouse.source_file (sha256);
create index source_file_source_idx on warehouse.source_file (source_id);

create table warehouse.sync_run (
    run_id integer generated always as identity,
    manifest text not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    constraint sync_run_pkey primary key (run_id)
);
comment on table warehouse.sync_run is '同步：按一份清单查看一遍全部来源。粒度：每次同步一行';
comment on column warehouse.sync_run.run_id is '同步编号（仓库内部）';
comment on column warehouse.sync_run.manifest is '清单的文件名';
comment on column warehouse.sync_run.started_at is '开始时间';
comment on column warehouse.sync_run.finished_at is '结束时间；进行中或中断为空';

create table warehouse.fetch_attempt (
    fetch_id bigint generated always as identity,
    run_id integer not null,
    source_id integer not null,
    address text not null,
    purpose text not null,
    attempt_no smallint not null,
    started_at timestamp with time zone not null,
    seconds numeric(12, 3) not null,
    http_status smallint,
    received_bytes bigint not null,
    outcome text not null,
    reason text,
    sha256 text,
    constraint fetch_attempt_pkey primary key (fetch_id),
    constraint fetch_attempt_purpose_check check (purpose in ('document', 'listing')),
    constraint fetch_attempt_outcome_check check (outcome in ('new', 'changed', 'returned', 'unchanged', 'vanished', 'absent', 'failed', 'retried')),
    constraint fetch_attempt_attempt_no_check check (attempt_no >= 1),
    constraint fetch_attempt_seconds_check check (seconds >= 0),
    constraint fetch_attempt_run_id_fkey foreign key(run_id) references warehouse.sync_run (run_id),
    constraint fetch_attempt_source_id_fkey foreign key(source_id) references warehouse.source (source_id)
);
comment on table warehouse.fetch_attempt is '取件记录：每次尝试及其结果。粒度：每次同步、每个地址的每次尝试一行';
comment on column warehouse.fetch_attempt.fetch_id is '取件编号（仓库内部）';
comment on column warehouse.fetch_attempt.run_id is '同步编号';
comment on column warehouse.fetch_attempt.source_id is '来源编号';
comment on column warehouse.fetch_attempt.address is '网址、文件的 file: 地址，或读不出的来源本身';
comment on column warehouse.fetch_attempt.purpose is '目的：document 取文件、listing 取列表页';
comment on column warehouse.fetch_attempt.attempt_no is '本次同步中对该地址的第几次尝试，自 1 起';
comment on column warehouse.fetch_attempt.started_at is '开始时间';
comment on column warehouse.fetch_attempt.seconds is '用时（秒），不含为礼让对方服务器而等待的时间';
comment on column warehouse.fetch_attempt.http_status is 'HTTP 状态码；未得到答复或非 HTTP 为空';
comment on column warehouse.fetch_attempt.received_bytes is '收到的正文字节数';
comment on column warehouse.fetch_attempt.outcome is '结果：new 新、changed 已替换、returned 重现、unchanged 未变、vanished 消失、absent 仍无、failed 失败、retried 失败后重试';
comment on column warehouse.fetch_attempt.reason is '原因或说明；没有为空';
comment on column warehouse.fetch_attempt.sha256 is '取得内容的 SHA-256；未取得为空';
create index fetch_attempt_address_idx on warehouse.fetch_attempt (address, fetch_id);
create index fetch_attempt_run_idx on warehouse.fetch_attempt (run_id);
