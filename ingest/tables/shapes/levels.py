"""Tables whose rows are told apart by names on several levels: unit and project, or kind and item of purchases.

A name counts for the rows below it until the next one on its level. A code in columns of its parts (类 | 款 | 项) is
one level.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import RawRow, RawTable
from ingest.tables.headings import Path, best_meaning, column_paths, is_number_row
from ingest.tables.shapes.alignment import loses_blanks
from ingest.tables.shapes.centred_names import with_centred_names
from ingest.tables.shapes.chosen_columns import groups_in, meanings_of, measure_of, without_groups
from ingest.tables.shapes.project_keys import PROJECT, project_key, with_units_told
from ingest.tables.shapes.readrows import (
    ReadCell,
    ReadRow,
    ReadTable,
    has_words,
    is_total,
    looks_like_amount,
    printed_row,
    read_cell,
)
from ingest.tables.shapes.repeated_rows import add_repeated
from ingest.tables.shapes.stages_by_items import header_of
from ingest.tables.shapes.unit_keys import TOTAL
from ingest.tables.unheaded_columns import has_amounts_without_heading
from ingest.values.project_names import code_in_name, project_code, project_name
from warehouse.kinds.characters import name_of, squeeze, without_footnote, without_numbering
from warehouse.kinds.tables import PERCENT, ColumnGroup, StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

_WORDS = table_words()
_IGNORED = ""
OTHER = "other:"
UNIT_UNKNOWN = "有数而所属单位无从确定,未入库"
LEVEL, CODE, NAME_OF_CODE = "level", "code", "name_of_code"
CODE_OF_PROJECT = "project_code"


@dataclass(frozen=True, slots=True)
class Level:
    """`role`: unit_code, unit, type, project, unit_or_project, code,
    name_of_code, or level where all levels are alike."""

    role: str
    columns: tuple[int, ...]  # several of a code in parts


@dataclass(frozen=True, slots=True)
class LevelsLayout:
    measures: dict[int, str]
    levels: tuple[Level, ...]
    evidence: str
    width: int
    units: dict[int, str] = field(default_factory=dict)  # of columns of counts
    others: tuple[int, ...] = ()
    project_code: int | None = None  # the column of the codes of projects

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(self.measures.values())

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(column for column in range(self.width) if column not in self.measures)

    @property
    def left_out(self) -> frozenset[int]:
        return frozenset(self.others)

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()


def find_layout(form: StandardTable, table: RawTable) -> LevelsLayout | None:
    """The layout that the header of this part states, or None."""
    above = _header_rows(table)
    if not above or has_amounts_without_heading(table):
        return None
    body = list(table.rows[above:])
    paths = column_paths(table.rows[:above], table.width, table.kind.knows_spans, form.kind_words)
    codes = tuple(_codes(paths))
    units = {column: unit for column, path in enumerate(paths) if (unit := _count_unit(form, path))}
    free = [column for column, path in enumerate(paths) if path and all(column not in group for group in codes)]
    groups = groups_in(form, paths)
    meanings = {column: _meaning(form, paths[column], groups) for column in free}
    measures = without_groups(form, {column: name for column, name in meanings.items() if name})
    measures |= {column: _other(paths[column]) for column in units}
    first = min(measures, default=0)
    unknown = [column for column in free if meanings[column] is None and column not in measures]
    coded = {column for column in unknown if _WORDS.code_heading.search(paths[column][-1])}
    open_columns = [column for column in unknown if column > first and column not in coded]
    measures |= {column: _other(paths[column]) for column in open_columns if _holds_figures(body, column)}
    is_level = {column: column < first or column in coded for column in unknown}
    roles = {column: _role(form, paths[column]) or (LEVEL if is_level[column] else "") for column in unknown}
    coded_projects = [column for column, role in roles.items() if role == CODE_OF_PROJECT]
    named = {column: role for column, role in roles.items() if role and role != CODE_OF_PROJECT}
    levels = tuple(_levels(named, codes))
    is_known = set(form.needed) <= set(measures.values()) and len(set(measures.values())) == len(measures)
    if not (measures and levels and is_known):
        return None
    others = tuple(column for column, name in meanings.items() if name == _IGNORED)
    evidence = f"逐层列头:{len(levels)}层,{len(measures)}栏"
    return LevelsLayout(
        dict(sorted(measures.items())), levels, evidence, table.width, units, others, next(iter(coded_projects), None)
    )


def _holds_figures(body: Sequence[RawRow], column: int) -> bool:
    return any(looks_like_amount(row.text(column)) for row in body)


def _header_rows(table: RawTable) -> int:
    """The rows above the first with an amount."""
    figures = (n for n, row in enumerate(table.rows) if any(map(_is_figure, row.texts())) and not is_number_row(row))
    return next(figures, len(header_of(table)))


def _is_figure(text: str) -> bool:
    return ("." in text or "," in text) and looks_like_amount(text)


def _codes(paths: Sequence[Path]) -> Iterator[tuple[int, ...]]:
    """Columns 类 | 款 | 项 below one heading."""
    group: list[int] = []
    for column, path in enumerate(paths):
        is_part = len(path) > 1 and path[-1] in _WORDS.parts_of_code
        if group and (not is_part or path[:-1] != paths[group[-1]][:-1]):
            yield tuple(group)
            group = []
        if is_part:
            group.append(column)
    if group:
        yield tuple(group)


def _meaning(form: StandardTable, path: Path, groups: Sequence[ColumnGroup]) -> str | None:
    """The measure of a column, "" of one that has none of ours, None where the headings say nothing."""
    if any(group.headers.intersection(path) for group in groups):
        return measure_of(path, groups, meanings_of(form))
    return best_meaning(path, dict.fromkeys(form.ignored, _IGNORED) | meanings_of(form))


def _role(form: StandardTable, path: Path) -> str | None:
    return best_meaning(path, {alias: role for role, aliases in form.key_columns.items() for alias in aliases})


def _other(path: Path) -> str:
    """other:其他资金; of 小计 the heading above it."""
    words = [_WORDS.of_which.sub("", text) for text in path]
    named = [text for text in words if text not in _WORDS.subtotals]
    return OTHER + (named or words)[-1]


def _count_unit(form: StandardTable, path: Path) -> str | None:
    counted = next((one.unit for one in form.count_units if path and path[-1] in one.containing), None)
    return counted or (PERCENT if path and _WORDS.percentages.search(path[-1]) else None)


def _levels(roles: Mapping[int, str], codes: Sequence[tuple[int, ...]]) -> Iterator[Level]:
    """In the order of their columns. The name of a code is no level of its own."""
    groups = {group[0]: group for group in codes}
    is_coded = bool(groups) or CODE in roles.values()
    for column in sorted({*roles, *groups}):
        if column in groups:
            yield Level(LEVEL, groups[column])
        elif all(column not in group for group in codes) and not (roles[column] == NAME_OF_CODE and is_coded):
            yield Level(roles[column] if roles[column] not in (CODE, NAME_OF_CODE) else LEVEL, (column,))


def read_rows(form: StandardTable, layout: LevelsLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the rows of one part of the table."""
    rows = [row for row in table.rows[_header_rows(table) if has_header else 0 :] if not is_number_row(row)]
    into.names_above = into.names_above or [""] * len(layout.levels)
    if len(into.names_above) != len(layout.levels):  # a level is printed on some pages only
        for row in rows:
            if _has_figures(layout, row):
                _refuse(form, row, into, UNIT_UNKNOWN)
        return
    rows = _with_units_of_all(form, layout, rows, into)
    width = max(layout.measures) + 1
    is_torn = not table.kind.keeps_columns and loses_blanks(rows, min(layout.measures), width)
    for row in rows:
        own = [_text(form, level, row, above) for level, above in zip(layout.levels, into.names_above, strict=True)]
        is_sum = any(is_total(row.text(column)) for column in layout.keys)
        key = TOTAL if is_sum else _key(layout, own, into)
        if key and is_torn and len(row.cells) < width and _has_figures(layout, row):
            into.misaligned(form.code, row)
            into.rows.extend(replace(one, cells=_unplaced(one)) for one in _read(layout, key, row))
        elif key:
            into.rows.extend(_read(layout, key, row))
        elif _has_figures(layout, row):
            _refuse(form, row, into)
    filled = [n for n in layout.others if any(_is_figure(row.text(n)) for row in rows)]
    into.leave_out(form.code, filled, rows)


