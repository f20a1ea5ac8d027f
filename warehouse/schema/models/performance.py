"""The self-evaluation forms. Two forms of a document may print the same project name, and a form the
same source or item twice: their rows are numbered as they are printed."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Integer, Numeric, SmallInteger, Table

from warehouse.records.reading import Status
from warehouse.schema.models.base import SCHEMA, column, metadata, one_of, part_of_key, refers, text, year

PROJECT_KINDS = ("project", "department")
OPERATORS = ("=", ">=", "<=", ">", "<")


def number(name: str, comment: str) -> Column:
    return column(name, Numeric, comment, null=True)


def part_of_form() -> tuple:
    """The columns that lead from a row of a form to the form."""
    return (
        part_of_key("parse_id", Integer, "解析编号"),
        part_of_key("form_no", SmallInteger, "自评表在文件中的序号"),
        ForeignKeyConstraint(
            ["parse_id", "form_no"],
            [f"{SCHEMA}.performance_project.parse_id", f"{SCHEMA}.performance_project.form_no"],
        ),
    )


performance_project = Table(
    "performance_project",
    metadata,
    part_of_key("parse_id", Integer, "解析编号", refers("parse", "parse_id")),
    part_of_key("form_no", SmallInteger, "自评表在文件中的序号，自 1 起，按印出顺序"),
    text("project", "项目名称（部门整体自评为部门名称），如印出"),
    text("kind", "自评对象：project 项目、department 部门整体"),
    text("competent_department", "主管部门；未印为空", null=True),
    text("implementing_unit", "实施单位；未印为空", null=True),
    year("fiscal_year", "自评年度；未印为空", null=True),
    number("initial_budget", "年初预算数（万元）"),
    number("adjusted_budget", "全年（调整）预算数（万元）"),
    number("executed", "全年执行数（万元）"),
    number("execution_rate_pct", "预算执行率（%）"),
    number("execution_weight", "预算执行率的分值"),
    number("execution_score", "预算执行率的得分"),
    number("total_score", "自评总分"),
    text("grade", "自评等级，如 优、良、中、差；未印为空", null=True),
    text("target_text", "年度总体目标：预期目标；未印为空", null=True),
    text("actual_text", "年度总体目标：实际完成情况；未印为空", null=True),
    column(
        "functional_subject_id",
        Integer,
        "所用资金的功能分类科目编号；无法对应时为空",
        refers("functional_subject", "functional_subject_id"),
        null=True,
    ),
    column("is_whole", Boolean, "自评表是否全部读出"),
    column("page", Integer, "起始页，自 1 起；文本文件为空", null=True),
    column("line_no", Integer, "文本文件的起始行号，自 1 起", null=True),
    one_of("kind", PROJECT_KINDS),
    CheckConstraint("form_no >= 1", name="form_no"),
    CheckConstraint("page >= 1", name="page"),
    CheckConstraint("line_no >= 1", name="line_no"),
    comment="绩效自评表。粒度：每次解析的每张自评表一行",
)

performance_fund = Table(
    "performance_fund",
    metadata,
    *part_of_form(),
    part_of_key("fund_no", SmallInteger, "资金来源在表中的序号，自 1 起"),
    text("source", "资金来源，如印出：财政拨款、单位资金等"),
    number("initial_budget", "年初预算数（万元）"),
    number("adjusted_budget", "全年（调整）预算数（万元）"),
    number("executed", "全年执行数（万元）"),
    CheckConstraint("fund_no >= 1", name="fund_no"),
    comment="绩效自评表的资金来源（不含合计行）。粒度：每张自评表的每个资金来源一行",
)

performance_management = Table(
    "performance_management",
    metadata,
    *part_of_form(),
    part_of_key("item_no", SmallInteger, "管理事项在表中的序号，自 1 起"),
    text("item", "管理事项，如印出：安排科学性、拨付合规性等"),
    number("weight", "分值"),
    number("score", "得分"),
    CheckConstraint("item_no >= 1", name="item_no"),
    comment="绩效自评表的预算资金管理事项。粒度：每张自评表的每个管理事项一行",
)

performance_indicator = Table(
    "performance_indicator",
    metadata,
    *part_of_form(),
    part_of_key("seq", SmallInteger, "指标在表中的序号，自 1 起，按印出顺序"),
    text("level1", "一级指标；未印为空", null=True),
    text("level2", "二级指标；未印为空", null=True),
    text("level3", "三级指标；未印为空", null=True),
    text("target", "年度指标值原文；未印为空", null=True),
    text("actual", "实际完成值原文；未印为空", null=True),
    number("weight", "分值"),
    number("score", "得分"),
    number("deviation_pct", "偏差率（%）"),
    text("reason", "偏差原因及改进措施；未印为空", null=True),
    text("target_operator", "指标值的关系：=、>=、<=、>、<；定性指标为空", null=True),
    number("target_value", "指标值的数值；定性指标为空"),
    text("target_unit", "指标值的单位；没有为空", null=True),
    number("actual_value", "实际完成值的数值；定性指标为空"),
    text("status", "可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑"),
    text("repair_reason", "修复或存疑的理由", null=True),
    column("page", Integer, "页码，自 1 起；文本文件为空", null=True),
    column("line_no", Integer, "文本文件的行号，自 1 起", null=True),
    column("is_met", Boolean, "实际完成值是否达到指标值；方向或数值不能确定、以及以前的解析为空", null=True),
    one_of("target_operator", OPERATORS),
    one_of("status", Status),
    CheckConstraint("status = 'as_printed' or repair_reason is not null", name="repair_reason"),
    CheckConstraint("seq >= 1", name="seq"),
    CheckConstraint("page >= 1", name="page"),
    CheckConstraint("line_no >= 1", name="line_no"),
    comment="绩效自评表的指标。粒度：每张自评表的每个指标一行",
)
