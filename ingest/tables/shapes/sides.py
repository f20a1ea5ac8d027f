"""Tables with income on the left and expenditure on the right."""

from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise

from ingest.document import RawRow, RawTable
from ingest.tables.headings import Path, best_meaning, column_numbers, column_paths, is_number_row
from ingest.tables.shapes.alignment import (
    MISALIGNED,
    AddsUp,
    aligned,
    has_name_and_amount,
    loses_blanks,
    rejoined,
    usual_width,
)
from ingest.tables.shapes.lists_of_sides import SIDES, SideColumns, lists_of, renamed, with_torn_names
from ingest.tables.shapes.readrows import (
    ReadCell,
    ReadRow,
    ReadTable,
    amounts_in,
    body_rows,
    has_words,
    is_total,
    is_wording,
    looks_like_amount,
    printed_row,
    read_cell,
)
from ingest.values.amounts import read_amount
from ingest.values.rounding import OF_A_ROW
from warehouse.kinds.characters import comparable, name_of, simplified, squeeze, without_footnote, without_numbering
from warehouse.kinds.reference_lists import functional_subjects
from warehouse.kinds.tables import PERCENT, ColumnGroup, StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

MOST_LISTS = 3  # of items beside one another in a form that declares none
_WORDS = table_words()
_HEADINGS = _WORDS.item_columns | _WORDS.money_columns
HEADER_ROWS_AT_MOST = 8  # caption rows inside the grid included


@dataclass(frozen=True, slots=True)
class SidesLayout:
    sides: tuple[SideColumns, ...]
    evidence: str
    width: int
    headed: frozenset[int] = frozenset()  # columns under any heading, also those that are no measures of ours
    of_other_lists: frozenset[int] = frozenset()  # columns of lists that the form has not: 项目(按支出性质)

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(f"{side.name}:{measure}" for side in self.sides for measure in side.measures.values())

    @property
    def keys(self) -> frozenset[int]:
        columns = (column for side in self.sides for column in (side.label, side.lines))
        return frozenset(column for column in columns if column is not None)

    @property
    def left_out(self) -> frozenset[int]:
        return self.of_other_lists | {column for side in self.sides for column in side.ignored}

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()


def find_layout(form: StandardTable, table: RawTable) -> SidesLayout | None:
    """The layout that the header of this part states, or None."""
    above = _header_rows(form, table)
    header, body = list(table.rows[:above]), list(table.rows[above:])
    if not header:
        return None
    paths = _without_fillers(column_paths(header, table.width, table.kind.knows_spans, form.kind_words), body)
    labels = _label_columns(form, paths, body)
    names = _names(form, [paths[column] for column in labels])
    if not names:
        return None
    numbers = column_numbers(table.rows)
    bounds = pairwise([*labels, table.width])
    sides = [
        _side(form, name, left, range(left + 1, end), paths, numbers, body)
        for name, (left, end) in zip(names, bounds, strict=False)
    ]
    printed = tuple(side for side in sides if side)
    if len(printed) < len(sides):
        return None
    counts = "与".join(f"{len(side.measures)}列" for side in printed)
    evidence = f"收支{'两侧' if len(printed) == len(SIDES) else '各栏'}列头:{counts}" + (";有栏次" if numbers else "")
    headed = frozenset(column for column, path in enumerate(paths) if path)
    others = frozenset(range(labels[len(names)] + 1, table.width)) if len(labels) > len(names) else frozenset()
    return SidesLayout(printed, evidence, table.width, headed, others)


def _without_fillers(paths: list[Path], body: list[RawRow]) -> list[Path]:
    """The paths, none for a column that holds nothing and has no heading but that above the ones beside it."""
    above = {path[:n] for path in paths for n in range(1, len(path))}
    return [
        () if path in above and not any(row.text(column).strip() for row in body) else path
        for column, path in enumerate(paths)
    ]


def _names(form: StandardTable, headings: list[Path]) -> tuple[str, ...]:
    """The names of the lists below these headings; none where they cannot be told apart.

    Beside the income stands the expenditure. Where a form has more lists, those that their headings tell have names
    of their own.
    """
    if len(headings) < len(SIDES) or not form.blocks:
        return SIDES if len(headings) >= len(SIDES) else ()
    is_alone = len(headings) == len(SIDES)
    names = (SIDES[0], *(_block(form, path, is_alone) or SIDES[1] for path in headings[1:]))
    return names if len(set(names)) == len(names) else ()


def _block(form: StandardTable, path: Path, is_alone: bool) -> str | None:
    asked = (block for block in form.blocks if block.is_told_alone or not is_alone)
    return next((block.name for block in asked if any(map(block.heading.search, reversed(path)))), None)


