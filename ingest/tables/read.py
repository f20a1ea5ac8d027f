"""The rows of every standard table that was recognised."""

from collections.abc import Sequence

from ingest.tables.recognise import TableMatch, TablePart
from ingest.tables.sections import Section
from ingest.tables.shapes import FINISH, SHAPES
from ingest.tables.shapes.listed import sums_hold
from ingest.tables.shapes.readrows import ReadTable, looks_like_amount
from ingest.tables.stand_ins import name_stand_ins
from warehouse.kinds.characters import squeeze
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Presence


def read_tables(matches: dict[str, TableMatch]) -> dict[str, tuple[StandardTable, ReadTable]]:
    """The rows of every table of which at least one part was understood.

    A table that prints figures of which none was read is not blank but was not understood: its parts are refused. So
    are lists in lines of text whose sums do not hold.
    """
    tables = {}
    for code, match in sorted(matches.items()):
        if match.parts:
            table = _read_table(match)
            lists = [part for part in match.parts if part.is_list]
            if lists and not sums_hold(table):
                _refuse(match, lists)
                table = _read_table(match)
            if not _has_figures(table) and any(map(_prints_figures, match.parts_sections)):
                _refuse(match, match.parts)
            if match.parts:
                tables[code] = (match.form, table)
    name_stand_ins(tables)
    return tables


def _refuse(match: TableMatch, parts: Sequence[TablePart]) -> None:
    match.refused[:0] = [part.section for part in parts]
    match.parts[:] = [part for part in match.parts if part not in parts]


def _read_table(match: TableMatch) -> ReadTable:
    table = ReadTable()
    for part in match.parts:
        SHAPES[match.form.shape].read_rows(match.form, part.layout, part.section.table, part.has_header, table)
        for line in part.section.unruled_rows:
            table.unclear(
                Doubt(
                    DoubtKind.ROW_OUTSIDE_TABLE,
                    "表格线之外成行的数字,未入库",
                    table_code=match.form.code,
                    printed=line.text,
                    place=line.place,
                )
            )
    if match.form.shape in FINISH:
        FINISH[match.form.shape](match.form, table)
    table.is_whole = table.is_whole and not match.refused
    return table


def _prints_figures(section: Section) -> bool:
    texts = (squeeze(text) for row in section.table.rows for text in row.texts())
    return bool(section.unruled_rows) or any("." in text and looks_like_amount(text) for text in texts)


def _has_figures(table: ReadTable) -> bool:
    return any(cell.reading.presence is Presence.NUMBER for row in table.rows for cell in row.cells)
