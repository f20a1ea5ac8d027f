"""The money of a form: the total row and one row per funding source, in 万元."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.forms import numbers
from ingest.forms.cells import cells_of
from ingest.forms.parts import Part
from ingest.forms.rows import FormRow
from ingest.forms.spec import FormSpec
from ingest.values.amounts import UNITS
from ingest.values.characters import name_of, squeeze

BUDGETS = ("initial_budget", "adjusted_budget", "executed")
_PREFIX = re.compile(r"^(?:资金来源|其中)?[:：、]?(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）.、．])?")
_TOTAL = re.compile(r"总额|合计|总计")


@dataclass(slots=True)
class MoneyRow:
    """One printed row; `texts` are its cells by column."""

    label: str
    texts: dict[str, str]
    row: FormRow
    is_total: bool = False
    amounts: dict[str, Decimal | None] = field(default_factory=dict)


def money_rows(part: Part, spec: FormSpec) -> tuple[list[MoneyRow], list[MoneyRow]]:
    """The total and the sources, read cell by cell, and rows with numbers that are neither; in the printed unit."""
    rows = [read for row in part.rows if (read := _money_row(row, part, spec))]
    for read in rows:
        read.amounts = {key: numbers.plain(read.texts.get(key)) for key in BUDGETS}
    taken = [row for row in rows if row.is_total or spec.names_source(row.label)]
    sources = [row for row in taken if row.is_total or not _is_structure(row, spec)]
    if any(not row.is_total for row in sources):
        taken = sources
    others = [row for row in rows if row not in taken and any(value is not None for value in row.amounts.values())]
    return taken, others


def _is_structure(row: MoneyRow, spec: FormSpec) -> bool:
    """基本支出 beside 财政拨款: the same money once more, by what it was spent on."""
    return spec.key("money_rows", row.label) == "structure"


def _money_row(row: FormRow, part: Part, spec: FormSpec) -> MoneyRow | None:
    label, cells = cells_of(row, part.columns, "money", spec)
    source = source_name(label)
    if not source or spec.key("money_rows", source) == "section":
        return None
    is_total = spec.key("money_rows", source) == "total" or bool(_TOTAL.search(source))
    return MoneyRow(source, cells, row, is_total)


def source_name(label: str) -> str:
    """（1）政府预算资金 and 其中：政府预算资金 are 政府预算资金."""
    return _PREFIX.sub("", name_of(label)).rstrip(":：")


def unit_of(part: Part, above: list[str]) -> str:
    """The unit printed in the header or the row labels, else in the lines above the form; 万元 where none is."""
    printed = [piece.text for row in (*part.headers, *part.rows) for piece in row.pieces]
    units = [unit for text in (*printed, *map(squeeze, reversed(above))) if (unit := numbers.unit_of(text))]
    return units[0] if units else "万元"


def in_wan(value: Decimal | None, unit: str) -> Decimal | None:
    """An amount of the printed unit in 万元."""
    return None if value is None else value * UNITS[unit] / UNITS["万元"]
