"""One row of budget and final figures by item: GK09 (三公)."""

from dataclasses import dataclass

from ingest.characters import squeeze
from ingest.document import RawRow, RawTable
from ingest.headings import best_meaning, column_numbers, column_paths, is_number_row
from ingest.parse.readrows import ReadRow, ReadTable, has_words, is_total, read_cell
from ingest.spec import Spec
from warehouse.records import Doubt


@dataclass(frozen=True, slots=True)
class Layout:
    measures: dict[int, str]
    evidence: str
    width: int


def find_layout(spec: Spec, table: RawTable) -> Layout | None:
    """The layout that the header of this part states, or None."""
    header = _header(table)
    if not header:
        return None
    numbers = column_numbers(table.rows)
    paths = column_paths(header, table.width, table.has_spans)
    return _by_headings(spec, paths) or _by_numbers(spec, header, numbers, table.width)


def _header(table: RawTable) -> list[RawRow]:
    """All rows up to the last one with words beyond its first cell, or with the column numbers."""
    last = max((n for n, row in enumerate(table.rows) if _is_heading(row)), default=-1)
    return list(table.rows[: last + 1])


def _is_heading(row: RawRow) -> bool:
    return is_number_row(row) or any(has_words(text) for text in row.texts()[1:])


def _by_headings(spec: Spec, paths: list[tuple[str, ...]]) -> Layout | None:
    stages = {alias: stage for stage, aliases in spec.stages.items() for alias in aliases}
    items = {alias: item for item, aliases in spec.items.items() for alias in aliases}
    found: dict[int, str] = {}
    for column, path in enumerate(paths):
        stage = next((stages[text] for text in path if text in stages), None)
        item = best_meaning(tuple(text for text in path if text not in stages), items)
        if not (stage and item):
            continue
        if f"{stage}_{item}" in found.values():
            return None
        found[column] = f"{stage}_{item}"
    complete = set(found.values()) == set(spec.measure_names)
    return Layout(found, "列头:预算数、决算数各六项", len(paths)) if complete else None


def _by_numbers(spec: Spec, header: list[RawRow], numbers: dict[int, int], width: int) -> Layout | None:
    """A torn header: the number row counts twelve columns, and the stages are printed once each
    (six and six) or once per item (in turn)."""
    if sorted(numbers.values()) != list(range(1, 13)):
        return None
    stages = {alias: stage for stage, aliases in spec.stages.items() for alias in aliases}
    printed = [stages[text] for row in header for text in map(squeeze, row.texts()) if text in stages]
    if printed == ["budget", "final"]:
        order = spec.measure_names
    elif printed == ["budget", "final"] * 6:
        order = tuple(f"{stage}_{item}" for item in spec.items for stage in ("budget", "final"))
    else:
        return None
    found = {column: order[number - 1] for column, number in numbers.items()}
    return Layout(found, "列头残缺,按栏次1…12与预算数、决算数的次序对位", width)


def read_rows(spec: Spec, layout: Layout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the one row of figures; a second one with figures is a doubt."""
    body = [row for row in table.rows[len(_header(table)) if has_header else 0 :] if not is_number_row(row)]
    with_figures = [row for row in body if any(text.strip() for text in row.texts())]
    chosen = with_figures[:1] or body[:1]
    totals = [row for row in with_figures if is_total(next(filter(has_words, row.texts()), ""))]
    for row in totals[:1] or chosen:
        if not any(existing.key == spec.row_key for existing in into.rows):
            cells = tuple(read_cell(measure, row, column) for column, measure in layout.measures.items())
            into.rows.append(ReadRow(spec.row_key or "", spec.name, "", cells, row))
    if len(with_figures) > 1:
        into.unclear(
            Doubt(
                "several_rows",
                f"应为一行,实有{len(with_figures)}行,取合计行或首行",
                table_code=spec.code,
                page=table.page,
            )
        )
