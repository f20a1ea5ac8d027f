"""Tables whose rows are keyed by a code of a classification."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial

from ingest.document import RawRow, RawTable
from ingest.tables.headings import (
    Path,
    best_meaning,
    column_numbers,
    column_paths,
    is_number_row,
    rows_above,
)
from ingest.tables.shapes.alignment import (
    MISALIGNED,
    SPLIT,
    aligned,
    has_name_and_amount,
    loses_blanks,
    rejoined,
    usual_width,
    with_key_in_place,
)
from ingest.tables.shapes.named_subjects import code_by_name, codes_read, how_found, is_name_of, names_a_subject
from ingest.tables.shapes.numbered_columns import BY_NUMBERS, by_numbers
from ingest.tables.shapes.readrows import (  # fmt: skip
    ReadCell,
    ReadRow,
    ReadTable,
    amounts_in,
    body_rows,
    code_at,
    has_words,
    is_cut_between,
    is_total,
    is_wording,
    label_of,
    looks_like_amount,
    printed_row,
    read_cell,
)
from ingest.values import codes
from ingest.values.amounts import BLANK, read_amount
from ingest.values.rounding import OF_A_ROW
from warehouse.kinds.characters import as_printed, comparable, name_of, squeeze
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

IGNORED = "ignored"
_WORDS = table_words()
_OF_OTHER_YEARS = frozenset(f"{name}/*" for name in _WORDS.other_years)


@dataclass(frozen=True, slots=True)
class KeyedRowsLayout:
    """Which columns hold the key and which measure each of the others holds."""

    key_columns: tuple[int, ...]
    measures: dict[int, str]
    evidence: str
    width: int
    ignored: tuple[int, ...] = ()  # columns of the form that are no measures of ours
    unread: dict[int, str] = field(default_factory=dict)  # of these, with their heading, parts of a measure not found
    has_split_code: bool = False  # 类 | 款 | 项 in columns of their own

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(self.measures.values())

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(self.key_columns)

    @property
    def left_out(self) -> frozenset[int]:
        return frozenset(self.ignored)

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()

    @property
    def first(self) -> int:
        return min(self.measures)


def find_layout(form: StandardTable, table: RawTable) -> KeyedRowsLayout | None:
    """The layout that the header of this part states, or None if it has no header (or none we know)."""
    above = _header_rows(table, form.key)
    if not above:
        return None
    header, body = list(table.rows[:above]), list(table.rows[above:])
    paths, numbers = _headed(table, form.key, form.kind_words)
    layout = _by_headings(form, paths, numbers, body) or _by_numbers(form, header, numbers, body, table.width)
    return layout if layout and _is_plausible(layout, body) else None


@lru_cache(maxsize=8)  # the forms of this shape are tried on a table one after the other
def _headed(table: RawTable, key: str, own_words: tuple[str, ...]) -> tuple[list[Path], dict[int, int]]:
    """The headings above each column, and the numbers that the number row gives them."""
    above = _header_rows(table, key)
    header, first = list(table.rows[:above]), table.rows[above : above + 1]
    totals = [_only_words(row) for row in first if is_total(key_text(row))]
    return column_paths(header + totals, table.width, table.kind.knows_spans, own_words), column_numbers(table.rows)


def _is_plausible(layout: KeyedRowsLayout, body: list[RawRow]) -> bool:
    """Where most rows have words in an amount column the header was torn off its columns."""
    return not any(2 * sum(is_wording(row.text(column)) for row in body) > len(body) > 1 for column in layout.measures)


@lru_cache(maxsize=8)  # the forms of this shape are tried on a table one after the other
def _header_rows(table: RawTable, key: str) -> int:
    return rows_above(table, lambda row: _is_body(row, key))


def _only_words(row: RawRow) -> RawRow:
    """A 合计 row may carry sub-headings in its amount cells; its label and numbers are no headings."""
    words = [squeeze(text) for text in row.texts()]
    label = next((n for n, text in enumerate(words) if is_total(text)), 0)
    cells = tuple(
        cell._replace(text="") if cell and (n <= label or not is_wording(cell.text)) else cell
        for n, cell in enumerate(row.cells)
    )
    return replace(row, cells=cells)


def key_text(row: RawRow) -> str:
    words = [text for text in map(squeeze, row.texts()[:4]) if text and text not in _WORDS.parts_of_code]
    numbered = len(words) > 1 and words[0].isdigit() and len(words[0]) < 3  # 序号
    return words[numbered] if words else ""


def _is_body(row: RawRow, key: str) -> bool:
    texts = [code_at(row, column) for column in range(len(row.cells))]
    first = next(filter(None, texts), "")
    starts_with_code = codes.is_code(first, key) or any(
        codes.is_code(text, key) or (len(text) == 6 and text.isdigit() and text[0] == "2") for text in texts[:3]
    )
    begins = codes.split(next((text for text in texts if text), ""))
    if names_a_subject(key, begins[1]) and any(map(looks_like_amount, row.texts()[1:])):
        return True
    return starts_with_code or is_total(key_text(row)) or bool(begins[0] and has_words(begins[1]))


def _by_headings(
    form: StandardTable, paths: list[Path], numbers: dict[int, int], body: list[RawRow]
) -> KeyedRowsLayout | None:
    meanings = _meanings(form)
    found: dict[int, str] = {}
    unknown: list[int] = []
    left_out: list[int] = []
    for column, path in enumerate(paths):
        meaning = best_meaning(path, meanings) or _part_of(path, meanings)
        if meaning == IGNORED:
            left_out.append(column)
        elif meaning and meaning not in found.values():
            found[column] = meaning
        elif path or _holds_amounts(body, column):
            unknown.append(column)
    if not found or any(column > min(found) for column in unknown):
        return None
    counted = [column for column in numbers if column not in left_out]
    if len(found) < len(form.measures) and (len(found) < 2 or (counted and len(counted) != len(found))):
        return None  # fewer columns than the form has are believed only if the number row counts no others
    key_columns = tuple(column for column in range(min(found)) if column not in left_out)
    digits = [column for column in key_columns if any(code_at(row, column).isdigit() for row in body)]
    evidence = "列头:" + "、".join(map(form.label_of, found.values()))
    unread = {column: "/".join(paths[column]) for column in left_out if _wants(paths[column], meanings, found)}
    return KeyedRowsLayout(
        key_columns, found, evidence, len(paths), tuple(left_out), unread, has_split_code=len(digits) > 1
    )


def _wants(path: Path, meanings: dict[str, str], found: dict[int, str]) -> bool:
    """事业收入 | 非财政专户 | 财政专户: two columns that only together say what a measure is."""
    return best_meaning(path, meanings) is None and best_meaning(path[:-1], meanings) not in found.values()


@cache  # made once per form
def _meanings(form: StandardTable) -> dict[str, str]:
    """Heading → the measure that it names, or IGNORED; 小计 below the heading of a measure is all of it."""
    left_out = dict.fromkeys(form.ignored | _WORDS.no_measures | _OF_OTHER_YEARS, IGNORED)
    named = {alias: measure.name for measure in form.measures for alias in measure.headers}
    return left_out | {f"{alias}/{whole}": name for alias, name in named.items() for whole in _WORDS.subtotals} | named


def _part_of(path: tuple[str, ...], meanings: dict[str, str]) -> str | None:
    """财政拨款收入 | 小计 | 一般公共预算: the 小计 is the measure, the rest a split of it that we do not keep."""
    whole = best_meaning(path[:-1], meanings)
    if whole is None or not has_words(path[-1]) or _WORDS.key_endings.search(path[-1]):
        return None
    return whole if path[-1] in _WORDS.subtotals else IGNORED


def _holds_amounts(body: list[RawRow], column: int) -> bool:
    """A column without heading counts if most rows have an amount there; one displaced row is none."""
    return 2 * sum(looks_like_amount(row.text(column)) for row in body) > len(body)


def _by_numbers(
    form: StandardTable, header: list[RawRow], numbers: dict[int, int], body: list[RawRow], width: int
) -> KeyedRowsLayout | None:
    """A damaged header: the number row has as many columns as the form."""
    found = by_numbers(form, header, numbers, [row for row in body if not is_number_row(row)])
    if found is None:
        return None
    evidence = f"{BY_NUMBERS}1…{len(found)}与可辨认列头的次序对位"
    return KeyedRowsLayout(tuple(range(min(found))), found, evidence, width)


def read_rows(form: StandardTable, layout: KeyedRowsLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the rows of one part of the table."""
    body = body_rows(form.code, table, _header_rows(table, form.key) if has_header else 0, into)
    carried: list[str] = []
    is_named = form.key is not None and not prints_codes(layout, body)
    for row, how, certain in placed_rows(form, layout, table, body, into):
        _take(form, layout, row, how, into, carried, certain, is_named)


