"""The sentence of a result: names instead of codes, numbers with their unit."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from ingest.checks.figures import Book
from ingest.checks.terms import CellKey, Signed
from ingest.values.characters import without_numbering
from warehouse.kinds import kind as kind_module

FILE = Path(kind_module.__file__).parent / "final_accounts" / "words.toml"
LISTED = 4  # cells named one by one; more are called by what they are the sum of


@cache
def words() -> dict[str, dict]:
    return tomllib.loads(FILE.read_text("utf-8"))


def table_name(table: str) -> str:
    return f"公开{table[2:]}表" if table.startswith("GK") else {"stated": "情况说明"}.get(table, "自评表")


def number(value: Decimal, unit: str = "") -> str:
    """198.5 → 198.50 for money; counts and points as they are; never an exponent."""
    least = 2 if unit in ("万元", "%") else 0
    text = f"{value.normalize():f}"
    decimals = len(text.partition(".")[2])
    return f"{value:.{least}f}" if decimals < least else text


def name(key: CellKey, book: Book) -> str:
    table, row, measure = key
    if table == "=":
        return measure
    if table == "stated":
        return f"情况说明{_stated_name(row, measure)}"
    if not table.startswith("GK"):
        return f"“{row}”{_form_measure(measure)}"
    if table == "GK09":
        stage, _, item = measure.partition("_")
        return f"公开09表{words()['three_public'].get(item, item)}{words()['stages'].get(stage, stage)}"
    label = words()["rows"].get(row) or without_numbering(book.layout.rows.get(table, {}).get(row, row))
    if ":" in label:
        label = label.partition(":")[2]
    detail = "年初结转" if "/" in row else ""
    return f"{table_name(table)}{detail}“{label}”{measure_name(table, measure)}"


def measure_name(table: str, measure: str) -> str:
    if table in ("GK01", "GK06", "GK10"):
        return ""
    measures = words()["measures"]
    own = measures.get(table, {})
    return own.get(measure) or measures.get(measure) or measure


def _stated_name(row: str, measure: str) -> str:
    kind, _, subject = row.partition("/")
    of = words()["three_public"] if kind == "three_public_amount" else words()["subjects"]
    called = words()["measures"].get(measure, measure)
    if kind.endswith("_composition"):
        table = "GK02" if kind.startswith("income") else "GK03"
        return f"“{measure_name(table, subject)}”{called}"
    if subject == "all":
        return f"{words()['kinds'].get(kind, '')}“{called}”"
    return f"“{of.get(subject, subject)}”{called}"


def _form_measure(measure: str) -> str:
    what, _, rest = measure.partition(":")
    called = words()["measures"]
    if not rest:
        return f"自评表{called.get(measure, measure)}"
    item, _, last = rest.rpartition(":")
    return f"自评表{'第' + item + '项指标' if what == 'indicator' else item}{called.get(last, last)}"


def side_words(side: tuple[Signed, ...], sum_of: str | None, total: Decimal, unit: str, book: Book) -> str:
    """公开05表“合计”基本支出 1806.70, or 各来源收入之和 1531.05."""
    if len(side) == 1:
        ((_, key),) = side
        return name(key, book) if key[0] == "=" else f"{name(key, book)} {number(total, unit)}"
    if sum_of or len(side) > LISTED:
        return f"{sum_of or '各项相抵'} {number(total, unit)}"
    return f"{_listed(side, unit, book)} 得 {number(total, unit)}"


def _listed(side: tuple[Signed, ...], unit: str, book: Book) -> str:
    texts = []
    for n, (sign, key) in enumerate(side):
        mark = "－" if sign < 0 else ("＋" if n else "")
        texts.append(f"{mark}{name(key, book)} {number(book.cell(key).value or Decimal(0), unit)}")
    return " ".join(texts)
