-- Revision 0005: the nightly run: runs and their reports, and the result of reading every file.

create table warehouse.run (
    run_id integer generated always as identity,
    manifest text not null,
    started_at timestamp with time zone not null,
    ended_at timestamp with time zone,
    exit_status smallint,
    constraint run_pkey primary key (run_id),
    constraint run_ended_check check ((ended_at is null) = (exit_status is null))
);
comment on table warehouse.run is '每夜的运行：取件、入队、读取、核对。粒度：每次运行一行';
comment on column warehouse.run.run_id is '运行编号（仓库内部）';
comment on column warehouse.run.manifest is '来源清单的文件名';
comment on column warehouse.run.started_at is '开始时间（数据库时钟）';
comment on column warehouse.run.ended_at is '结束时间；运行中或中断为空';
comment on column warehouse.run.exit_status is '退出状态，含义见 docs/nightly.md；运行中或中断为空';

create table warehouse.run_measure (
    run_id integer not null,
    measure text not null,
    value numeric not null,
    constraint run_measure_pkey primary key (run_id, measure),
    constraint run_measure_run_id_fkey foreign key(run_id) references warehouse.run (run_id)
);
comment on table warehouse.run_measure is '运行报告的数字，据以与上一夜比较。粒度：每次运行的每个指标一行';
comment on column warehouse.run_measure.run_id is '运行编号';
comment on column warehouse.run_measure.measure is '指标：取件与读取的件数，或运行结束时仓库的行数与金额（万元）';
comment on column warehouse.run_measure.value is '数值；金额以万元计';

create table warehouse.run_problem (
    run_id integer not null,
    problem_no integer not null,
    kind text not null,
    subject text not null,
    reason text not null,
    constraint run_problem_pkey primary key (run_id, problem_no),
    constraint run_problem_kind_check check (kind in ('fetch', 'failed', 'quarantined', 'held', 'postponed', 'audit', 'machine')),
    constraint run_problem_run_id_fkey foreign key(run_id) references warehouse.run (run_id)
);
comment on table warehouse.run_problem is '运行报告中的问题。粒度：每次运行的每个问题一行';
comment on column warehouse.run_problem.run_id is '运行编号';
comment on column warehouse.run_problem.problem_no is '序号，自 1 起';
comment on column warehouse.run_problem.kind is '种类：fetch 未取到、failed 无法读取、quarantined 隔离、held 暂不公布、postponed 推迟、audit 核对不符、machine 机器故障';
comment on column warehouse.run_problem.subject is '涉及的文件、地址或核对查询';
comment on column warehouse.run_problem.reason is '原因';

create table warehouse.reading (
    sha256 text not null,
    parser_version text not null,
    source_name text not null,
    address text,
    status text not null,
    attempts smallint not null,
    faults smallint not null,
    outcome text,
    reason text,
    error text,
    run_id integer,
    queued_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    constraint reading_pkey primary key (sha256, parser_version),
    constraint reading_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint reading_counts_check check (attempts >= 0 and faults >= 0),
    constraint reading_ended_check check ((status in ('waiting', 'reading')) = (ended_at is null)),
    constraint reading_status_check check (status in ('waiting', 'reading', 'loaded', 'held', 'failed', 'postponed', 'quarantined')),
    constraint reading_run_id_fkey foreign key(run_id) references warehouse.run (run_id)
);
comment on table warehouse.reading is '待读与已读的文件：同一文件由同一版本的解析程序只作一次结论。粒度：每个文件的每个程序版本一行';
comment on column warehouse.reading.sha256 is '文件内容的 SHA-256（小写十六进制）';
comment on column warehouse.reading.parser_version is '解析程序版本';
comment on column warehouse.reading.source_name is '文件名';
comment on column warehouse.reading.address is '来源地址或路径；未知为空';
comment on column warehouse.reading.status is '状态：waiting 等待、reading 读取中、loaded 已入库、held 已入库而暂不公布、failed 无法读取、postponed 因机器故障推迟、quarantined 多次中断而隔离';
comment on column warehouse.reading.attempts is '已开始的读取次数；机器故障者不计';
comment on column warehouse.reading.faults is '本轮遇到的机器故障次数';
comment on column warehouse.reading.outcome is '入库结果：new_document、new_version、reparsed、unchanged；未入库为空';
comment on column warehouse.reading.reason is '最近一次未成的原因；没有为空';
comment on column warehouse.reading.error is '原因的类别，例如 Scanned 扫描件、Encrypted 加密；没有为空';
comment on column warehouse.reading.run_id is '最近一次使其入队的运行；手工入队为空';
comment on column warehouse.reading.queued_at is '最近一次入队时间';
comment on column warehouse.reading.started_at is '最近一次开始读取的时间';
comment on column warehouse.reading.ended_at is '有结论的时间；未有结论为空';
create index reading_run_idx on warehouse.reading (run_id);
create index reading_status_idx on warehouse.reading (status);
