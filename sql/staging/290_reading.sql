-- Files to be read or read: one result per file and parser version. Grain: one file × parser version.
create view staging.reading as
select
    sha256,
    parser_version,
    source_name,
    address,
    status,
    attempts,
    faults,
    outcome,
    reason,
    error,
    run_id,
    queued_at,
    started_at,
    ended_at
from warehouse.reading;

comment on view staging.reading is '待读与已读的文件：同一文件由同一版本的解析程序只作一次结论。粒度：每个文件的每个程序版本一行';
comment on column staging.reading.parser_version is '解析程序版本';
comment on column staging.reading.source_name is '文件名';
comment on column staging.reading.address is '来源地址或路径；未知为空';
comment on column staging.reading.status is '状态：waiting 等待、reading 读取中、loaded 已入库、held 已入库而暂不公布、failed 无法读取、postponed 因机器故障推迟、quarantined 多次中断而隔离';
comment on column staging.reading.attempts is '已开始的读取次数；机器故障者不计';
comment on column staging.reading.faults is '本轮遇到的机器故障次数';
comment on column staging.reading.outcome is '入库结果：new_document、new_version、reparsed、unchanged；未入库为空';
comment on column staging.reading.reason is '最近一次未成的原因；没有为空';
comment on column staging.reading.error is '原因的类别，例如 Scanned 扫描件、Encrypted 加密；没有为空';
comment on column staging.reading.run_id is '最近一次使其入队的运行；手工入队为空';
comment on column staging.reading.queued_at is '最近一次入队时间';
comment on column staging.reading.started_at is '最近一次开始读取的时间';
comment on column staging.reading.ended_at is '有结论的时间；未有结论为空';
