"""Makes small documents and tables, for tests of one layout or one damage."""

from collections.abc import Iterable
from pathlib import Path

from ingest.document import Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.pipeline import extract, read_tables
from ingest.prove.amounts import settle
from ingest.prove.codes import repair_codes
from ingest.readers.plain_text.read import read_text
from ingest.tables.recognise import recognise
from ingest.tables.sections import sections, with_headers_rejoined
from ingest.tables.units import Unit
from tests.kinds import ACCOUNTS
from warehouse.kinds.kind import DocumentKind
from warehouse.records.places import Place
from warehouse.records.reading import Amount, Extraction, TableFound


def row(*texts: str, page: int | None = None, line_no: int | None = None) -> RawRow:
    return RawRow(tuple(map(Cell, texts)), Place(page, line_no))


def merged_row(*marks: str, page: int | None = 1) -> RawRow:
    """`名<3` spans three columns; `^` is covered by the cell above."""
    cells: list[Cell | None] = []
    for mark in marks:
        text, _, span = mark.partition("<")
        cells.append(None if text == "^" else Cell(text, colspan=int(span or 1)))
        cells += [None] * (int(span or 1) - 1)
    return RawRow(tuple(cells), Place(page))


def table(*rows: Iterable[str], page: int | None = None, kind: GridKind = GridKind.CONVERTED) -> RawTable:
    return RawTable(tuple(row(*texts, page=page) for texts in rows), kind)


def merged_table(*rows: RawRow) -> RawTable:
    return RawTable(rows, GridKind.RULED)


def _line(said: str | tuple[str, int]) -> Line:
    return Line(said) if isinstance(said, str) else Line(said[0], Place(said[1]))


def document(*blocks: str | RawTable | tuple[str, int]) -> Document:
    """A document of tables and lines; a line is a text, or a pair of text and page."""
    made = (block if isinstance(block, RawTable) else _line(block) for block in blocks)
    return Document("text", tuple(made))


def text_document(text: str) -> Document:
    return read_text(Path("made.txt"), text.encode())


SOUND_TABLE = (
    "国有资本经营预算财政拨款支出决算表\n单位：万元\n"
    "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t1.00\t0.00\t1.00\n"
)  # added to a table that must not be understood: a file without any table is refused
COVER = "海州市粮食局2024年度部门决算\n目录\n"


def read_disclosure(folder: Path, text: str, cover: str = COVER, name: str = "made.txt") -> Extraction:
    """The extraction of a text with tabs between cells; the cover is put before it."""
    path = folder / name
    path.write_text(cover + text, encoding="utf-8")
    return extract(path)


def amounts_of(extraction: Extraction, table_code: str) -> dict[tuple[str, str], Amount]:
    return {(a.row_key, a.measure): a for a in extraction.amounts if a.table_code == table_code}


def table_of(extraction: Extraction, table_code: str) -> TableFound:
    return next(found for found in extraction.tables if found.table_code == table_code)


def doubts_of(extraction: Extraction, table_code: str | None = None) -> list[str]:
    """The kinds of the doubts about one table, or about all."""
    return [doubt.what for doubt in extraction.doubts if table_code in (None, doubt.table_code)]


def amounts_in_blocks(
    *blocks: str | RawTable | tuple[str, int], kind: DocumentKind = ACCOUNTS
) -> dict[str, dict[tuple[str, str], Amount]]:
    """Table code → (row, measure) → amount, for blocks as the reader of PDFs returns them."""
    matches = recognise(with_headers_rejoined(sections(document(*blocks))), kind).matches
    tables = read_tables(matches)
    repair_codes(tables)
    amounts, _ = settle(kind, tables, {code: Unit("万元", "表上所印") for code in tables})
    found: dict[str, dict[tuple[str, str], Amount]] = {code: {} for code in tables}
    for amount in amounts:
        found[amount.table_code][amount.row_key, amount.measure] = amount
    return found


def numbers(amounts: dict[tuple[str, str], Amount]) -> dict[str, list[str | None]]:
    """Row → its values in 万元 as text, in the order of the measures; None for no number."""
    rows: dict[str, list[str | None]] = {}
    for (key, _), amount in amounts.items():
        value = amount.value if amount.value is None or amount.value_unit != "元" else amount.value / 10_000
        rows.setdefault(key, []).append(None if value is None else f"{value:.2f}")
    return rows
