"""Where documents come from: the sources of the manifests, the files seen at each address, every attempt."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.postgresql import ARRAY

from warehouse.records.reading import Scope
from warehouse.records.sources import FetchOutcome, Purpose, SourceType
from warehouse.schema.models.base import column, key, metadata, one_of, refers, text, year

TIME = DateTime(timezone=True)

# division_code is what a manifest says, not a place the warehouse must know.
source = Table(
    "source",
    metadata,
    key("source_id", Integer, "来源编号（仓库内部）"),
    text("manifest", "所在清单的文件名"),
    text("name", "来源名称，清单内唯一"),
    text("type", "类型：url 单个文件、listing 列表页、folder 文件夹、glob 路径通配"),
    text("address", "网址、文件夹或通配路径"),
    column("departments", ARRAY(Text), "预期的部门名称；未说明为空数组"),
    year("fiscal_year", "预期的决算年度；未说明为空", null=True),
    text("kind", "预期的文件种类：final_accounts 决算、budget 预算", refers("document_kind", "name")),
    text("scope", "预期的口径：department 部门、unit 单位；未说明为空", null=True),
    text("division_code", "预期的行政区划代码；未说明为空", null=True),
    column("due_on", Date, "应公开日期；未说明为空", null=True),
    column("first_listed_at", TIME, "首次列入清单的同步时间"),
    column("last_listed_at", TIME, "最近一次列入清单的同步时间"),
    column("retired_at", TIME, "清单不再列入的时间；仍列入为空", null=True),
    UniqueConstraint("manifest", "name"),
    one_of("type", SourceType),
    one_of("scope", Scope),
    CheckConstraint("division_code ~ '^[0-9]{6}$'", name="division_code"),
    comment="来源：清单中的一项，何处公开、预期什么。粒度：每个清单的每个来源一行",
)

source_file = Table(
    "source_file",
    metadata,
    key("source_file_id", Integer, "来源文件编号（仓库内部）"),
    column("source_id", Integer, "最近一次由哪个来源找到", refers("source", "source_id")),
    text("address", "网址，或文件的 file: 地址"),
    text("sha256", "文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置"),
    text("file_name", "文件名"),
    text("media_type", "按内容判断的类型：application/pdf、text/plain"),
    column("size_bytes", BigInteger, "文件大小（字节）"),
    text("etag", "服务器所给的 ETag；文件夹中的文件为其大小、时间与编号；无为空", null=True),
    text("last_modified", "服务器所给的 Last-Modified 原文；无为空", null=True),
    column("is_current", Boolean, "是否该地址最近所见的文件"),
    column("first_seen_at", TIME, "在该地址首次见到的时间"),
    column("last_seen_at", TIME, "最近一次见到或经服务器确认未变的时间"),
    column("verified_at", TIME, "最近一次完整取得并核对内容的时间"),
    column("vanished_at", TIME, "发现该地址已无此文件的时间；仍在或已被替换为空", null=True),
    UniqueConstraint("address", "sha256", name="source_file_natural_key"),
    CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
    CheckConstraint("size_bytes > 0", name="size_bytes"),
    CheckConstraint("length(address) <= 2000", name="address"),
    CheckConstraint("first_seen_at <= last_seen_at", name="seen"),
    CheckConstraint("is_current or vanished_at is null", name="vanished_at"),
    Index("source_file_current_key", "address", unique=True, postgresql_where=sql("is_current")),
    Index("source_file_sha256_idx", "sha256"),
    Index("source_file_source_idx", "source_id"),
    comment="来源文件：某一地址先后出现过的每个不同文件，旧的不删。粒度：每个地址的每个 SHA-256 一行",
)

sync_run = Table(
    "sync_run",
    metadata,
    key("run_id", Integer, "同步编号（仓库内部）"),
    text("manifest", "清单的文件名"),
    column("started_at", TIME, "开始时间"),
    column("finished_at", TIME, "结束时间；进行中或中断为空", null=True),
    comment="同步：按一份清单查看一遍全部来源。粒度：每次同步一行",
)

fetch_attempt = Table(
    "fetch_attempt",
    metadata,
    key("fetch_id", BigInteger, "取件编号（仓库内部）"),
    column("run_id", Integer, "同步编号", refers("sync_run", "run_id")),
    column("source_id", Integer, "来源编号", refers("source", "source_id")),
    text("address", "网址、文件的 file: 地址，或读不出的来源本身"),
    text("purpose", "目的：document 取文件、listing 取列表页"),
    column("attempt_no", SmallInteger, "本次同步中对该地址的第几次尝试，自 1 起"),
    column("started_at", TIME, "开始时间"),
    column("seconds", Numeric(12, 3), "用时（秒），不含为礼让对方服务器而等待的时间"),
    column("http_status", SmallInteger, "HTTP 状态码；未得到答复或非 HTTP 为空", null=True),
    column("received_bytes", BigInteger, "收到的正文字节数"),
    text(
        "outcome",
        "结果：new 新、changed 已替换、returned 重现、unchanged 未变、vanished 消失、absent 仍无、failed 失败、"
        "retried 失败后重试",
    ),
    text("reason", "原因或说明；没有为空", null=True),
    text("sha256", "取得内容的 SHA-256；未取得为空", null=True),
    one_of("purpose", Purpose),
    one_of("outcome", FetchOutcome),
    CheckConstraint("attempt_no >= 1", name="attempt_no"),
    CheckConstraint("seconds >= 0", name="seconds"),
    Index("fetch_attempt_address_idx", "address", "fetch_id"),
    Index("fetch_attempt_run_idx", "run_id"),
    comment="取件记录：每次尝试及其结果。粒度：每次同步、每个地址的每次尝试一行",
)