def _header_rows(form: StandardTable, table: RawTable) -> int:
    """The rows down to the last that holds a heading: what follows is body, numbers or not."""
    top = table.rows[:HEADER_ROWS_AT_MOST]
    above = 1 + max((n for n, row in enumerate(top) if _is_heading(row)), default=-1)
    while 0 < above < len(table.rows) and _is_subheading(form, table.rows[above]):
        above += 1
    return above


def _is_heading(row: RawRow) -> bool:
    headings = sum(comparable(text) in _HEADINGS for text in row.texts())
    return is_number_row(row) or headings > 1  # one alone may be the rest of a name: 教育 / 支出


def _is_subheading(form: StandardTable, row: RawRow) -> bool:
    """合计 | 一般公共预算财政拨款 | …: several measures named in one row."""
    known = [*(measure.headers for measure in form.measures), *(group.headers for group in form.column_groups)]
    named = sum(comparable(text) in headers for text in row.texts() for headers in known)
    return named > 1 and not any(looks_like_amount(text) for text in row.texts())


def _label_columns(form: StandardTable, paths: list[Path], body: list[RawRow]) -> list[int]:
    """The columns of income items, expenditure items and, in old forms, a third list (按支出性质); of a form with more
    lists, those of all."""
    by_heading = [
        column
        for column, path in enumerate(paths)
        if path and (path[-1] in _WORDS.item_columns or _WORDS.item_column.search(path[-1]))
    ]
    if len(SIDES) <= len(by_heading) <= max(MOST_LISTS, 1 + len(form.blocks)):
        return by_heading
    return [column for column in range(len(paths)) if _holds_words(body, column)][:2]


def _holds_words(body: list[RawRow], column: int) -> bool:
    return any(has_words(row.text(column)) for row in body)


def _side(
    form: StandardTable,
    name: str,
    label: int,
    columns: range,
    paths: list[Path],
    numbers: dict[int, int],
    body: list[RawRow],
) -> SideColumns | None:
    measures = form.on_side(name if name in SIDES else SIDES[1])
    meanings = {alias: measure.name for measure in measures for alias in measure.headers}
    found: dict[int, str] = {}
    unknown: list[int] = []
    ignored, groups = dict.fromkeys(form.ignored, ""), _printed_groups(form, paths)
    for column in columns:
        meaning = _in_group(groups, paths[column], meanings) or best_meaning(paths[column], ignored | meanings)
        meaning = _whole_or_part(paths[column], meanings) if meaning is None else meaning
        meaning = _torn(paths[column], meanings) if meaning is None else meaning
        if meaning and meaning not in found.values():
            found[column] = meaning
        elif meaning is None and not _numbers_lines(body, column) and _holds_figures(body, column, bool(paths[column])):
            unknown.append(column)
    numbered = [column for column in columns if column in numbers and not _numbers_lines(body, column)]
    optional = {measure.name for measure in measures if measure.is_optional}
    usual = [measure.name for measure in measures if not measure.is_optional]
    is_whole = not unknown and not optional.issuperset(found.values())
    if not is_whole and len(numbered) == len(usual) and optional.isdisjoint(map(found.get, numbered)):
        # headings torn: the number row counts the form's columns
        found, is_whole = dict(zip(numbered, usual, strict=True)), True
    lines = [column for column in columns if column not in found and _is_line_column(paths[column], body, column)]
    others = tuple(column for column in columns if column not in (*found, *lines))
    return SideColumns(name, label, found, lines[0] if lines else None, others) if is_whole else None


def _printed_groups(form: StandardTable, paths: list[Path]) -> list[ColumnGroup]:
    """编制预算 and 上年结转, where both stand beside the amount of both."""
    printed = [one for one in form.column_groups if any(map(one.headers.intersection, paths))]
    return printed if len(printed) > 1 else []


def _in_group(groups: list[ColumnGroup], path: Path, meanings: dict[str, str]) -> str | None:
    """The measure of a column of one group; of one that is not divided that of the first column of its side."""
    group = next((one for one in groups if one.headers.intersection(path)), None)
    if group is None or not meanings:
        return None
    within = tuple(text for text in path if text not in group.headers)
    return f"{group.name}.{best_meaning(within, meanings) or next(iter(meanings.values()))}"


def _is_line_column(path: Path, body: list[RawRow], column: int) -> bool:
    texts = [text for text in (squeeze(row.text(column)) for row in body) if text]
    whole = sum(text.isdigit() and len(text) <= 3 for text in texts)
    return bool(path and path[-1] == _WORDS.line_numbers) or (whole > 0 and whole > 0.7 * len(texts))


def _whole_or_part(path: Path, meanings: dict[str, str]) -> str | None:
    """决算数 | 金额 is the measure, 决算数 | 其中:财政拨款 a part of it that is none of ours ("")."""
    whole = best_meaning(path[:-1], meanings)
    if whole is None or path[-1] in _WORDS.subtotals:
        return whole
    return "" if _WORDS.of_which.match(path[-1]) else None


