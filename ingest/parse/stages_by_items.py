"""Budget and final figures by item: GK09 (三公), as one row of twelve or as a list of items."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.characters import comparable, name_of, squeeze, without_numbering
from ingest.document import RawRow, RawTable
from ingest.headings import best_meaning, column_numbers, column_paths, is_number_row
from ingest.parse.readrows import ReadRow, ReadTable, has_words, is_total, read_cell
from ingest.spec import Spec
from warehouse.records import Doubt


@dataclass(frozen=True, slots=True)
class Layout:
    """`measures`: column → measure (one row) or column → stage (`label` is the column of the items)."""

    measures: dict[int, str]
    evidence: str
    width: int
    label: int | None = None

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(self.measures.values())


def find_layout(spec: Spec, table: RawTable) -> Layout | None:
    """The layout that the header of this part states, or None."""
    header = _header(table)
    if not header:
        return None
    paths = column_paths(header, table.width, table.has_spans)
    return (
        _by_headings(spec, paths)
        or _by_numbers(spec, header, column_numbers(table.rows), table.width)
        or _as_list(spec, header, table)
    )


def _header(table: RawTable) -> list[RawRow]:
    """All rows up to the last one with words beyond its first cell, or with the column numbers."""
    last = max((n for n, row in enumerate(table.rows) if _is_heading(row)), default=-1)
    return list(table.rows[: last + 1])


def _is_heading(row: RawRow) -> bool:
    return is_number_row(row) or any(has_words(text) for text in row.texts()[1:])


def _stages(spec: Spec) -> dict[str, str]:
    return {alias: stage for stage, aliases in spec.stages.items() for alias in aliases}


def _items(spec: Spec) -> dict[str, str]:
    return {alias: item for item, aliases in spec.items.items() for alias in aliases}


def _by_headings(spec: Spec, paths: list[tuple[str, ...]]) -> Layout | None:
    stages, items = _stages(spec), _items(spec)
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
    stages = _stages(spec)
    printed = [stages[text] for row in header for text in map(squeeze, row.texts()) if text in stages]
    if printed == ["budget", "final"]:
        order = spec.measure_names
    elif printed == ["budget", "final"] * 6:
        order = tuple(f"{stage}_{item}" for item in spec.items for stage in ("budget", "final"))
    else:
        return None
    found = {column: order[number - 1] for column, number in numbers.items()}
    return Layout(found, "列头残缺,按栏次1…12与预算数、决算数的次序对位", width)


def _as_list(spec: Spec, header: list[RawRow], table: RawTable) -> Layout | None:
    """项目 | 预算数 | 决算数, one item to a row."""
    stages, items = _stages(spec), _items(spec)
    paths = column_paths(header, table.width, table.has_spans)
    found = {column: stages[path[-1]] for column, path in enumerate(paths) if path and path[-1] in stages}
    if sorted(found.values()) != ["budget", "final"]:
        return None
    for label in range(min(found)):
        named = {_item(row.text(label), items) for row in table.rows}
        if {"total", "overseas", "reception"} <= named:
            return Layout(found, "列头:预算数、决算数,逐项成行", table.width, label)
    return None


def _item(label: str, items: dict[str, str]) -> str | None:
    text = without_numbering(name_of(label)).removeprefix("其中:").removeprefix("其中：")
    return items.get(comparable(without_numbering(text)))


def read_rows(spec: Spec, layout: Layout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the figures of one part of the table."""
    if layout.label is None:
        _read_row(spec, layout, table, has_header, into)
    else:
        into.rows.extend(_listed(spec, layout, layout.label, table))


def _read_row(spec: Spec, layout: Layout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """The one row of figures; a second one with figures is a doubt."""
    body = [row for row in table.rows[len(_header(table)) if has_header else 0 :] if not is_number_row(row)]
    with_figures = [row for row in body if any(text.strip() for text in row.texts())]
    totals = [row for row in with_figures if is_total(next(filter(has_words, row.texts()), ""))]
    for row in totals[:1] or with_figures[:1] or body[:1]:
        if not into.rows:
            cells = tuple(read_cell(measure, row, column) for column, measure in layout.measures.items())
            into.rows.append(ReadRow(spec.row_key or "", spec.name, "", cells, row))
    if len(with_figures) > 1:
        reason = f"应为一行,实有{len(with_figures)}行,取合计行或首行"
        into.unclear(Doubt("several_rows", reason, table_code=spec.code, page=table.page))


def _listed(spec: Spec, layout: Layout, label: int, table: RawTable) -> Iterator[ReadRow]:
    items = _items(spec)
    for row in table.rows:
        item = _item(row.text(label), items)
        if item:
            cells = tuple(read_cell(f"{stage}_{item}", row, column) for column, stage in layout.measures.items())
            yield ReadRow(spec.row_key or "", name_of(row.text(label)), "", cells, row)
