"""The sentence of a result: names instead of codes, numbers with their unit."""

from decimal import Decimal

from ingest.checks.document_cells import CellKey, Sum
from ingest.checks.figures import DocumentFigures
from ingest.checks.words import words_of
from warehouse.kinds.characters import without_numbering
from warehouse.kinds.checks import NARRATIVE
from warehouse.kinds.kind import DocumentKind

LISTED = 4  # cells named one by one; more are called by what they are the sum of


def table_name(table: str, kind: DocumentKind) -> str:
    """公开01表, 情况说明, 自评表."""
    if kind.has(table):
        return kind.table(table).number_or_name
    return "情况说明" if table == NARRATIVE else words_of(kind).form


def number(value: Decimal, unit: str = "") -> str:
    """198.5 → 198.50 for money; counts and points as they are; never an exponent."""
    least = 2 if unit in ("万元", "%") else 0
    text = f"{value.normalize():f}"
    decimals = len(text.partition(".")[2])
    return f"{value:.{least}f}" if decimals < least else text


def name(key: CellKey, doc: DocumentFigures) -> str:
    table, row, measure = key
    kind = doc.printed.kind
    if table == "=":
        return measure
    if table == NARRATIVE:
        return f"情况说明{_stated_name(row, measure, kind)}"
    if not kind.has(table):
        return f"“{row}”{_form_measure(measure, kind)}"
    return f"{table_name(table, kind)}{_row_name(table, row, doc)}{_measure_name(table, measure, kind)}"


def _measure_name(table: str, measure: str, kind: DocumentKind) -> str:
    """A sentence may name what the table does not have."""
    called = kind.table(table).called(measure)
    return words_of(kind).measures.get(measure, called) if called in ("", measure) else called


def _row_name(table: str, row: str, doc: DocumentFigures) -> str:
    """A table with one row needs no name of it; a detail is named with the row above it."""
    spec = doc.printed.kind.table(table)
    if row == spec.row_key:
        return ""
    item = spec.item_of(row)
    if spec.key and item:
        return f"“{spec.row(item).label}”"
    label = without_numbering(doc.printed.rows.get(table, {}).get(row, row))
    label = label.partition(":")[2] if ":" in label else label
    above = spec.item_of(row.rpartition("/")[0]) if "/" in row else None
    return f"{(above and spec.row(above).called) or ''}“{label}”"


def _stated_name(row: str, measure: str, kind: DocumentKind) -> str:
    of_figure, _, subject = row.partition("/")
    words = words_of(kind)
    called = words.measures.get(measure, measure)
    restated = words.restated.get(of_figure)
    if restated and (named := kind.table(restated).called(subject)) != subject:
        return f"“{named}”{called}"
    if subject == "all":
        return f"{words.kinds.get(of_figure, '')}“{called}”"
    return f"“{words.subjects.get(subject, subject)}”{called}"


def _form_measure(measure: str, kind: DocumentKind) -> str:
    what, _, rest = measure.partition(":")
    called, form = words_of(kind).measures, words_of(kind).form
    if not rest:
        return f"{form}{called.get(measure, measure)}"
    item, _, last = rest.rpartition(":")
    return f"{form}{'第' + item + '项指标' if what == 'indicator' else item}{called.get(last, last)}"


def side_words(side: Sum, sum_of: str | None, total: Decimal, unit: str, doc: DocumentFigures) -> str:
    """公开05表“合计”基本支出 1806.70, or 各来源收入之和 1531.05."""
    if len(side) == 1:
        ((_, key),) = side
        return name(key, doc) if key[0] == "=" else f"{name(key, doc)} {number(total, unit)}"
    if sum_of or len(side) > LISTED:
        return f"{sum_of or '各项相抵'} {number(total, unit)}"
    return f"{_listed(side, unit, doc)} 得 {number(total, unit)}"


def _listed(side: Sum, unit: str, doc: DocumentFigures) -> str:
    texts = []
    for n, (sign, key) in enumerate(side):
        mark = "－" if sign < 0 else ("＋" if n else "")
        texts.append(f"{mark}{name(key, doc)} {number(doc.cell(key).value or Decimal(0), unit)}")
    return " ".join(texts)
