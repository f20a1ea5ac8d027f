"""What was not read, or not printed, that alone may be why two sides do not agree: the result is undetermined.

A row with a figure whose name is no declared wording and no 类 may be any row of its side: sums there are undetermined.
"""

from collections.abc import Iterable, Iterator

from ingest.checks.document_cells import CellKey, is_class
from ingest.checks.figures import ZERO, DocumentFigures
from ingest.checks.rows_of_sides import RowGroup, is_known, rows_of, sums_of
from ingest.checks.sentences import table_name
from warehouse.kinds.characters import without_numbering
from warehouse.records.reading import TableFound, TableStatus


def why_open(keys: Iterable[CellKey], doc: DocumentFigures) -> str | None:
    """One sentence, or None where everything these cells speak of was read."""
    by_table: dict[str, list[CellKey]] = {}
    for key in keys:
        if key[0] in doc.found:
            by_table.setdefault(key[0], []).append(key)
    reasons = (reason for table, mine in by_table.items() for reason in _reasons(table, mine, doc))
    return next(reasons, None)


def _reasons(table: str, keys: list[CellKey], doc: DocumentFigures) -> Iterator[str]:
    called = table_name(table, doc.printed.kind)
    found = doc.found[table]
    absent = any(key not in doc.cells for key in keys)
    if found.status is TableStatus.BLANK:
        yield f"{called}印有表头而未印数字，不能当作 0"
    elif not found.is_whole and (reason := _not_whole(found, keys)):
        yield f"{called}{reason}"
    elif absent and not closes(table, doc):
        yield f"{called}各类之和不等于合计，未见的科目不能当作 0"
    if row := _other_balance(table, keys, doc):
        yield _not_assigned(table, row, doc)


def _not_assigned(table: str, row: str, doc: DocumentFigures) -> str:
    name = row.partition(":")[2] if ":" in row else row
    return f"{table_name(table, doc.printed.kind)}另有“{without_numbering(name)}”一行不知归属"


def _not_whole(found: TableFound, keys: list[CellKey]) -> str | None:
    """Rows that were not read leave sums over rows open, columns sums over columns."""
    if found.unread_rows and len({row for _, row, _ in keys}) > 1:
        return f"有{len(found.unread_rows)}行未能读出"
    if found.unread_columns and len({measure for _, _, measure in keys}) > 1:
        return f"“{found.unread_columns[0]}”一栏未能读出"
    return None if found.unread_rows or found.unread_columns else "未能完整读出"


def closes(table: str, doc: DocumentFigures) -> bool:
    """The 类 that were read add up to the 合计, so that none is missing. Tables without codes are taken whole."""
    spec = doc.printed.kind.table(table)
    classes = [row for row in doc.printed.rows.get(table, {}) if is_class(row)]
    whole = doc.printed.whole_row(spec)
    if whole is None:
        return not classes
    keys = [(table, row, spec.total_measure) for row in (whole, *classes)]
    cells = [cell for key in keys if (cell := doc.cells.get(key)) and cell.value is not None]
    if len(cells) < len(keys):
        return False
    total, *parts = (cell.number for cell in cells)
    return abs(total - sum(parts, ZERO)) <= sum((cell.half for cell in cells if cell.is_printed), ZERO)


def _other_balance(table: str, keys: list[CellKey], doc: DocumentFigures) -> str | None:
    """A row with a figure among the balances of a sum that takes no part in it."""
    sides: dict[str, set[str]] = {}
    for _, row, _ in keys:
        side, colon, _ = row.partition(":")
        if colon:
            sides.setdefault(side, set()).add(row)
    measures = {measure for _, _, measure in keys}
    for side, used in sides.items():
        balances = rows_of(RowGroup(table, side, is_below=True), doc.printed)
        sums = sums_of(doc.printed.kind.table(table), side, doc.printed)
        if len(used) > 1 and not used.isdisjoint({*balances, *sums}):
            for row in balances:
                if row not in used and _has_figure(table, row, measures, doc):
                    return row
    return None


def unknown_in(places: Iterable[tuple[RowGroup, str]], unit: str, doc: DocumentFigures) -> str | None:
    """In words a row whose name is not known, with a figure where a part of a sum may stand: rows and their measure.

    A list without sides holds counts beside money: only figures in `unit` can be meant.
    """
    for group, measure in dict.fromkeys(places):
        spec = doc.printed.kind.table(group.table)
        for row in rows_of(group, doc.printed):
            is_meant = group.side is not None or doc.cell((spec.code, row, measure)).unit == unit
            if is_meant and not is_known(spec, row) and _has_figure(spec.code, row, (measure,), doc):
                return _not_assigned(spec.code, row, doc)
    return None


def _has_figure(table: str, row: str, measures: Iterable[str], doc: DocumentFigures) -> bool:
    cells = [cell for measure in measures if (cell := doc.cells.get((table, row, measure)))]
    return any(cell.is_printed and cell.value != 0 for cell in cells)