def placed_rows(
    form: StandardTable, layout: KeyedRowsLayout, table: RawTable, body: list[RawRow], into: ReadTable
) -> Iterator[tuple[RawRow, str | None, frozenset[int]]]:
    """The rows of a body, each where its header says, with how it was moved and the columns that are certain."""
    _say_what_is_left_out(form, layout, body, into)
    rows = [row for row in body if not is_number_row(row) and any(text.strip() for text in row.texts())]
    usual, width = usual_width(rows), max(layout.measures) + 1
    is_torn = not table.kind.keeps_columns and loses_blanks(rows, layout.first, width)
    for row, joined in rejoined(rows, partial(_has_key, form)):
        if _repeats_header(form, layout, row):
            continue
        placed, how, certain = row, None, frozenset(layout.measures)
        if any(row.text(column).strip() for column in layout.key_columns):
            placed, how = aligned(row, usual, partial(_fits, layout), partial(_adds_up, form, layout))
            if is_torn and len(row.cells) < width and not (how in SPLIT and len(placed.cells) == width):
                placed, how, certain = _placed_as_far_as_certain(form, layout, row)
        if how == MISALIGNED and not any(map(looks_like_amount, row.texts())):
            how = None  # a row without amounts has none that could stand in a wrong place
        elif how == MISALIGNED:
            into.misaligned(form.code, row)
        elif len(certain) < len(layout.measures):
            into.short(form.code, row)
        yield placed, how or joined, certain