def _with_units_of_all(form: StandardTable, layout: LevelsLayout, rows: list[RawRow], into: ReadTable) -> list[RawRow]:
    """The rows with the name of a unit that stands in the middle of its projects in each of them. Of what stands above
    the first name and is not told so, the unit is unknown."""
    column = next((level.columns[0] for level in layout.levels if level.role == "unit"), None)
    sums = [row for row in rows if any(is_total(row.text(n)) for n in layout.keys)]
    body = [row for row in rows if row not in sums]
    if column is None or any(into.names_above) or rows not in ([*sums, *body], [*body, *sums]):
        return rows
    first = next((n for n, row in enumerate(body) if row.text(column).strip()), 0)
    if not any(_has_figures(layout, row) for row in body[:first]):
        return rows
    told = with_centred_names(body, column, lambda row: _has_figures(layout, row))
    if not told[0].text(column).strip():
        for row in body[:first]:
            _refuse(form, row, into, UNIT_UNKNOWN)
        told = body[first:]
    return [*sums, *told] if rows[: len(sums)] == sums else [*told, *sums]


def _has_figures(layout: LevelsLayout, row: RawRow) -> bool:
    return any(looks_like_amount(row.text(column)) for column in layout.measures)


def _unplaced(row: ReadRow) -> tuple[ReadCell, ...]:
    """The cells of a row of converted text that has lost blanks: nothing says which column each stood in."""
    return tuple(cell.unplaced() for cell in row.cells)


