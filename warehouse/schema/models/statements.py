"""What the narrative says, and how the identities came out."""

from sqlalchemy import CheckConstraint, Index, Integer, Numeric, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from warehouse.records.reading import CheckOutcome, Status
from warehouse.schema.models.base import column, metadata, one_of, part_of_key, refers, text

stated_figure = Table(
    "stated_figure",
    metadata,
    part_of_key("parse_id", Integer, "解析编号", refers("parse", "parse_id")),
    part_of_key("kind", Text, "种类，例如 budget_vs_final、year_over_year、three_public_detail"),
    part_of_key("subject", Text, "所说的对象：印出的名称，或 all、TOTAL、operating_cost 等"),
    part_of_key("measure", Text, "指标，例如 initial_budget、final、change、reason"),
    column(
        "functional_subject_id",
        Integer,
        "功能分类科目编号；对象不是科目或无法对应时为空",
        refers("functional_subject", "functional_subject_id"),
        null=True,
    ),
    column("value", Numeric, "数值，以 unit 计，减少、下降为负；以文字回答者为空", null=True),
    text("unit", "value 的单位：万元、元、%、个、辆、人次等；文字为空", null=True),
    text("text", "以文字回答者的文字，例如增减原因；其余为空", null=True),
    text("printed", "读出数值的原文"),
    text("status", "可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑"),
    text("repair_reason", "修复或存疑的理由", null=True),
    column("page", Integer, "页码，自 1 起；文本文件为空", null=True),
    column("line_no", Integer, "文本文件的行号，自 1 起", null=True),
    column("half_unit", Numeric, "四舍五入可使 value 偏离的最大值（印出末位的一半），以 unit 计；文字为空", null=True),
    one_of("status", Status),
    CheckConstraint("value is not null or text is not null or status = 'doubtful'", name="says_something"),
    CheckConstraint("status = 'as_printed' or repair_reason is not null", name="repair_reason"),
    CheckConstraint("page >= 1", name="page"),
    CheckConstraint("line_no >= 1", name="line_no"),
    comment="情况说明中的数字与文字。粒度：每次解析 × 种类 × 对象 × 指标一行",
)

# Numbered, not keyed by rule and row: a check never blocks a load. An audit query holds the natural key.
check_result = Table(
    "check_result",
    metadata,
    part_of_key("parse_id", Integer, "解析编号", refers("parse", "parse_id")),
    part_of_key("check_no", Integer, "在该次解析中的序号，自 1 起"),
    text("rule_id", "规则编号 A1 至 P9"),
    text("rule", "规则的含义"),
    text("table_code", "标准表编号；跨表者为主表；情况说明、绩效等与表无关者为空", null=True),
    text("row_key", "行标识：表中的行、说明的对象，或项目与绩效指标", null=True),
    text("measure", "指标（列）", null=True),
    column("left_value", Numeric, "等式左边，以 unit 计", null=True),
    column("right_value", Numeric, "等式右边，以 unit 计", null=True),
    column("difference", Numeric, "左边减右边，以 unit 计", null=True),
    column("envelope", Numeric, "四舍五入可以解释的最大差额，以 unit 计", null=True),
    text("unit", "各数的单位：万元、%、分、个"),
    text(
        "outcome", "结果：exact 相等、rounding 四舍五入之差、broken 不符、not_applicable 不适用、undetermined 无法判定"
    ),
    text("explanation", "结果说明"),
    column("cells", ARRAY(Text), "参与的单元格：表/行/指标"),
    text("also_fits", "不符时另有何处与之相符；没有为空", null=True),
    column("page", Integer, "页码，自 1 起；文本文件或跨页为空", null=True),
    one_of("outcome", CheckOutcome),
    CheckConstraint("check_no >= 1", name="check_no"),
    CheckConstraint("page >= 1", name="page"),
    Index("check_result_outcome_idx", "parse_id", "outcome"),
    comment="勾稽关系的核对结果。粒度：每次解析的每个规则实例一行",
)
