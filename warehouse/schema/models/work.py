"""The nightly work: each night's run, and what became of every file that was to be read."""

from sqlalchemy import CheckConstraint, DateTime, Index, Integer, Numeric, SmallInteger, Table, Text

from warehouse.schema.models.base import column, key, metadata, one_of, part_of_key, refers, text

STATUSES = ("waiting", "reading", "loaded", "held", "failed", "postponed", "quarantined")
DECISIONS = ("published", "rejected", "overtaken")
PROBLEMS = ("fetch", "failed", "quarantined", "held", "postponed", "audit", "machine")

run = Table(
    "run",
    metadata,
    key("run_id", Integer, "运行编号（仓库内部）"),
    text("manifest", "来源清单的文件名"),
    column("started_at", DateTime(timezone=True), "开始时间（数据库时钟）"),
    column("ended_at", DateTime(timezone=True), "结束时间；运行中或中断为空", null=True),
    column("exit_status", SmallInteger, "退出状态，含义见 docs/nightly.md；运行中或中断为空", null=True),
    CheckConstraint("(ended_at is null) = (exit_status is null)", name="ended"),
    comment="每夜的运行：取件、入队、读取、核对。粒度：每次运行一行",
)

run_measure = Table(
    "run_measure",
    metadata,
    part_of_key("run_id", Integer, "运行编号", refers("run", "run_id")),
    part_of_key("measure", Text, "指标：取件与读取的件数，或运行结束时仓库的行数与金额（万元）"),
    column("value", Numeric, "数值；金额以万元计"),
    comment="运行报告的数字，据以与上一夜比较。粒度：每次运行的每个指标一行",
)

run_problem = Table(
    "run_problem",
    metadata,
    part_of_key("run_id", Integer, "运行编号", refers("run", "run_id")),
    part_of_key("problem_no", Integer, "序号，自 1 起"),
    text(
        "kind",
        "种类：fetch 未取到、failed 无法读取、quarantined 隔离、held 暂不公布、"
        "postponed 推迟、audit 核对不符、machine 机器故障",
    ),
    text("subject", "涉及的文件、地址或核对查询"),
    text("reason", "原因"),
    one_of("kind", PROBLEMS),
    comment="运行报告中的问题。粒度：每次运行的每个问题一行",
)

reading = Table(
    "reading",
    metadata,
    part_of_key("sha256", Text, "文件内容的 SHA-256（小写十六进制）"),
    part_of_key("parser_version", Text, "解析程序版本"),
    text("source_name", "文件名"),
    text("address", "来源地址或路径；未知为空", null=True),
    text(
        "status",
        "状态：waiting 等待、reading 读取中、loaded 已入库、held 已入库而暂不公布、failed 无法读取、"
        "postponed 因机器故障推迟、quarantined 多次中断而隔离",
    ),
    column("attempts", SmallInteger, "已开始的读取次数；机器故障者不计"),
    column("faults", SmallInteger, "本轮遇到的机器故障次数"),
    text("outcome", "入库结果：new_document、new_version、reparsed、unchanged；未入库为空", null=True),
    text("reason", "最近一次未成的原因；没有为空", null=True),
    text("error", "原因的类别，例如 Scanned 扫描件、Encrypted 加密；没有为空", null=True),
    column("run_id", Integer, "最近一次使其入队的运行；手工入队为空", refers("run", "run_id"), null=True),
    column("queued_at", DateTime(timezone=True), "最近一次入队时间"),
    column("started_at", DateTime(timezone=True), "最近一次开始读取的时间", null=True),
    column("ended_at", DateTime(timezone=True), "有结论的时间；未有结论为空", null=True),
    CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
    CheckConstraint("attempts >= 0 and faults >= 0", name="counts"),
    CheckConstraint("(status in ('waiting', 'reading')) = (ended_at is null)", name="ended"),
    one_of("status", STATUSES),
    Index("reading_run_idx", "run_id"),
    Index("reading_status_idx", "status"),
    comment="待读与已读的文件：同一文件由同一版本的解析程序只作一次结论。粒度：每个文件的每个程序版本一行",
)

held_parse = Table(
    "held_parse",
    metadata,
    part_of_key("parse_id", Integer, "暂不公布的解析编号", refers("parse", "parse_id")),
    column("prior_parse_id", Integer, "当时公布的解析编号；当时没有公布为空", refers("parse", "parse_id"), null=True),
    text("reason", "暂不公布的原因"),
    column("dropped", Integer, "公布时将消失的金额个数"),
    column("changed", Integer, "文件未变而将改变的金额个数"),
    column("held_at", DateTime(timezone=True), "入库时间"),
    text("decision", "处理：published 已公布、rejected 不予公布、overtaken 该文件另有解析公布；未处理为空", null=True),
    column("decided_at", DateTime(timezone=True), "处理时间；未处理为空", null=True),
    CheckConstraint("dropped >= 0 and changed >= 0", name="counts"),
    CheckConstraint("(decision is null) = (decided_at is null)", name="decided"),
    one_of("decision", DECISIONS),
    comment="暂不公布的解析：年度尚未结束而不可能有决算、明显劣于已公布者、将使公布的金额大量消失或在文件未变时改变，须由人决定。粒度：每个这样的解析一行",
)