def _text(form: StandardTable, level: Level, row: RawRow, above: str) -> str:
    """What a row prints on a level; of a code in parts the whole code."""
    if len(level.columns) > 1:
        return _joined([squeeze(row.text(column)) for column in level.columns], above)
    text = without_footnote(without_numbering(project_name(row.text(level.columns[0]))))
    return _below_outer(form, text, above) if form.outer_level and level.role == LEVEL else text


def _below_outer(form: StandardTable, text: str, above: str) -> str:
    """货物 of A-货物 as A/货物; a unit in the same column below it as 货物/unit."""
    assert form.outer_level
    if found := form.outer_level.fullmatch(text):
        return "/".join(filter(None, found.groups())) or text
    outer = form.outer_level.match(above)
    is_below = outer and above[outer.end() :][:1] in ("", "/")
    return f"{outer[0]}/{text}" if outer and is_below and text else text


def _joined(parts: Sequence[str], above: str) -> str:
    """The code of a row that prints all its parts, or those of its own level alone: 08 below 205."""
    first = next((n for n, part in enumerate(parts) if part), None)
    if first is None:
        return ""
    before = above[: 3 + 2 * (first - 1)] if first else ""
    return before + "".join(part.zfill(2 if n else 3) for n, part in enumerate(parts) if part)


def _key(layout: LevelsLayout, own: Sequence[str], into: ReadTable) -> str:
    """The names of a row; on the levels before its first one those of the rows above."""
    first = next((n for n, text in enumerate(own) if text), None)
    if first is None:
        return ""
    into.names_above[:] = [*into.names_above[:first], *own[first:]]
    if all(level.role == LEVEL for level in layout.levels):
        return "/".join(filter(None, into.names_above))
    return project_key([level.role for level in layout.levels], own, into)


def _read(layout: LevelsLayout, key: str, row: RawRow) -> Iterator[ReadRow]:
    """The amounts of a printed row, and its counts as a row with their unit."""
    label = next(
        (name for column in reversed(sorted(layout.keys)) if has_words(name := name_of(row.text(column)))), key
    )
    code = _code_of_project(layout, row) if PROJECT in key else None
    for unit in dict.fromkeys((None, *layout.units.values())):
        measures = [(n, measure) for n, measure in layout.measures.items() if layout.units.get(n) == unit]
        cells = tuple(read_cell(measure, row, column, unit) for column, measure in measures)
        if cells:
            yield ReadRow(key, label, "", cells, row, unit=unit, project_code=code)


def _code_of_project(layout: LevelsLayout, row: RawRow) -> str | None:
    """The code in its column, else that before the last name of the row."""
    if layout.project_code is not None:
        return project_code(row.text(layout.project_code))
    names = [row.text(column) for level in layout.levels for column in level.columns if row.text(column).strip()]
    return code_in_name(names[-1]) if names else None


def _refuse(form: StandardTable, row: RawRow, into: ReadTable, reason: str = "有数而无名称,未入库") -> None:
    into.unread(Doubt(DoubtKind.ROW_WITHOUT_KEY, reason, form.code, printed=printed_row(row), place=row.place))


def finish(form: StandardTable, table: ReadTable) -> None:
    """What only the whole table tells: which rows are units, and which rows are one project of several units."""
    measure = form.total_measure
    table.rows[:] = with_units_told(table.rows, measure)
    total = next((row for row in table.rows if row.key == TOTAL), None)
    add_repeated(table, measure, total, [row for row in table.rows if PROJECT in row.key])


def goes_on(form: StandardTable, layout: LevelsLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: it names its rows."""
    return any(has_words(row.text(column)) for row in table.rows for column in layout.keys)
