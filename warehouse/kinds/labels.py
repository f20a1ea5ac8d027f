"""The Chinese and English labels of codes, such as 部门口径 of `department` in a column `scope`.

File common/labels.toml. Public views, pages and workbooks take their labels from here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from warehouse.kinds.declared import DeclarationError, read_toml
from warehouse.kinds.kind import load_kinds
from warehouse.kinds.names import FOLDER
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.labelled import Labelled
from warehouse.records.reading import CheckOutcome, FileRole, Level, Origin, Scope, Status, TableStatus
from warehouse.records.successions import Relation

_BEFORE_A_NAME = re.compile(r"(?:^|(?<=/))[a-z_]+:")  # unit: and project: of unit:某局/project:某项
# A number of another document begins with its year, or with `budget`; keys of rows may have slashes.
_NUMBER = re.compile(
    r"(?:(?P<of>\d{4}|budget):)?(?P<what>stated/[^/]+|[^/:]+)/(?P<row>.+)/(?P<measure>[^/]+)", re.DOTALL
)
FILE = FOLDER / "common" / "labels.toml"
# Columns whose codes, or some of them, are members of an enum.
ENUMS: Mapping[str, tuple[type[Labelled], ...]] = {
    "scope": (Scope,),
    "jurisdiction_level": (Level,),
    "status": (Status, TableStatus),
    "outcome": (CheckOutcome,),
    "origin": (Origin,),
    "role": (FileRole,),
    "relation": (Relation,),
    "continued": (Relation,),
    "what": (DoubtKind,),
}


class Label(NamedTuple):
    """`column_group`: the column that holds the code, or `view.column` where only that view has this meaning."""

    column_group: str
    code: str
    label_zh: str
    label_en: str


@cache  # read once per process
def labels() -> tuple[Label, ...]:
    """Every label, grouped. Raises DeclarationError where a code of a column has two labels, or none."""
    groups: dict[str, dict[str, str]] = {name: {} for name in read_toml(FILE)}
    for group, code, label in chain(_of_enums(), _of_kinds(), _of_file()):
        if not label or groups[group].setdefault(code, label) != label:
            raise DeclarationError(f"{FILE.name}: {group}.{code}: {groups[group].get(code)} and {label or 'nothing'}")
    return tuple(
        Label(group, code, label, code.replace("_", " "))
        for group, known in groups.items()
        for code, label in known.items()
    )


@cache  # asked for each column of each view and page
def labels_of(view: str, column: str) -> Mapping[str, str]:
    """Code → Chinese label in a column of a view; empty where the column holds no codes."""
    own = f"{view}.{column}"
    named = {label.column_group for label in labels()}
    group = own if own in named else column
    return {label.code: label.label_zh for label in labels() if label.column_group == group}


def label_of(column: str, code: str, view: str = "") -> str:
    """The Chinese label of a code in a column; the code where it has none."""
    return labels_of(view, column).get(code, code)


def _of_enums() -> Iterator[tuple[str, str, str]]:
    for group, enums in ENUMS.items():
        for member in chain.from_iterable(enums):
            yield group, member.value, member.label


def _of_kinds() -> Iterator[tuple[str, str, str]]:
    for kind in load_kinds():
        yield "document_kind", kind.name, kind.label
        yield "kind", kind.name, kind.label
        for family in kind.metrics.families:
            yield "metric_family", family.key, family.label


def _of_file() -> Iterator[tuple[str, str, str]]:
    for group, known in read_toml(FILE).items():
        for code, label in known.items():
            yield group, code, label


def measure_label(table: StandardTable | None, measure: str) -> str:
    """Of a column of a standard table, else of a figure of the narrative, a field of a form or a computed number."""
    if table and (label := table.label_of(measure)) != measure:
        return label
    return " ".join(_field_label(part) for part in measure.split(":"))


def _field_label(field: str) -> str:
    return label_of("form_field", label_of("measure", field, "stated_figure"))


def row_label(table: StandardTable | None, row_key: str) -> str:
    """Of a row that the form names its label, else the code or printed name in its key."""
    if table and (item := table.item_of(row_key)):
        return table.row(item).label
    name = _BEFORE_A_NAME.sub("", row_key)
    return label_of("subject", name, "stated_figure") if table is None else name


def number_label(place: str) -> str:
    """Of a number as `cells` of mart.check_result name it: 公开03表 合计 本年支出合计; the place if it is of no table,
    figure or form."""
    found = _NUMBER.fullmatch(place)
    where = found and _where(found["what"])
    if not found or not where:
        return place
    table = table_named(found["what"])
    return f"{_document(found['of'])}{where} {row_label(table, found['row'])} {measure_label(table, found['measure'])}"


def names_another_document(place: str) -> bool:
    found = _NUMBER.fullmatch(place)
    return found is not None and found["of"] is not None


def _document(of: str | None) -> str:
    """Of which other document a number is, where it is of another."""
    if of is None:
        return ""
    return f"{label_of('kind', of)}文件 " if of.isalpha() else f"{of}年度 "


def _where(what: str) -> str:
    """公开03表; 与上年相比 of stated/year_over_year; 绩效表."""
    if table := table_named(what):
        return table.number_or_name
    if what.startswith("stated/"):
        return label_of("kind", what.removeprefix("stated/"), "stated_figure")
    return labels_of("", "form_field").get(what, "")


def table_named(code: str | None) -> StandardTable | None:
    """The table of any kind that has this code."""
    return next(filter(None, (kind.find(code) for kind in load_kinds())), None)