def prints_codes(layout: KeyedRowsLayout, rows: list[RawRow]) -> bool:
    keys = (squeeze(row.text(column)) for row in rows for column in layout.key_columns)
    return any(text[:1].isdecimal() for text in keys)


def _has_key(form: StandardTable, row: RawRow) -> bool:
    return codes.is_code(code_at(row, 0), form.key) and has_words(row.text(1))


def _placed_as_far_as_certain(
    form: StandardTable, layout: KeyedRowsLayout, row: RawRow
) -> tuple[RawRow, str | None, frozenset[int]]:
    """A row with fewer cells than the header: its first amount stands in the first column if that is the row's total,
    and nothing says which columns the others belong to, not even their sum. As many as columns are all certain."""
    placed, how = with_key_in_place(row, partial(_fits, layout), layout.first)
    if placed is None:
        return row, MISALIGNED, frozenset()
    filled = sum(bool(placed.text(column).strip()) for column in layout.measures)
    is_all = filled == len(layout.measures) or (filled == 1 and _adds_up(form, layout, placed))
    begins_with_total = form.row_identity is not None and layout.measures[layout.first] == form.row_identity.total
    first = frozenset({layout.first} if begins_with_total else ())
    return placed, how, frozenset(layout.measures) if is_all else first


def _repeats_header(form: StandardTable, layout: KeyedRowsLayout, row: RawRow) -> bool:
    """A header printed again in the middle of a run of rows, without a 合计 of its own."""
    headings = sum(_is_heading(form, measure, row.text(column)) for column, measure in layout.measures.items())
    return headings > 1 and not is_total(key_text(row))


def _say_what_is_left_out(form: StandardTable, layout: KeyedRowsLayout, body: list[RawRow], into: ReadTable) -> None:
    """Columns that this table may have and the warehouse has no measure for, if they hold figures."""
    columns = [c for c in layout.ignored if any("." in row.text(c) and looks_like_amount(row.text(c)) for row in body)]
    wanted = [c for c in columns if c in layout.unread and any(_is_not_zero(row.text(c)) for row in body)]
    unread = [layout.unread[c] for c in wanted if layout.unread[c] not in into.unread_columns]
    if unread:
        into.unread_columns += unread
        into.is_whole = False
    into.leave_out(form.code, columns, body)


