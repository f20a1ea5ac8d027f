"""The checks of a kind of document: families and rules, declared in the files *.toml of its folder `checks`.

A cell is written `table/row/measure`. The row of a standard table is the key of a row that the table declares, a
code, or `{row}`; `side:{item}` is the row that means the same 类, and `parts(key)` are all rows that make up that
row. `-` before a cell subtracts, `Σ` takes every cell that fits, `=100` is a number, `A or B` is the first of the
two that the document has. Narrative (`stated`) and self-evaluation forms (`form`, `department_form`) are tables too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from warehouse.kinds.declared import DeclarationError, Declared, checked, read_toml
from warehouse.kinds.tables import StandardTable

NEEDED = {
    "row_sum": {"table"},
    "tree_sum": {"table"},
    "side_sum": {"table", "total"},
    "group_sum": {"table", "total"},
    "column_sum": {"table", "sums"},
    "level_sum": {"table"},
    "list_sum": {"table"},
    "list_balance": {"table"},
    "lists_agree": {"table"},
    "link": {"left", "right"},
    "at_most": {"left", "right"},
    "without_code": {"table", "total", "codes_of"},
    "ratio": {"over", "share", "part", "base"},
    "zero_base": set(),
    "same_direction": {"over"},
    "listed_items": {"over", "total", "measures", "spent_in"},
    "score_within_weight": {"over"},
    "unmet_full_score": {"over"},
    "claimed_forms": {"count", "left", "right"},
    "limit_kept": {"over", "part", "base", "naming"},
    "idle_but_praised": {"over", "least"},
    "sentence_of_forms": {"over"},
}
PROVING = ("row_sum", "tree_sum", "side_sum", "group_sum", "link")  # kinds that say two sums are the same
NARRATIVE, FORMS = "stated", ("form", "department_form")
OTHER_PLACES = ("=", NARRATIVE, *FORMS)  # what a cell may stand in beside the standard tables
_PARTS = re.compile(r"parts\((\w+)\)")
_ID = re.compile(r"([A-Z]+)(\d*)")

Severity = Literal["error", "warning"]
Cells = tuple[str, ...]


class FamilyDeclared(Declared):
    """The rules whose ids begin with one letter. What it says of them holds unless a rule says otherwise.

    `source` is where their identities come from: without one the form itself, within a table or between tables.
    `where` is where their figures stand if they speak of no standard table.
    """

    letter: str = Field(pattern=r"^[A-Z]+$")
    name: str
    about: str
    source: str | None = None
    severity: Severity = "error"
    blocks_comparison: bool = True
    is_of_narrative: bool = False
    where: str = "文件"


class RuleDeclared(Declared):
    """One rule. Several may share an id: they say the same of different cells."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=f"^{_ID.pattern}$")
    kind: str
    says: str
    source: str | None = None
    severity: Severity | None = None
    blocks_comparison: bool | None = None
    undetermined_when: str | None = None
    table: str = ""
    total: str = ""
    sum_of: str | None = None
    left_sum_of: str | None = None
    over: tuple[str, ...] = ()
    rows: str = "*"
    measures: tuple[str, ...] = ("",)
    left: Cells = ()
    right: Cells = ()
    or_: tuple[Cells, ...] = Field((), alias="or")
    needs: Cells = ()
    needs_number: Cells = ()
    lacks: Cells = ()
    equal_if_zero: tuple[Cells, ...] = ()
    groups: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    sums: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    within: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    checked: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    before: tuple[str, ...] = ("",)
    behind: tuple[str, ...] = ("",)
    share: Cells = ()
    part: Cells = ()
    base: tuple[Cells, ...] = ()
    count: Cells = ()
    taken_for: Cells = ()
    codes_of: str = ""
    spent_in: str = ""
    funds: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    whole_list: bool = False
    nested: bool = False
    proves: bool = True
    may_be_withheld: bool = False
    of_one_print: bool = False

    @model_validator(mode="after")
    def is_sound(self) -> "RuleDeclared":
        for fault in _faults(self):
            raise ValueError(fault)
        return self

    @property
    def cells(self) -> Iterator[str]:
        """Every cell it names, alternatives apart and without signs."""
        sides = (self.left, self.right, self.needs, self.needs_number, self.lacks, self.share, self.part, self.count)
        for side in (*sides, self.taken_for, *self.or_, *self.equal_if_zero, *self.base):
            for slot in side:
                yield from (text.removeprefix("-").removeprefix("Σ") for text in slot.split(" or "))


