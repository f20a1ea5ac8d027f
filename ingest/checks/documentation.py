"""docs/checks.md, written from the declarations: every family and rule of every kind of document.

`python -m ingest.checks.documentation` writes it anew, in a checkout only; a test fails while the file is not current.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from warehouse.kinds.checks import FORMS, NARRATIVE, Family, Rule, order_of
from warehouse.kinds.kind import DocumentKind, load_kinds

FILE = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
HEAD = """# 勾稽关系

由声明生成（`python -m ingest.checks.documentation`），请勿手工修改。声明在 `warehouse/kinds/<种类>/checks/*.toml`。

每份文件的每条规则逐行、逐栏核对，结果在 `mart.check_result` 中，一个实例一行。`outcome` 有六种：

| outcome | 含义 |
|---|---|
| `exact` | 两侧相等；“不超过”的规则则为不超过 |
| `rounding` | 两侧之差在四舍五入范围（`envelope`）之内：印出的每个数最多差其末位的一半，n 个分项与合计即 n + 1 个一半 |
| `broken` | 两侧不符，而所涉各数均确实读出；`also_fits` 说明还有何数与之相符，即可能的笔误 |
| `withheld` | 下级之和小于上级，而各表所少相同、其余各类均相符：发布者未公开其中的项（如涉密）；不作差错，也不补数 |
| `undetermined` | 无法判定：读出的不足以说谁错 |
| `not_applicable` | 文件中没有此项规则所说的数字 |

“影响比较”为“是”者，不符或无法判定时所涉各数不参与比较（`is_sound` 为否，`why_not` 写明规则）。性质为“提示”者，
不符只是值得知道的事实，不一定是差错。

## 各规则均适用：何时无法判定

两侧相符即为相符。不符，或有数未能确认时，有下列情形之一则无法判定：

- 参与的数残损而未能确认（`mart.amount.status` 为 `doubtful`），或所在的表有标题而未能读出、未能完整读出；
- 表中有行未能读出而规则涉及几行，或有栏未能读出而规则涉及几栏；
- 表印有表头而未印数字；表中各类之和不等于合计而所需的科目未见；
- 收支两侧的表中，该侧另有一行有数，而名称不是声明的任何印法，也不是功能分类的类：本年合计之上的项目、之下的结转
  结余都如此，理由写明是哪一行；新的印法在 `tables/*.toml` 中加一行即可；
- 一侧所印全为空白；合计空白而其分项有数；
- 规则的分项未列全：该表没有应有的某一行或某一栏。

跨年度的规则 Y1、Y2、Y3 由视图核对，见 [comparison.md](comparison.md)。
"""
SEVERITIES = {"error": "差错", "warning": "提示"}
# What leaves rules of a kind open beside what does so everywhere.
UNDETERMINED = {
    "row_sum": "该表缺少分项之一的一栏",
    "group_sum": "应有的类未见，或款没有所属的类",
    "at_most": "总数或其下级中有负数",
    "without_code": "另一表有行未能读出，或该行名称不知所指何类",
    "ratio": "所说的基数未见",
    "listed_items": "分项可能未列全，或有分项未说该数",
    "same_direction": "两数不出自同一句，或不是照印录入",
}
COLUMNS = ("编号", "规则", "涉及", "来源", "性质", "影响比较", "此外何时无法判定")


def render(kinds: Iterable[DocumentKind]) -> str:
    return "\n".join([HEAD, *(line for kind in kinds if kind.rules for line in _kind(kind))])


def _kind(kind: DocumentKind) -> Iterator[str]:
    yield f"## {kind.label}\n"
    for family in kind.families:
        rules = sorted((rule for rule in kind.rules if rule.family == family), key=lambda rule: order_of(rule.id))
        yield from _family(family, rules, kind)


def _family(family: Family, rules: list[Rule], kind: DocumentKind) -> Iterator[str]:
    yield f"### {family.letter}　{family.name}\n\n{family.about}。\n"
    yield f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"
    for _, same in groupby(rules, key=lambda rule: (rule.id, rule.says)):
        yield f"| {' | '.join(_row(list(same), kind))} |"
    yield ""


def _row(rules: list[Rule], kind: DocumentKind) -> tuple[str, ...]:
    """Rules of one id that say the same of different cells are one line."""
    rule = rules[0]
    return (
        rule.id,
        rule.says.replace("|", "\\|"),
        "、".join(_places(rules, kind)),
        rule.source,
        SEVERITIES[rule.severity],
        "是" if rule.blocks_comparison else "否",
        "；".join(dict.fromkeys(reason for one in rules for reason in _open(one))) or "—",
    )


def _places(rules: list[Rule], kind: DocumentKind) -> Iterator[str]:
    """The tables in the order of the form, then the narrative and the self-evaluation forms."""
    named = {code for rule in rules for code in _codes(rule)}
    yield from (table.number for table in kind.tables if table.code in named)
    yield from (words for words, codes in (("情况说明", {NARRATIVE}), ("自评表", set(FORMS))) if codes & named)


def _codes(rule: Rule) -> Iterator[str]:
    yield from filter(None, (rule.table, rule.codes_of, rule.spent_in, *rule.over, *rule.funds))
    if rule.family.is_of_narrative and not rule.over:
        yield NARRATIVE
    sides = (rule.left, *rule.right, rule.share, rule.part, *rule.base, *rule.equal_if_zero, rule.count, rule.taken_for)
    yield from (term.table for side in sides for slot in side for term in slot)


def _open(rule: Rule) -> Iterator[str]:
    if rule.undetermined_when:
        yield rule.undetermined_when
    if rule.kind in UNDETERMINED:
        yield UNDETERMINED[rule.kind]
    if len(rule.right) > 1 and rule.over == (NARRATIVE,):
        yield "所说的表或行未见，只能与他处对照"
    if rule.whole_list:
        yield "有分项未印或未说"
    if rule.nested:
        yield "部分来源之和已等于总额：各来源可能互有包含"


if __name__ == "__main__":
    FILE.write_text(render(load_kinds()), "utf-8")