def _torn(path: Path, meanings: dict[str, str]) -> str | None:
    """A heading cut short by the cell's edge: the beginning of one known heading and no other."""
    leaf = path[-1] if path else ""
    begun = {name for alias, name in meanings.items() if len(leaf) >= 6 and alias.startswith(leaf)}
    return begun.pop() if len(begun) == 1 else None


def _holds_figures(body: list[RawRow], column: int, has_heading: bool) -> bool:
    """A column without heading counts if many rows have a figure there; one displaced row is none."""
    figures = sum(bool(row.text(column).strip()) for row in body)
    return figures > (0 if has_heading else len(body) // 4)


def _numbers_lines(body: list[RawRow], column: int) -> bool:
    """行次 without a legible heading: whole numbers that count upwards."""
    texts = [text for text in (squeeze(row.text(column)) for row in body) if text]
    if len(texts) < 3 or not all(text.isdigit() and len(text) <= 3 for text in texts):
        return False
    steps = [int(b) - int(a) for a, b in pairwise(texts)]
    return sum(step == 1 for step in steps) >= len(steps) * 0.7


def read_rows(form: StandardTable, layout: SidesLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the rows of one part of the table, income and expenditure apart."""
    body = body_rows(form.code, table, _header_rows(form, table) if has_header else 0, into)
    rows = with_torn_names(layout.sides, [row for row in body if not is_number_row(row)])
    _say_what_is_left_out(form, layout, rows, into)
    usual, last = usual_width(rows), layout.sides[-1]
    width, first = max(last.measures) + 1, min(last.measures)
    is_torn = not table.kind.keeps_columns and loses_blanks(rows, first, width)
    for row, joined in rejoined(rows):
        placed, how = aligned(row, usual, partial(_fits, layout), _identity(form, layout))
        columns = frozenset(last.measures)
        if is_torn and len(row.cells) < width and _holds_line_for_amount(layout, placed):
            how = MISALIGNED
        is_sure = not is_torn or len(row.cells) >= width or _is_complete(placed, columns)
        if how == MISALIGNED and not any(map(looks_like_amount, row.texts())):
            how = None  # a row without amounts has none that could stand in a wrong place
        elif how == MISALIGNED:
            into.misaligned(form.code, row)
        elif not is_sure:
            into.short(form.code, row)
        for side in lists_of(layout.sides, placed):
            _take(form, side, placed, how or joined, into, frozenset() if is_sure else columns - {first})
    if form.blocks:
        into.rows[:] = renamed(form, into.rows)


def _say_what_is_left_out(form: StandardTable, layout: SidesLayout, rows: list[RawRow], into: ReadTable) -> None:
    """年初预算数 beside 决算数: columns that the form may have, if they hold amounts."""
    texts = {column: [row.text(column) for row in rows] for column in sorted(layout.left_out)}
    columns = [c for c, column in texts.items() if any(map(_is_left_out, column))]
    into.leave_out(form.code, columns, rows)


def _is_left_out(text: str) -> bool:
    """12.00, 12%; 12 may be the number of a line."""
    number = squeeze(text).removesuffix(PERCENT).removesuffix("％")
    return looks_like_amount(number) and ("." in number or number != squeeze(text))


def _holds_line_for_amount(layout: SidesLayout, row: RawRow) -> bool:
    """A short row in which the 行次 of the other side has come to stand where an amount is expected."""
    sides = (side for side in layout.sides if side.lines is not None)
    texts = [squeeze(row.text(column)) for side in sides for column in side.measures]
    return any(text.isdigit() and len(text) <= 3 and text != "0" for text in texts)


def _is_complete(row: RawRow, columns: frozenset[int]) -> bool:
    """All amounts of a side are printed, or none: which columns they belong to is no question."""
    return len({bool(row.text(column).strip()) for column in columns}) == 1


def _fits(layout: SidesLayout, row: RawRow) -> bool:
    """Words in label columns, whole numbers in 行次, amounts in measure columns, and nothing beyond."""
    used = layout.headed | {c for side in layout.sides for c in (side.label, side.lines, *side.measures)}
    beyond = any(text.strip() for column, text in enumerate(row.texts()) if column not in used)
    return not beyond and all(_side_fits(side, row) for side in layout.sides)


def _side_fits(side: SideColumns, row: RawRow) -> bool:
    label = row.text(side.label)
    line = "" if side.lines is None else squeeze(row.text(side.lines))
    amounts = [row.text(column) for column in side.measures]
    is_label = not label.strip() or (has_words(label) and not has_name_and_amount(label))
    is_line = not line or (line.isdigit() and len(line) <= 3)
    return is_label and is_line and not any(map(is_wording, amounts))


def _identity(form: StandardTable, layout: SidesLayout) -> AddsUp | None:
    """合计 = the three budgets, for the side that has an identity of its rows."""
    side = next((side for side in layout.sides if side.name == form.row_identity_side), None)
    if side is None or form.row_identity is None:
        return None
    identity = form.row_identity

    def adds_up(row: RawRow) -> bool | None:
        readings = {measure: read_amount(row.text(column)) for column, measure in side.measures.items()}
        if any(reading.is_damaged for reading in readings.values()):
            return None
        values = {measure: reading.value for measure, reading in readings.items()}
        total = values.get(identity.total)
        parts = sum(values.get(part) or 0 for part in identity.parts)
        return parts == 0 if total is None else abs(total - parts) <= OF_A_ROW

    return adds_up


def _take(
    form: StandardTable, side: SideColumns, row: RawRow, how: str | None, into: ReadTable, unsure: frozenset[int]
) -> None:
    printed_label = row.text(side.label)
    label = simplified(without_footnote(without_numbering(name_of(printed_label))))
    cells = tuple(_cell(measure, row, column, how, column in unsure) for column, measure in side.measures.items())
    if not label or not has_words(label):
        _refuse(form, side, row, into, is_said=how == MISALIGNED)
        return
    before = next((n for n in range(len(into.rows) - 1, -1, -1) if into.rows[n].key.startswith(f"{side.name}:")), None)
    if before is not None and _continues(form, into.rows[before], row, printed_label, cells):
        _join(form, side, before, printed_label, cells, into)
        return
    if comparable(label) in _WORDS.item_columns:
        return
    key = f"{side.name}:{_qualified(form, side, label, into)}"
    into.rows.append(ReadRow(key, name_of(printed_label), "", cells, row))


def _continues(form: StandardTable, before: ReadRow, row: RawRow, printed: str, cells: tuple[ReadCell, ...]) -> bool:
    """A row that a page break cut: both halves together are a row of the form, and one of them is none."""
    halves = comparable(without_numbering(before.label)), comparable(printed)
    other_page = before.row.place.page_of_file != row.place.page_of_file
    only_one_has_figures = not any(c.printed.strip() for c in cells) or not any(c.printed.strip() for c in before.cells)
    known = _known_items(form)
    return other_page and only_one_has_figures and "".join(halves) in known and not known.issuperset(halves)


@cache  # made once per table of the form
def _known_items(form: StandardTable) -> frozenset[str]:
    classes = (comparable(subject.name) for subject in functional_subjects() if subject.level == "class")
    return form.item_wordings | form.class_rows | frozenset(classes)


def _join(
    form: StandardTable, side: SideColumns, before: int, printed: str, cells: tuple[ReadCell, ...], into: ReadTable
) -> None:
    first = into.rows.pop(before)
    label = first.label + name_of(printed)
    figures = cells if any(cell.printed.strip() for cell in cells) else first.cells
    key = f"{side.name}:{_qualified(form, side, simplified(without_footnote(without_numbering(label))), into)}"
    into.rows.insert(before, replace(first, key=key, label=label, cells=figures))


def _cell(measure: str, row: RawRow, column: int, how: str | None, is_unsure: bool) -> ReadCell:
    cell = read_cell(measure, row, column)
    cell = cell.moved(how) if how else cell
    return cell.unplaced() if is_unsure else cell


def _qualified(form: StandardTable, side: SideColumns, label: str, into: ReadTable) -> str:
    """The detail below 年初财政拨款结转和结余 repeats names of this year's income."""
    label = _WORDS.grand_total if is_total(label) else label
    names = [row.key.partition(":")[2] for row in into.rows if row.key.startswith(f"{side.name}:")]
    above = next((row for row in form.rows_with_details(side.name) if any(row.is_named(name) for name in names)), None)
    if above and comparable(label) in form.details_of(above):
        return f"{above.label}/{label}"
    return label


def _refuse(form: StandardTable, side: SideColumns, row: RawRow, into: ReadTable, is_said: bool) -> None:
    printed = [text for text in amounts_in(row, side.measures) if looks_like_amount(text)]
    if printed and is_said:
        into.unread_rows.append(printed_row(row))
    elif printed and any(read_amount(text).value != 0 for text in printed):
        name = "收入" if side.name == "income" else "支出"
        into.unread(
            Doubt(
                DoubtKind.ROW_WITHOUT_KEY,
                f"{name}一侧有数而无项目名称,未入库",
                table_code=form.code,
                printed=" ".join(printed),
                place=row.place,
            )
        )


def goes_on(form: StandardTable, layout: SidesLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: it has no heading of its own."""
    return _header_rows(form, table) == 0
