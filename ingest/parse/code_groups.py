"""Groups of code | name | amount side by side: GK06."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest import codes
from ingest.amounts import BLANK, Candidate, Reading, read_amount
from ingest.characters import comparable, name_of, squeeze
from ingest.document import RawRow, RawTable
from ingest.headings import best_meaning, column_paths, is_number_row, split_header
from ingest.parse.readrows import ReadCell, ReadRow, ReadTable, body_rows, has_words, looks_like_amount
from ingest.spec import Spec
from warehouse.records import Doubt, Presence


@dataclass(frozen=True, slots=True)
class Group:
    code: int
    name: int
    amount: int


@dataclass(frozen=True, slots=True)
class Layout:
    groups: tuple[Group, ...]
    measure: str
    evidence: str
    width: int

    @property
    def holds(self) -> tuple[str, ...]:
        return (self.measure,) * len(self.groups)


@dataclass(frozen=True, slots=True)
class Entry:
    """A code, its name and its amount as they follow each other in a row."""

    code: str
    name: str
    printed: str
    column: int
    reading: Reading


def find_layout(spec: Spec, table: RawTable) -> Layout | None:
    """The layout that the header of this part states, or None."""
    header, body = split_header(table, lambda row: _has_code(spec, row))
    if not header or not body:
        return None
    paths = column_paths(header, table.width, table.has_spans)
    kinds = _kinds(spec, paths)
    groups = tuple(
        Group(column, column + 1, column + 2)
        for column in range(len(kinds) - 2)
        if kinds[column] == "code" and kinds[column + 2] == "amount"
    )
    if not groups or kinds.count("amount") != len(groups):
        return None
    return Layout(groups, spec.measures[0].name, f"列头:编码|名称|金额 {len(groups)}组并列", table.width)


def _kinds(spec: Spec, paths: list[tuple[str, ...]]) -> list[str | None]:
    meanings = {alias: kind for kind, aliases in spec.key_columns.items() for alias in aliases}
    meanings |= {alias: "amount" for measure in spec.measures for alias in measure.headers}
    return [best_meaning(path, meanings) for path in paths]


def _has_code(spec: Spec, row: RawRow) -> bool:
    return any(codes.is_code(squeeze(text), spec.key) for text in row.texts())


def read_rows(spec: Spec, layout: Layout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the entries of one part of the table, row by row, group by group."""
    body = body_rows(
        spec.code, table, has_header, lambda row: _has_code(spec, row) or bool(list(_totals(spec, row))), into
    )
    for row in body:
        if is_number_row(row):
            continue
        totals = list(_totals(spec, row))
        into.rows.extend(_total_row(layout, row, *total) for total in totals)
        if not totals:
            _take(spec, layout, row, into)


def _totals(spec: Spec, row: RawRow) -> Iterator[tuple[str, int, int]]:
    """(key, column of the label, column of the amount) of each total printed in this row."""
    texts = row.texts()
    labels = [
        (n, key) for n, text in enumerate(texts) for key, names in spec.totals.items() if comparable(text) in names
    ]
    if not labels or any(codes.is_code(squeeze(text), spec.key) for text in texts):
        return
    ends = [n for n, _ in labels[1:]] + [len(texts)]
    for (column, key), end in zip(labels, ends, strict=True):
        amount = next((n for n in range(column + 1, end) if texts[n].strip()), None)
        yield key, column, end - 1 if amount is None else amount


def _total_row(layout: Layout, row: RawRow, key: str, label: int, amount: int) -> ReadRow:
    printed = row.text(amount) if amount != label else ""
    cell = ReadCell(layout.measure, printed, read_amount(printed), amount)
    return ReadRow(key, name_of(row.text(label)), "", (cell,), row)


def _take(spec: Spec, layout: Layout, row: RawRow, into: ReadTable) -> None:
    entries = list(_by_position(spec, layout, row))
    if not _stands_right(spec, layout, row, entries):
        entries = list(_by_sequence(spec, row))
    for entry in entries:
        if not entry.code:
            _refuse(spec, row, entry, into)
            continue
        cell = ReadCell(layout.measure, entry.printed, entry.reading, entry.column)
        into.rows.append(ReadRow(entry.code, name_of(entry.name), entry.code, (cell,), row))


def _by_position(spec: Spec, layout: Layout, row: RawRow) -> Iterator[Entry]:
    for group in layout.groups:
        code, name, printed = squeeze(row.text(group.code)), row.text(group.name), row.text(group.amount)
        if not code and name:
            code, name = codes.split(squeeze(name))
        if code or has_words(name) or printed.strip():
            yield Entry(code, name, printed, group.amount, read_amount(printed))


def _stands_right(spec: Spec, layout: Layout, row: RawRow, entries: list[Entry]) -> bool:
    """Codes stand in code columns, words in name columns, and no number is glued to a code."""
    columns = {group.code for group in layout.groups}
    misplaced = any(
        codes.is_code(squeeze(text), spec.key) and column not in columns for column, text in enumerate(row.texts())
    )
    odd = any(
        not entry.code or has_words(entry.printed) or any(c.rest for c in entry.reading.candidates) for entry in entries
    )
    return not misplaced and not odd


def _by_sequence(spec: Spec, row: RawRow) -> Iterator[Entry]:
    """A displaced row read by what follows what: code, then its name, then its amount."""
    code = name = ""
    how = "行内单元格错位,按编码、名称、金额的先后对位"
    for column, text in enumerate(row.texts()):
        bare = squeeze(text)
        if codes.is_code(bare, spec.key):
            if code:
                yield Entry(code, name, "", column, BLANK)
            code, name = bare, ""
        elif has_words(text):
            name += text
        elif code and bare:
            reading = read_amount(text)
            rest = next((candidate.rest for candidate in reading.candidates if candidate.rest), "")
            yield Entry(code, name, text, column, _displaced(reading, how))
            code, name = rest, ""
    if code:
        yield Entry(code, name, "", column, BLANK)


def _displaced(reading: Reading, how: str) -> Reading:
    if reading.value is None:
        return reading
    return Reading(Presence.NUMBER, None, (Candidate(reading.value, how),))


def _refuse(spec: Spec, row: RawRow, entry: Entry, into: ReadTable) -> None:
    text = f"{entry.name} {entry.printed}".strip()
    if looks_like_amount(entry.printed):
        into.unclear(
            Doubt("row_without_key", "有数而无经济分类编码,未入库", table_code=spec.code, printed=text, page=row.page)
        )
    elif has_words(entry.name):
        into.doubts.append(
            Doubt(
                "row_not_understood",
                "既非科目也非合计的单元格,未入库",
                table_code=spec.code,
                printed=text,
                page=row.page,
            )
        )