@dataclass(frozen=True, slots=True)
class Term:
    """One cell, or with `every` all cells that fit, or with `is_parts` those of the rows that make up a row."""

    sign: int
    table: str
    row: str
    measure: str
    every: bool = False
    is_parts: bool = False


Slot = tuple[Term, ...]  # alternatives, the first that the form has counts
Side = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Family:
    letter: str
    name: str
    about: str
    where: str
    is_of_narrative: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is applied. `blocks_comparison`: broken or undetermined it makes its cells unfit for comparing."""

    id: str
    kind: str
    says: str
    family: Family
    source: str
    severity: Severity = "error"  # warning: a fact worth knowing rather than an error
    blocks_comparison: bool = True
    undetermined_when: str | None = None
    table: str = ""  # the table a result is filed under, if not that of its first cell
    total: str = ""  # key of a row, or a row of the narrative
    sum_of: str | None = None  # what the many cells of the right side are called
    left_sum_of: str | None = None  # the same of the left side
    over: tuple[str, ...] = ()  # one instance per row of these tables
    rows: str = "*"  # class | code | a pattern of row keys
    measures: tuple[str, ...] = ("",)
    left: Side = ()
    right: tuple[Side, ...] = ()  # what may stand on the right: any of them
    needs: Side = ()  # without these the form has nothing the rule speaks of
    needs_number: Side = ()  # as needs, and a number is printed there
    lacks: Side = ()  # with one of these another rule of the same id speaks
    equal_if_zero: tuple[Side, ...] = ()  # at most becomes equal if all of these sums are 0
    groups: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # measure → those that add up to it
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # measure → those it holds where it is printed
    checked: tuple[str, ...] = ()  # of these sums; all where nothing is said
    optional: tuple[str, ...] = ()  # measures that are addends in some documents and contained in others elsewhere
    without: tuple[str, ...] = ()  # with one of these measures another rule of the same id speaks
    before: tuple[str, ...] = ("",)  # what may stand before the names of these measures, such as the year
    behind: tuple[str, ...] = ("",)  # and behind them, such as the fund
    share: Side = ()
    part: Side = ()
    base: tuple[Side, ...] = ()
    count: Side = ()  # how many forms are claimed
    taken_for: Side = ()  # what publishers print in place of the left side
    codes_of: str = ""  # the table whose codes say which items may have a figure
    spent_in: str = ""  # the table that shows what was spent on the items of a list
    funds: tuple[str, ...] = ()  # tables whose subjects belong to another list
    naming: tuple[str, ...] = ()  # words that the name of an indicator holds
    least: Decimal = Decimal(0)
    whole_list: bool = False  # a part that is not stated leaves a misfit undetermined
    nested: bool = False  # parts may be printed beside their own sum: a misfit that some of them explain is open
    proves: bool = True  # may settle a damaged number
    of_one_print: bool = False  # its right side may be one of the prints of a row that is printed several times
    may_be_withheld: bool = False  # publishers leave out rows of these sums as secret

    @property
    def is_warning(self) -> bool:
        return self.severity == "warning"

    @property
    def is_of_narrative(self) -> bool:
        return self.family.is_of_narrative

    @property
    def order(self) -> tuple[str, int]:
        return order_of(self.id)


@dataclass(frozen=True, slots=True)
class Checks:
    families: tuple[Family, ...] = ()  # in the order of their letters
    rules: tuple[Rule, ...] = ()  # those of an id in declared order


def order_of(rule_id: str) -> tuple[str, int]:
    """A2 before A10 before B1."""
    found = _ID.fullmatch(rule_id)
    return (found[1], int(found[2] or 0)) if found else (rule_id, 0)


def read_checks(folder: Path, tables: Iterable[StandardTable]) -> Checks:
    """What a kind declares in `folder`, if it has such a folder. Raises DeclarationError naming file, rule and key."""
    files = {path.name: read_toml(path) for path in sorted(folder.glob("*.toml"))}
    for name, raw in files.items():
        for key in sorted(raw.keys() - {"family", "rule"}):
            raise DeclarationError(f"{name}: unknown key {key}")
    families = _families(files)
    by_code = {table.code: table for table in tables}
    rules = [rule for name, raw in files.items() for rule in _rules(name, raw, families, by_code)]
    return Checks(tuple(family for _, (family, _) in sorted(families.items())), tuple(_that_agree(rules)))


Families = dict[str, tuple[Family, FamilyDeclared]]


def _families(files: Mapping[str, dict[str, Any]]) -> Families:
    found: Families = {}
    for name, raw in files.items():
        for one in raw.get("family", ()):
            declared = checked(one, FamilyDeclared, f"{name}: family {one.get('letter', '?')}")
            if declared.letter in found:
                raise DeclarationError(f"{name}: family {declared.letter} is declared twice")
            found[declared.letter] = (_family(declared), declared)
    return found


def _family(declared: FamilyDeclared) -> Family:
    return Family(declared.letter, declared.name, declared.about, declared.where, declared.is_of_narrative)


def _rules(name: str, raw: dict[str, Any], families: Families, tables: Mapping[str, StandardTable]) -> Iterator[Rule]:
    for one in raw.get("rule", ()):
        where = f"{name}: rule {one.get('id', '?')}"
        declared = checked(one, RuleDeclared, where)
        for fault in _faults_of_the_kind(declared, families, tables):
            raise DeclarationError(f"{where}: {fault}")
        yield _rule(declared, *families[order_of(declared.id)[0]])


def _that_agree(rules: list[Rule]) -> Iterator[Rule]:
    """Rules of one id are one line of the report: equally severe."""
    first: dict[str, Rule] = {}
    for rule in rules:
        other = first.setdefault(rule.id, rule)
        if (other.severity, other.blocks_comparison) != (rule.severity, rule.blocks_comparison):
            raise DeclarationError(f"rule {rule.id}: severity and blocks_comparison differ between its entries")
        yield rule


def _faults(rule: RuleDeclared) -> Iterator[str]:
    if rule.kind not in NEEDED:
        yield f"kind {rule.kind!r} is none of {', '.join(NEEDED)}"
        return
    for key in sorted(NEEDED[rule.kind]):
        if not getattr(rule, key) or getattr(rule, key) == ("",):
            yield f"kind {rule.kind} needs {key}"
    for text in rule.cells:
        if not text.startswith("=") and text.count("/") < 2:
            yield f"{text!r} is no cell table/row/measure"


def _faults_of_the_kind(rule: RuleDeclared, families: Families, tables: Mapping[str, StandardTable]) -> Iterator[str]:
    """What it names that the kind does not have."""
    if order_of(rule.id)[0] not in families:
        yield f"no family {order_of(rule.id)[0]} is declared"
    named = (rule.table, rule.codes_of, rule.spent_in, *rule.over, *rule.funds)
    for code in filter(None, named):
        if code not in tables and code not in OTHER_PLACES:
            yield f"{code} is no table of this kind"
    if rule.table in tables and rule.total and not tables[rule.table].has_row(rule.total):
        yield f"total: {rule.total} is no row of {rule.table}"
    elif rule.kind == "side_sum" and rule.table in tables and tables[rule.table].row(rule.total).sums != "items":
        yield f"total: {rule.total} sums no items of {rule.table}"
    for text in rule.cells:
        yield from (f"{text!r}: {fault}" for fault in _cell_faults(text, rule, tables))
    if rule.table in tables:
        yield from _column_faults(rule, tables[rule.table])


def _column_faults(rule: RuleDeclared, table: StandardTable) -> Iterator[str]:
    """Of the columns that a rule adds up: names that no column of the table has, sums that it does not declare."""
    for key, wholes in {"within": rule.within, "checked": rule.checked}.items():
        yield from (f"{key}: {name} is no sum of this rule" for name in sorted(set(wholes) - set(rule.sums)))
    lists = (rule.optional, rule.without, rule.sums, *rule.sums.values(), *rule.within.values())
    named = {name.removeprefix("-") for names in lists for name in names}
    for name in sorted(named):
        columns = [f"{before}{name}{behind}" for before in rule.before for behind in rule.behind]
        if not any(one in table.measure_names or one.startswith(table.open_measures) for one in columns):
            yield f"{name} is no measure of {table.code}"


def _cell_faults(text: str, rule: RuleDeclared, tables: Mapping[str, StandardTable]) -> Iterator[str]:
    term = _term(text)
    table = tables.get(term.table)
    if table is None:
        if term.table not in OTHER_PLACES and "{" not in term.table:
            yield f"{term.table} is no table of this kind"
        return
    is_pattern = "{" in term.row or "*" in term.row
    if not (is_pattern or table.has_row(term.row) or term.row.isdigit() or term.row == table.row_key):
        yield f"{term.row} is no row of {table.code}"
    measures = {term.measure.replace("{measure}", measure) for measure in rule.measures}
    declared = {one for one in measures if one in table.measure_names or one.startswith(table.open_measures)}
    for measure in sorted(one for one in measures - declared if "{" not in one):
        yield f"{measure} is no measure of {table.code}"


_SIDES = ("left", "needs", "needs_number", "lacks", "share", "part", "count", "taken_for")
_LISTS_OF_SIDES = ("equal_if_zero", "base")
_OTHERWISE = {*_SIDES, *_LISTS_OF_SIDES, "right", "or_", "source", "severity", "blocks_comparison"}


def _rule(declared: RuleDeclared, family: Family, defaults: FamilyDeclared) -> Rule:
    as_written = {key: getattr(declared, key) for key in RuleDeclared.model_fields if key not in _OTHERWISE}
    sides: dict[str, Any] = {key: _side(getattr(declared, key)) for key in _SIDES}
    lists: dict[str, Any] = {key: tuple(map(_side, getattr(declared, key))) for key in _LISTS_OF_SIDES}
    blocks = declared.blocks_comparison
    return Rule(
        **as_written,
        **sides,
        **lists,
        right=tuple(map(_side, (declared.right, *declared.or_))) if declared.right else (),
        family=family,
        source=declared.source or defaults.source or _of_the_form(declared),
        severity=declared.severity or defaults.severity,
        blocks_comparison=defaults.blocks_comparison if blocks is None else blocks,
    )


def _of_the_form(rule: RuleDeclared) -> str:
    cells = {text.partition("/")[0] for text in rule.cells if not text.startswith("=")}
    named = cells | {rule.table, rule.codes_of, rule.spent_in, *rule.over}
    tables = {FORMS[0] if name in (*FORMS, "{table}") else name for name in named} - {""}
    if NARRATIVE in tables or not tables:
        return "情况说明前后一致" if tables <= {NARRATIVE} else "情况说明与表的勾稽"
    return "表内勾稽" if len(tables) == 1 else "表间勾稽"


def _side(cells: Cells) -> Side:
    return tuple(tuple(map(_term, _alternatives(text))) for text in cells)


def _alternatives(text: str) -> list[str]:
    """What is subtracted is subtracted whichever of the cells is there."""
    sign = "-" if text.startswith("-") else ""
    return [sign + one.removeprefix("-") for one in text.split(" or ")]


def _term(text: str) -> Term:
    sign = -1 if text.startswith("-") else 1
    text = text.removeprefix("-")
    every = text.startswith("Σ")
    text = text.removeprefix("Σ")
    if text.startswith("="):
        return Term(sign, "=", "", text[1:])
    table, _, rest = text.partition("/")
    row, _, measure = rest.rpartition("/")
    parts = _PARTS.fullmatch(row)
    return Term(sign, table, parts[1] if parts else row, measure, every, bool(parts))