def _is_not_zero(text: str) -> bool:
    return bool(read_amount(text).value)


def _fits(layout: KeyedRowsLayout, row: RawRow) -> bool:
    """Words stand in key columns only, amounts in measure columns only, nothing beyond."""
    texts = row.texts()
    key = [row.text(column) for column in layout.key_columns if not code_at(row, column).isdigit()]
    known = {*layout.measures, *layout.key_columns, *layout.ignored}
    beyond = [text for column, text in enumerate(texts) if column not in known and text.strip()]
    stray = any(map(_is_amount_in_key, key))
    words = any(is_wording(text) for text in amounts_in(row, layout.measures))
    has_key = any(row.text(column).strip() for column in layout.key_columns)
    return has_key and not beyond and not stray and not words


def _is_amount_in_key(text: str) -> bool:
    return ("." in text and looks_like_amount(text)) or has_name_and_amount(text)


def _adds_up(form: StandardTable, layout: KeyedRowsLayout, row: RawRow) -> bool | None:
    """The row's own identity: 基本支出 + 项目支出 = 合计."""
    readings = {measure: read_amount(row.text(column)) for column, measure in layout.measures.items()}
    if form.row_identity is None or any(reading.is_damaged for reading in readings.values()):
        return None
    values = {measure: reading.value for measure, reading in readings.items()}
    total = values.get(form.row_identity.total)
    parts = [values.get(part) or 0 for part in form.row_identity.parts]
    return total is not None and abs(total - sum(parts)) <= OF_A_ROW


def _take(
    form: StandardTable,
    layout: KeyedRowsLayout,
    row: RawRow,
    how: str | None,
    into: ReadTable,
    carried: list[str],
    certain: frozenset[int],
    is_named: bool,
) -> None:
    code, label = _key_of(form, layout, row, carried)
    repair = _how_code_is_read(layout, row, code)
    if is_named and form.key and not code and any(amounts_in(row, layout.measures)):
        before = codes_read(into)
        code = code_by_name(form.key, label, before, before)
        repair = how_found(code)
    printed = [as_printed(text) for text in amounts_in(row, layout.measures) if looks_like_amount(text)]
    if is_total(label) and not code:
        into.rows.append(ReadRow("TOTAL", name_of(label), "", cells_of(form, layout, row, how, certain), row))
    elif code:
        into.rows.append(
            ReadRow(code, name_of(label), code, cells_of(form, layout, row, how, certain), row, None, repair)
        )
    elif label and not any(amounts_in(row, layout.measures)) and into.rows and into.rows[-1].code:
        continue_label(into, label)
    elif printed and goes_on_below(form, row, label, into):
        continue_row(into, label, cells_of(form, layout, row, how, certain), row)
    elif printed or label:
        refuse(form, row, label, printed, into, is_said=how == MISALIGNED)


def _how_code_is_read(layout: KeyedRowsLayout, row: RawRow, code: str) -> str | None:
    """Why the code is not as printed: 208.0, 2,080,501 under a format of amounts, or 208 | 5 | 1 for 2080501."""
    texts = {column: squeeze(row.text(column)) for column in layout.key_columns}
    numbers = {column: text for column, text in texts.items() if text[:1].isdigit() and not has_words(text)}
    printed = list(numbers.values())
    is_clothed = any(code_at(row, column) != text for column, text in numbers.items())
    lost_zero = any(len(text) == 1 for text in printed[1:]) and len(code) > 3
    return f"科目编码印作{'|'.join(printed)},按数值所存,读作{code}" if code and (is_clothed or lost_zero) else None


