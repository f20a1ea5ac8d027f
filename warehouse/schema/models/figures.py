"""The figures of a reading, and what the reader was not sure of."""

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, Numeric, SmallInteger, Table, Text
from sqlalchemy import text as sql

from warehouse.records.reading import Presence, Status
from warehouse.schema.models.base import column, metadata, one_of, part_of_key, refers, text


def _place() -> list[CheckConstraint]:
    return [CheckConstraint(f"{name} >= 1", name=name) for name in ("page", "row_no", "column_no")]


def _by_subject(kind: str) -> Index:
    """From a subject to its amounts, of one column and document after another."""
    subject = f"{kind}_subject_id"
    where = sql(f"{subject} is not null")
    return Index(f"amount_{kind}_subject_idx", subject, "measure_id", "parse_id", postgresql_where=where)


amount = Table(
    "amount",
    metadata,
    part_of_key("parse_id", Integer, "解析编号", refers("parse", "parse_id")),
    part_of_key("measure_id", SmallInteger, "指标编号（含标准表）", refers("measure", "measure_id")),
    # Collation C lets a prefix search on codes use the primary key on any server.
    part_of_key(
        "row_key",
        Text(collation="C"),
        "行标识：科目代码、TOTAL、PERSONNEL_TOTAL、PUBLIC_TOTAL、income:项目、expenditure:项目、all",
    ),
    column(
        "functional_subject_id",
        Integer,
        "功能分类科目编号",
        refers("functional_subject", "functional_subject_id"),
        null=True,
    ),
    column(
        "economic_subject_id", Integer, "经济分类科目编号", refers("economic_subject", "economic_subject_id"), null=True
    ),
    text("row_label", "印出的行名称（去除空白）"),
    column("value", Numeric, "精确值：value_unit 为元时以元计，否则为计数；空白、横线或无法确定时为空", null=True),
    text("value_unit", "value 的单位：元，或辆、台等计数单位"),
    text("presence", "单元格印有什么：number 数字（含 0）、blank 空白、dash 横线"),
    text("status", "可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑"),
    text("printed", "印出的原文"),
    text("printed_unit", "印出的单位"),
    text("repair_reason", "修复或存疑的理由", null=True),
    column("page", Integer, "页码，自 1 起；文本文件为空", null=True),
    column("line_no", Integer, "文本文件的行号，自 1 起", null=True),
    column("row_no", Integer, "在（跨页连接后的）表中的行号，自 1 起"),
    column("column_no", SmallInteger, "在表中的列号，自 1 起"),
    column("is_unit_certain", Boolean, "value 所用的金额单位是否印出或由同一文件证明；空白、横线、计数行为是"),
    text("item_key", "行的标识，与印出的名称无关，连接 item；科目行与认不出的行为空", null=True),
    one_of("presence", Presence),
    one_of("status", Status),
    CheckConstraint("presence = 'number' or value is null", name="value_presence"),
    CheckConstraint("presence <> 'number' or value is not null or status = 'doubtful'", name="value_missing"),
    CheckConstraint("abs(value) < 1e14", name="value_range"),  # a hundred trillion: more than the state spends
    CheckConstraint("status = 'as_printed' or repair_reason is not null", name="repair_reason"),
    CheckConstraint("functional_subject_id is null or economic_subject_id is null", name="one_subject"),
    *_place(),
    CheckConstraint("line_no >= 1", name="line_no"),
    *(_by_subject(kind) for kind in ("functional", "economic")),
    comment="标准表的金额单元格。粒度：每次解析 × 标准表 × 行 × 指标一行",
)

doubt = Table(
    "doubt",
    metadata,
    part_of_key("parse_id", Integer, "解析编号", refers("parse", "parse_id")),
    part_of_key("doubt_no", SmallInteger, "在该次解析中的序号，自 1 起"),
    text("what", "疑点类别（英文），例如 place_unknown"),
    text("reason", "疑点说明"),
    text("table_code", "标准表编号；与表无关者为空", refers("standard_table", "table_code"), null=True),
    text("row_key", "行标识", null=True),
    text("measure", "指标", null=True),
    text("printed", "印出的原文", null=True),
    text("taken_as", "按何值采用", null=True),
    column("page", Integer, "页码，自 1 起", null=True),
    column("row_no", Integer, "行号，自 1 起", null=True),
    column("column_no", SmallInteger, "列号，自 1 起", null=True),
    column("line_no", Integer, "文本文件的行号，自 1 起", null=True),
    *_place(),
    CheckConstraint("line_no >= 1", name="line_no"),
    comment="疑点：读取时无法确定的事项。粒度：每次解析的每个疑点一行",
)
