"""The money of a whole form, read cell by cell."""

import re

from ingest.forms.cells.by_column import cells_of
from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.parts import Part
from ingest.forms.layout.rows import FormRow
from ingest.forms.money import BUDGETS, MoneyRow
from ingest.forms.values import numbers
from warehouse.kinds.characters import name_of
from warehouse.kinds.form_declarations import wordings

_WORDS = wordings().money
_PREFIX = re.compile(
    rf"^(?:{'|'.join(_WORDS.before_source)})?[:：、]?(?:[(（]?[\d一二三四五六七八九十]{{1,2}}[)）.、．])?"
)


def money_rows(part: Part, spec: FormSpec) -> tuple[list[MoneyRow], list[MoneyRow]]:
    """The total and the sources, and rows with numbers that are neither; in the printed unit."""
    rows = [read for row in part.rows if (read := _money_row(row, part, spec))]
    for read in rows:
        read.amounts = {key: numbers.plain(read.texts.get(key)) for key in BUDGETS}
    taken = [row for row in rows if row.is_total or spec.names_source(row.label)]
    sources = [row for row in taken if row.is_total or not _is_structure(row, spec)]
    if any(not row.is_total for row in sources):
        taken = sources
    others = [row for row in rows if row not in taken and any(value is not None for value in row.amounts.values())]
    return taken, others


def source_name(label: str) -> str:
    """（1）政府预算资金 and 其中：政府预算资金 are 政府预算资金."""
    return _PREFIX.sub("", name_of(label)).rstrip(":：")


def _is_structure(row: MoneyRow, spec: FormSpec) -> bool:
    """基本支出 beside 财政拨款: the same money once more, by what it was spent on."""
    return spec.key("money_rows", row.label) == "structure"


def _money_row(row: FormRow, part: Part, spec: FormSpec) -> MoneyRow | None:
    label, cells = cells_of(row, part.columns, "money", spec)
    source = source_name(label)
    if not source or spec.key("money_rows", source) == "section":
        return None
    is_total = spec.key("money_rows", source) == "total" or any(word in source for word in _WORDS.total_words)
    return MoneyRow(source, cells, row, is_total)