def _key_of(form: StandardTable, layout: KeyedRowsLayout, row: RawRow, carried: list[str]) -> tuple[str, str]:
    """Code and label of a row, from one code column, from three (类|款|项), or from one cell with both."""
    texts = [code_at(row, column) for column in layout.key_columns]
    parts = [text for text in texts if text.isdigit()]
    words = [
        row.text(column)
        for column, text in zip(layout.key_columns, texts, strict=True)
        if has_words(text) and text not in _WORDS.parts_of_code
    ]
    label = label_of(words)
    if not parts:
        code, rest = codes.split(squeeze(label))
        return (code, rest) if code else ("", label)
    if layout.has_split_code and not any(len(part) in codes.LENGTHS[form.key or ""][1:] for part in parts):
        parts = with_parents(texts, carried)
    return codes.join_parts(parts), label


def with_parents(texts: list[str], carried: list[str]) -> list[str]:
    """类 and 款 that are printed once for a group of rows are carried down to the rows below."""
    columns = [text if text.isdigit() else "" for text in texts[:3]]
    deepest = max(n for n, text in enumerate(columns) if text)
    first = next(n for n, text in enumerate(columns) if text)
    full = [*carried[:first], *columns[first : deepest + 1]]
    carried[:] = full
    return [part for part in full if part]


def cells_of(
    form: StandardTable, layout: KeyedRowsLayout, row: RawRow, how: str | None, certain: frozenset[int]
) -> tuple[ReadCell, ...]:
    cells = []
    for column, measure in layout.measures.items():
        cell = read_cell(measure, row, column, form.unit_of(measure))
        if _is_heading(form, measure, cell.printed):
            cell = ReadCell(measure, "", BLANK, column)
        cell = cell.moved(how) if how else cell
        cells.append(cell if column in certain else cell.unplaced())
    return tuple(cells)


def _is_heading(form: StandardTable, name: str, printed: str) -> bool:
    return comparable(printed) in _headings_of(form).get(name, ())


@cache  # made once per form
def _headings_of(form: StandardTable) -> dict[str, frozenset[str]]:
    """Measure → its headings."""
    found: dict[str, frozenset[str]] = {}
    for measure in form.measures:
        found[measure.name] = found.get(measure.name, frozenset()).union(measure.headers)
    return found


def continue_label(into: ReadTable, label: str) -> None:
    """A name that a page break cut goes on in a row without key and amounts."""
    last = into.rows[-1]
    into.rows[-1] = replace(last, label=last.label + name_of(label))


def goes_on_below(form: StandardTable, row: RawRow, label: str, into: ReadTable) -> bool:
    """Whether a page break cut a row, and its amounts stand on the second page: both halves together are the name of
    its code, the first has no amounts, and no row has stood on this page yet."""
    before = into.rows[-1] if into.rows else None
    if before is None or not before.code or not is_cut_between(before.row, row):
        return False
    has_amounts = any(cell.printed.strip() for cell in before.cells)
    return not has_amounts and is_name_of(form.key, before.code, before.label + label)


def continue_row(into: ReadTable, label: str, cells: tuple[ReadCell, ...], row: RawRow) -> None:
    """The row that a page break cut has the amounts that stand on the second page."""
    first = into.rows[-1]
    into.rows[-1] = replace(first, label=first.label + name_of(label), cells=cells, row=row, key_row=first.row)


def refuse(form: StandardTable, row: RawRow, label: str, printed: list[str], into: ReadTable, is_said: bool) -> None:
    def doubt(what: DoubtKind, reason: str, said: str) -> Doubt:
        return Doubt(what, reason, form.code, printed=said, place=row.place)

    if printed and is_said:
        into.unread_rows.append(printed_row(row))
    elif printed:
        reason = "有数而无科目编码的行,未入库" if label else "有数而无编码、无名称的行,未入库"
        into.unread(doubt(DoubtKind.ROW_WITHOUT_KEY, reason, f"{label} {' '.join(printed)}".strip()))
    elif has_words(label) and not _WORDS.says_nothing.search(label):
        into.doubts.append(doubt(DoubtKind.ROW_NOT_UNDERSTOOD, "既非科目也非合计的行,未入库", printed_row(row)))


def goes_on(form: StandardTable, layout: KeyedRowsLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: above its first row with a key there is
    no more than the rest of a name that the page break cut."""
    above = table.rows[: _header_rows(table, form.key)]
    return not any(text.strip() for row in above for column, text in enumerate(row.texts()) if column >= layout.first)
