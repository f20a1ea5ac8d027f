"""Who and by what: jurisdictions, departments, years, standard tables, subjects; and our own views."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Integer, SmallInteger, Table, Text, UniqueConstraint

from warehouse.records.reading import Level
from warehouse.schema.models.base import column, key, metadata, one_of, part_of_key, refers, text, year

FUNCTIONAL_LEVELS = ("class", "category", "item")
ECONOMIC_LEVELS = ("class", "category")
SUBJECT_STATUSES = ("confirmed", "single-document", "unverified-knowledge", "as_published")
SIDES = ("income", "expenditure")

jurisdiction = Table(
    "jurisdiction",
    metadata,
    part_of_key("division_code", Text, "行政区划代码，六位数字（来源：民政部行政区划代码表）"),
    text("name", "行政区划名称"),
    text("level", "层级：central 中央、province 省级、prefecture 地级、county 县级"),
    text("parent_code", "上级行政区划代码；省级为空", refers("jurisdiction", "division_code"), null=True),
    CheckConstraint("division_code ~ '^[0-9]{6}$'", name="division_code"),
    one_of("level", Level),
    comment="行政区划：部门所属的地区。粒度：每个区划代码一行",
)

department = Table(
    "department",
    metadata,
    key("department_id", Integer, "部门编号（仓库内部）"),
    text("name", "部门名称；改名的部门保留一行，曾用名见 department_alias"),
    text("kind", "部门类别，使不同地区的同类部门可比，如 工业和信息化；无法判断时为空", null=True),
    text("division_code", "所属行政区划代码；无法判断时为空", refers("jurisdiction", "division_code"), null=True),
    UniqueConstraint("name", "division_code", postgresql_nulls_not_distinct=True),
    comment="部门：公开决算的机构。粒度：每个地区的每个部门一行",
)

department_alias = Table(
    "department_alias",
    metadata,
    part_of_key("department_id", Integer, "部门编号", refers("department", "department_id")),
    part_of_key("name", Text, "该部门在文件中使用过的名称"),
    year("valid_from_year", "名称最早使用的决算年度；未知为空", null=True),
    year("valid_to_year", "名称最晚使用的决算年度；未知为空", null=True),
    CheckConstraint("valid_from_year <= valid_to_year", name="years"),
    comment="部门名称及其使用年度：机构会改名。粒度：每个部门的每个名称一行",
)

fiscal_year = Table(
    "fiscal_year",
    metadata,
    part_of_key("fiscal_year", SmallInteger, "决算所属年度（公历年），例如 2024"),
    CheckConstraint("fiscal_year between 1949 and 2200", name="fiscal_year"),
    comment="年度维度。粒度：已入库文件涉及的每个年度一行",
)

document_kind = Table(
    "document_kind",
    metadata,
    part_of_key("name", Text, "文件种类：final_accounts 决算、budget 预算"),
    text("label", "文件种类的中文名称"),
    comment="文件种类，由 warehouse/kinds 的声明写入。粒度：每个种类一行",
)

standard_table = Table(
    "standard_table",
    metadata,
    part_of_key("table_code", Text, "标准表编号，如 GK01"),
    text("official_name", "财政部格式规定的表名"),
    text(
        "row_key_kind",
        "行的标识：functional_code 功能分类科目、economic_code 经济分类科目、item 项目名称、all 单行，"
        "以及 unit 单位、name 名称、project 项目；由几部分组成者以 + 相连",
    ),
    column("sort_order", SmallInteger, "在该种类文件中的公开顺序"),
    text("kind", "文件种类，连接 document_kind", refers("document_kind", "name")),
    text("number", "印在表上的编号，如 公开01表"),
    UniqueConstraint("kind", "sort_order"),
    comment="公开的标准表，由 warehouse/kinds 的声明写入。粒度：每张标准表一行",
)

item = Table(
    "item",
    metadata,
    part_of_key("table_code", Text, "标准表编号", refers("standard_table", "table_code")),
    part_of_key("item_key", Text, "行的标识，例如 opening_balance"),
    text("side", "左右并列的表中所在的一侧：income 收入、expenditure 支出；其余为空", null=True),
    text("label", "行的规范中文名称"),
    text("row_key", "以规范名称印出时的 row_key"),
    text("parent_key", "其中项所属的行；不是其中项为空", null=True),
    column("sort_order", SmallInteger, "在该表中的行序"),
    one_of("side", SIDES),
    comment="标准表中不是科目的行，各文件印出的名称不同而标识相同，由 warehouse/kinds 的声明写入。"
    "粒度：每张标准表的每个这样的行一行",
)

item_wording = Table(
    "item_wording",
    metadata,
    part_of_key("table_code", Text, "标准表编号"),
    part_of_key("wording", Text, "行的 row_key，名称去除空白、标点与“与、和”之别"),
    text("item_key", "行的标识"),
    ForeignKeyConstraint(["table_code", "item_key"], [item.c.table_code, item.c.item_key]),
    comment="行的各种印法：认出一行是哪一项，由 warehouse/kinds 的声明写入。粒度：每张标准表的每个印法一行",
)

measure = Table(
    "measure",
    metadata,
    part_of_key("measure_id", SmallInteger, "指标编号（仓库内部）"),
    text("table_code", "标准表编号", refers("standard_table", "table_code")),
    text("measure", "指标（列）的英文名，例如 fiscal_appropriation"),
    text("label", "指标（列）的规范中文名称"),
    column("sort_order", SmallInteger, "在该表中的列序"),
    UniqueConstraint("table_code", "measure"),
    comment="标准表的金额列。粒度：每张标准表的每个金额列一行",
)


def _subject(name: str, title: str, levels: tuple[str, ...], lengths: str, level_words: str) -> Table:
    return Table(
        f"{name}_subject",
        metadata,
        key(f"{name}_subject_id", Integer, "科目编号（仓库内部）"),
        text("code", f"{title}科目代码"),
        year("valid_from_year", "本行适用的首个年度；空表示自始适用", null=True),
        year("valid_to_year", "本行适用的末个年度；空表示至今适用", null=True),
        text("name", "科目名称：参考表所列名称；参考表未列的代码取文件印出的名称"),
        text("level", f"层级：{level_words}"),
        text("parent_code", "上级科目代码；类级为空", null=True),
        text(
            "status",
            "依据：confirmed 多份文件印证、single-document 仅一份文件、"
            "unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出",
        ),
        UniqueConstraint("code", "valid_from_year", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"code ~ '^[0-9]+$' and length(code) in ({lengths})", name="code"),
        CheckConstraint("valid_from_year <= valid_to_year", name="years"),
        CheckConstraint("(parent_code is null) = (length(code) = 3)", name="parent_code"),
        one_of("level", levels),
        one_of("status", SUBJECT_STATUSES),
        comment=f"{title}科目：代码须与年度同看，名称会变。粒度：每个代码在每段适用年度一行，同一代码的各段互不重叠",
    )


def _subject_name(name: str, title: str) -> Table:
    return Table(
        f"{name}_subject_name",
        metadata,
        part_of_key(f"{name}_subject_id", Integer, "科目编号", refers(f"{name}_subject", f"{name}_subject_id")),
        part_of_key("name", Text, "文件印出的名称（去除空白）"),
        part_of_key("source", Text, "来源：reference 参考表、document 已入库文件"),
        year("first_year", "印有该名称的最早年度；未知为空", null=True),
        year("last_year", "印有该名称的最晚年度；未知为空", null=True),
        one_of("source", ("reference", "document")),
        CheckConstraint("first_year <= last_year", name="years"),
        comment=f"{title}科目印出过的全部名称。粒度：每个科目、名称、来源一行",
    )


functional_subject = _subject(
    "functional", "支出功能分类", FUNCTIONAL_LEVELS, "3, 5, 7", "class 类（3 位）、category 款（5 位）、item 项（7 位）"
)
functional_subject_name = _subject_name("functional", "支出功能分类")
economic_subject = _subject(
    "economic", "部门预算支出经济分类", ECONOMIC_LEVELS, "3, 5", "class 类（3 位）、category 款（5 位）"
)
economic_subject_name = _subject_name("economic", "部门预算支出经济分类")

project_view = Table(
    "project_view",
    metadata,
    part_of_key("schema_name", Text, "所在模式：staging、intermediate、mart 或 as_of"),
    part_of_key("view_name", Text, "对象名称"),
    text("kind", "种类：view 视图、table 由视图写成的表、function 函数", server_default="view"),
    one_of("kind", ("view", "table", "function")),
    comment="本项目由 sql/ 创建的视图、表和函数：升级时只删除并重建这些，分析人员自建的不动。粒度：每个对象一行",
)
