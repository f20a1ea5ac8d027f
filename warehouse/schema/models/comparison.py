"""What comparison over time and place needs beside the figures: what was public when, which code
followed which, and the series amounts are divided by."""

from sqlalchemy import CheckConstraint, DateTime, Index, Integer, Numeric, SmallInteger, Table, Text

from warehouse.schema.models.base import column, key, metadata, one_of, part_of_key, refers, text, year

CLASSIFICATIONS = ("functional", "economic")
RELATIONS = ("same", "renamed", "moved", "split", "merged")
SERIES = ("population", "staff", "gdp", "price_index")

# slot_id is no foreign key: a slot nothing is left in goes, what was public in it stays on record.
publication = Table(
    "publication",
    metadata,
    key("publication_id", Integer, "公布编号（仓库内部）"),
    column("version_id", Integer, "文件版本编号", refers("document_version", "version_id")),
    column("parse_id", Integer, "公布的解析编号", refers("parse", "parse_id")),
    column("slot_id", Integer, "公布时所在的文件位编号"),
    column(
        "department_id", Integer, "公布时所属部门编号；无法判断时为空", refers("department", "department_id"), null=True
    ),
    column("version_no", SmallInteger, "公布时在文件位中的版本序号"),
    column("published_at", DateTime(timezone=True), "公布时间：自此时起公开视图显示该解析"),
    Index("publication_version_idx", "version_id", "published_at"),
    comment="公布记录：每次使某一解析成为公开视图所示的内容，据以回看某日所见。粒度：每次公布一行",
)

stale_slot = Table(
    "stale_slot",
    metadata,
    part_of_key("parse_id", Integer, "解析编号"),
    part_of_key("slot_id", Integer, "文件位编号；文件移往别处后可能已不存在"),
    column("stored_at", DateTime(timezone=True), "入库时间"),
    comment="已入库而公开视图尚未更新的文件位，下一次更新时一并公开。粒度：每次入库的每个文件位一行",
)

subject_bridge = Table(
    "subject_bridge",
    metadata,
    part_of_key("classification", Text, "分类：functional 支出功能分类、economic 支出经济分类"),
    part_of_key("from_year", SmallInteger, "新代码或新名称开始使用的决算年度：该年与上年比较时适用"),
    part_of_key("old_code", Text, "上年科目代码"),
    text("old_name", "上年科目名称"),
    part_of_key("new_code", Text, "本年科目代码"),
    text("new_name", "本年科目名称"),
    text("relation", "关系：same 内容相同、renamed 更名、moved 改列、split 拆分、merged 合并"),
    text("source", "依据"),
    text("note", "说明；没有为空", null=True),
    one_of("classification", CLASSIFICATIONS),
    one_of("relation", RELATIONS),
    comment="科目衔接：跨年度更名、改列、拆分、合并的科目，凭依据收录。粒度：每个分类、年度、旧代码、新代码一行",
)

division_series = Table(
    "division_series",
    metadata,
    part_of_key(
        "series",
        Text,
        "序列：population 人口（人）、staff 财政供养人员（人）、gdp 地区生产总值（万元）、price_index 价格定基指数",
    ),
    part_of_key("division_code", Text, "行政区划代码；全国为 000000", refers("jurisdiction", "division_code")),
    part_of_key("fiscal_year", SmallInteger, "年度"),
    column("value", Numeric, "数值，以 unit 计"),
    text("unit", "单位：人、万元、%"),
    year("base_year", "价格指数的基年（该年 = 100）；其余为空", null=True),
    text("source", "数据来源"),
    one_of("series", SERIES),
    CheckConstraint("value > 0", name="value"),
    CheckConstraint("(base_year is not null) = (series = 'price_index')", name="base_year"),
    comment="用作分母的地区序列：人口、财政供养人员、地区生产总值、价格指数。粒度：每个序列、地区、年度一行",
)
