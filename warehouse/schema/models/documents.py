"""What was published: the slot, the files that filled it, and each reading of a file."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warehouse.records.reading import Level, Scope, TableStatus
from warehouse.schema.models.base import SCHEMA, column, key, metadata, one_of, part_of_key, refers, text, year

COUNTS = {
    "amounts_printed": "表格与正文中印出的金额个数（不含自评表与情况说明的句子），在识别之前单独清点；"
    "以前的解析未清点为空",
    "amounts_loaded": "印出的金额中已入库的个数；未清点为空",
    "amounts_doubtful": "印出的金额中由疑点指明的个数；未清点为空",
    "amounts_unaccounted": "印出的金额中既未入库、也无疑点指明、又不能证明不是金额的个数；未清点为空",
    "form_numbers": "绩效自评表中印出的数字个数；未清点为空",
    "narrative_numbers": "情况说明的句子中印出的数字个数；未清点为空",
}

document = Table(
    "document",
    metadata,
    key("document_id", Integer, "文件位编号（仓库内部）"),
    column("department_id", Integer, "部门编号；无法判断时为空", refers("department", "department_id"), null=True),
    year("fiscal_year", "决算年度；无法判断时为空", refers("fiscal_year", "fiscal_year"), null=True),
    text("kind", "文件种类：final_accounts 决算、budget 预算", refers("document_kind", "name")),
    text("scope", "口径：department 部门（含所属单位）、unit 单位本级；无法判断时为空", null=True),
    text("unidentified_sha256", "部门或年度不明的文件以其 SHA-256 自成一位；其余为空", null=True),
    UniqueConstraint(
        "department_id",
        "fiscal_year",
        "kind",
        "scope",
        "unidentified_sha256",
        name="document_natural_key",
        postgresql_nulls_not_distinct=True,
    ),
    CheckConstraint(
        "(unidentified_sha256 is not null) = (department_id is null or fiscal_year is null)", name="unidentified"
    ),
    one_of("scope", Scope),
    comment="文件位：部门 × 年度 × 种类 × 口径，更正后的文件占同一位。粒度：每个文件位一行",
)

document_version = Table(
    "document_version",
    metadata,
    key("version_id", Integer, "文件版本编号（仓库内部）；公开视图中的 document_id"),
    column("document_id", Integer, "文件位编号", refers("document", "document_id")),
    column("version_no", SmallInteger, "在文件位中的版本序号，自 1 起，按入库先后"),
    text("sha256", "文件内容的 SHA-256（小写十六进制）"),
    text("source_name", "文件名"),
    text("source_url", "下载地址；未知为空", null=True),
    text("format", "文件格式：pdf、text 等"),
    column("size_bytes", BigInteger, "文件大小（字节）"),
    column("pages", Integer, "页数；文本文件为空", null=True),
    column("first_seen_at", DateTime(timezone=True), "首次入库时间"),
    column("last_seen_at", DateTime(timezone=True), "最近一次带来新内容的入库时间"),
    column("published_parse_id", Integer, "对外公布的解析编号；装载事务中途及暂不公布的文件为空", null=True),
    UniqueConstraint("sha256"),
    UniqueConstraint("document_id", "version_no"),
    ForeignKeyConstraint(
        ["version_id", "published_parse_id"],
        [f"{SCHEMA}.parse.version_id", f"{SCHEMA}.parse.parse_id"],
        name="document_version_published_parse_fkey",
        use_alter=True,
    ),
    CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
    CheckConstraint("version_no >= 1", name="version_no"),
    CheckConstraint("size_bytes >= 0", name="size_bytes"),
    CheckConstraint("pages >= 0", name="pages"),
    CheckConstraint("first_seen_at <= last_seen_at", name="seen"),
    comment="文件版本：占用文件位的每个不同文件。粒度：每个 SHA-256 一行",
)

parse = Table(
    "parse",
    metadata,
    key("parse_id", Integer, "解析编号（仓库内部）"),
    column("version_id", Integer, "文件版本编号", refers("document_version", "version_id")),
    text("parser_version", "解析程序版本"),
    column("parsed_at", DateTime(timezone=True), "入库时间"),
    text("department", "文件所示部门名称；无法判断时为空", null=True),
    text("department_kind", "部门类别；无法判断时为空", null=True),
    year("fiscal_year", "文件所示年度；无法判断时为空", null=True),
    text("kind", "文件种类：final_accounts 决算、budget 预算", refers("document_kind", "name")),
    text("scope", "口径：department 部门、unit 单位；无法判断时为空", null=True),
    text("province", "文件所示省份；无法判断时为空", null=True),
    text("city", "文件所示地级市；无或无法判断时为空", null=True),
    text("county", "文件所示县（区）；无或无法判断时为空", null=True),
    text("division_code", "部门所属行政区划代码；无法判断时为空", refers("jurisdiction", "division_code"), null=True),
    text("jurisdiction_level", "层级：central、province、prefecture、county；无法判断时为空", null=True),
    column("published_on", Date, "公开日期；只印年月者取当月一日；未印为空", null=True),
    text("published_printed", "印出的公开日期原文", null=True),
    column("evidence", JSONB, "依据：各项判断所依据的印出文字"),
    *(column(name, Integer, comment, null=True) for name, comment in COUNTS.items()),
    UniqueConstraint("version_id", "parser_version"),
    UniqueConstraint("version_id", "parse_id"),
    one_of("scope", Scope),
    one_of("jurisdiction_level", Level),
    comment="解析：某一版本的解析程序对一个文件的一次读取，写入后不再更改。粒度：每个文件版本的每个程序版本一行",
)

parse_table = Table(
    "parse_table",
    metadata,
    part_of_key("parse_id", Integer, "解析编号", refers("parse", "parse_id")),
    part_of_key("table_code", Text, "标准表编号", refers("standard_table", "table_code")),
    text(
        "status",
        "公开情况：present 有数、partial 有数而行或列不全、empty_with_statement 声明无数据、blank 空表、"
        "absent 未见、unrecognised 有表名而无法读出",
    ),
    text("title", "印出的表名", null=True),
    column("first_page", Integer, "起始页；文本文件为空", null=True),
    column("last_page", Integer, "末页；文本文件为空", null=True),
    text("printed_unit", "印出的金额单位：元、万元、亿元", null=True),
    text("statement", "空表所附的说明原文", null=True),
    column("is_whole", Boolean, "是否全部行列均已读出"),
    column("evidence", ARRAY(Text), "认定为该表的依据"),
    column("unread_rows", ARRAY(Text), "有金额而认不出是哪一行的各行，如印出"),
    column("unread_columns", ARRAY(Text), "有金额而认不出是哪一指标的各列的列头，如印出"),
    column("is_unit_certain", Boolean, "金额单位是否印出或由同一文件证明；否则该表金额不可比较"),
    one_of("status", TableStatus),
    CheckConstraint("first_page >= 1", name="first_page"),
    CheckConstraint("first_page <= last_page", name="pages"),
    comment="文件中每张标准表的公开情况。粒度：每次解析的每张标准表一行",
)
