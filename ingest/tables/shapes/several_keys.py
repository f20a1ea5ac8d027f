"""Tables whose rows are told apart by codes of one or several classifications, by units, by names, or stand alone.

Which of these a publisher chose is told by the headings of the columns before the first amount and by what they hold.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from ingest.document import RawRow, RawTable
from ingest.tables.headings import Path, column_paths, is_number_row, printed_paths, rows_above
from ingest.tables.shapes.chosen_columns import chosen_columns
from ingest.tables.shapes.codes_told_by_names import told_by_names
from ingest.tables.shapes.keyed_rows import (
    KeyedRowsLayout,
    cells_of,
    continue_label,
    continue_row,
    goes_on_below,
    key_text,
    placed_rows,
    refuse,
)
from ingest.tables.shapes.names_below_names import name_paths, names_a_subject
from ingest.tables.shapes.names_beside_names import items_of_kinds
from ingest.tables.shapes.readrows import (
    KeyParts,
    ReadCell,
    ReadRow,
    ReadTable,
    amounts_in,
    body_rows,
    has_words,
    is_cut_between,
    is_total,
    is_wording,
    looks_like_amount,
)
from ingest.tables.shapes.repeated_rows import add_repeated
from ingest.tables.shapes.unit_keys import TOTAL
from ingest.tables.table_marks import names_a_subject as heads_subjects
from ingest.tables.table_marks import names_a_unit
from ingest.values import codes
from warehouse.kinds.characters import as_printed, name_of, simplified, squeeze, without_footnote, without_numbering
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words

_WORDS = table_words()
NAMES_OF_AN_ITEM = 2  # its kind and its own
ALONE = "all"  # the key of a row that no column tells from others
Codes = list[str]


@dataclass(frozen=True, slots=True)
class KeyColumns:
    """`codes`: columns next to one another hold the parts of one code, or codes that follow one another."""

    units: tuple[int, ...] = ()
    unit_codes: tuple[int, ...] = ()
    codes: tuple[tuple[int, ...], ...] = ()
    names: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SeveralKeysLayout(KeyedRowsLayout):
    columns: KeyColumns = KeyColumns()
    is_list: bool = False  # of items beside the kinds that they are of


def find_layout(form: StandardTable, table: RawTable) -> SeveralKeysLayout | None:
    """The layout that the header of this part states, or None if it has no header (or none we know)."""
    above = _header_rows(table)
    if not above:
        return None
    header = table.rows[:above]
    printed = {tuple(row.texts()) for row in header}  # again on each page, in a text
    body = [row for row in table.rows[above:] if not is_number_row(row) and tuple(row.texts()) not in printed]
    spans = table.kind.knows_spans
    paths = column_paths(header, table.width, spans, form.kind_words)
    found = chosen_columns(form, paths, printed_paths(header, table.width, spans), body)
    if found is None:
        return None
    keys = tuple(range(min(found.measures)))
    columns = _key_columns(paths[: len(keys)], body)
    is_list = not (columns.codes or columns.units) and any(_has_names_beside(columns, row) for row in body)
    if is_list and len(columns.names) != NAMES_OF_AN_ITEM:
        return None  # which of the names holds for which rows is not told
    return SeveralKeysLayout(
        keys,
        found.measures,
        "列头:" + "、".join(map(form.label_of, found.measures.values())),
        table.width,
        found.left_out,
        columns=columns,
        is_list=is_list,
    )


@lru_cache(maxsize=8)  # the forms of this shape are tried on a table one after the other
def _header_rows(table: RawTable) -> int:
    return rows_above(table, _is_body)


def _is_body(row: RawRow) -> bool:
    """An amount, a code, or 合计 in front of the amounts."""
    if is_number_row(row):
        return False
    texts = [squeeze(text) for text in row.texts()]
    if _says_nothing(texts):
        return True
    return any(map(_is_number, texts)) or (is_total(key_text(row)) and not any(map(_is_heading, texts)))


def _says_nothing(texts: Iterable[str]) -> bool:
    """A row that says in one cell why there are no others: 无, (注:本部门没有…,故本表无数据。)"""
    words = [text for text in texts if text]
    return len(words) == 1 and bool(_WORDS.says_nothing.search(words[0]))


def _is_heading(text: str) -> bool:
    """Words behind 合计 are the headings of other columns."""
    return is_wording(text) and not is_total(text) and text not in _WORDS.parts_of_code


def _is_number(text: str) -> bool:
    bare = text.replace(",", "")
    return len(bare) > 1 and bare.removeprefix("-").replace(".", "", 1).isdecimal()


def _key_columns(paths: Sequence[Path], body: Sequence[RawRow]) -> KeyColumns:
    kinds = [_kind_of_column(path, [row.text(column) for row in body]) for column, path in enumerate(paths)]
    of_kind = {kind: tuple(n for n, one in enumerate(kinds) if one == kind) for kind in dict.fromkeys(kinds)}
    runs = groupby(enumerate(kinds), key=lambda one: one[1])
    coded = tuple(_of_levels(tuple(n for n, _ in run), body) for kind, run in runs if kind == "codes")
    return KeyColumns(of_kind.get("units", ()), of_kind.get("unit_codes", ()), coded, of_kind.get("names", ()))


def _of_levels(columns: tuple[int, ...], body: Sequence[RawRow]) -> tuple[int, ...]:
    """Columns of codes without those between and behind them that hold nothing, whose headings stand beside theirs: a
    part of a code has the level of its column. An empty column in front may be that of the 类 of the rows above."""
    held = tuple(n for n in columns if any(codes.without_point(squeeze(row.text(n))).isdecimal() for row in body))
    return held if held[:1] == columns[:1] else columns


def _has_names_beside(columns: KeyColumns, row: RawRow) -> bool:
    return sum(has_words(row.text(column)) for column in columns.names) > 1


def _kind_of_column(path: Path, texts: Iterable[str]) -> str:
    if path and path[-1] in _WORDS.remarks:
        return "remarks"
    printed = [bare for text in texts if (bare := codes.without_point(squeeze(text))) and not is_total(bare)]
    digits = sum(text.isdecimal() for text in printed)
    is_headed_so = any(text in _WORDS.parts_of_code or _WORDS.code_heading.search(text) for text in path)
    is_coded = 2 * digits > len(printed) or (not printed and is_headed_so)
    if any(map(names_a_unit, path)) and not any(map(heads_subjects, path)):
        return "unit_codes" if is_coded else "units"
    return "codes" if is_coded else "names"


def read_rows(
    form: StandardTable, layout: SeveralKeysLayout, table: RawTable, has_header: bool, into: ReadTable
) -> None:
    """Append the rows of one part of the table; what their keys are is told when all parts are read (`completed`)."""
    rows = body_rows(form.code, table, _header_rows(table) if has_header else 0, into)
    body = [row for row in rows if not _says_nothing(map(squeeze, row.texts()))]
    if layout.is_list:
        kind, item = layout.columns.names
        placed = placed_rows(form, layout, table, body, into)
        found = ((row, cells_of(form, layout, row, how, certain)) for row, how, certain in placed)
        into.rows += items_of_kinds(form, (kind, item), found)
        return
    prints_codes = bool(layout.columns.codes) or any(_code_and_name(form, layout, row)[0] for row in body)
    for row, how, certain in placed_rows(form, layout, table, body, into):
        taken = len(into.rows)
        _take(form, layout, row, how, into, certain, prints_codes)
        into.rows[taken:] = [part for one in into.rows[taken:] for part in _by_unit_of_number(form, one)]


def _by_unit_of_number(form: StandardTable, row: ReadRow) -> Iterator[ReadRow]:
    """The amounts of a row, and its percentages as a row with their unit."""
    for unit in dict.fromkeys((None, *(form.unit_of(cell.measure) for cell in row.cells))):
        cells = tuple(cell for cell in row.cells if form.unit_of(cell.measure) == unit)
        if cells:
            yield replace(row, cells=cells, unit=unit)


def _take(
    form: StandardTable,
    layout: SeveralKeysLayout,
    row: RawRow,
    how: str | None,
    into: ReadTable,
    certain: frozenset[int],
    prints_codes: bool,
) -> None:
    columns = layout.columns
    printed, label = _code_and_name(form, layout, row)
    unit, unit_code = _text(row, columns.units), _text(row, columns.unit_codes)
    total = not printed and any(is_total(text) for text in (label, unit, unit_code))
    amounts = [as_printed(text) for text in amounts_in(row, layout.measures) if looks_like_amount(text)]
    cells = cells_of(form, layout, row, how, certain)
    before = into.rows[-1].parts if into.rows else KeyParts()
    if total:
        into.rows.append(ReadRow(TOTAL, label or unit or unit_code, "", cells, row))
    elif printed:
        parts = KeyParts(
            _units(unit, before), unit_code or before.unit_code, codes=tuple(_whole(printed, before.codes))
        )
        into.rows.append(_coded(form, parts, name_of(label), cells, row))
    elif not label and _is_rest_of_a_unit(layout, row, unit, unit_code, amounts, into):
        _continue_unit(into, unit, cells, row)
    elif (unit and not label) or (unit_code and label and not unit):  # 单位代码 | 单位名称(科目)
        above = _units_above(unit_code, into)
        into.rows.append(_of_unit(KeyParts((*above, name_of(unit or label)), unit_code, is_unit=True), cells, row))
    elif not layout.key_columns and amounts:
        into.rows.append(ReadRow(ALONE, form.name, "", cells, row))
    elif label and prints_codes and before.codes and not any(amounts_in(row, layout.measures)):
        if not _is_of_a_later_name(layout, row, into.rows[-1]):
            continue_label(into, label)
    elif label and amounts and prints_codes and goes_on_below(form, row, label, into):
        continue_row(into, label, cells, row)
    elif label and has_words(label) and (not prints_codes or (amounts and _names_a_body(form, label))):
        into.rows.append(_named(form, _units(unit, before), label, cells, row))
    elif amounts or label:
        refuse(form, row, label, amounts, into, is_said=False)


def _is_rest_of_a_unit(
    layout: SeveralKeysLayout, row: RawRow, unit: str, unit_code: str, amounts: Sequence[str], into: ReadTable
) -> bool:
    """Whether a page break cut the name of a unit: the row above, on the page before, has the code that each unit has,
    and only one of the two has amounts."""
    before = into.rows[-1] if into.rows else None
    if before is None or not before.parts.is_unit or not before.parts.unit_code or not unit or unit_code:
        return False
    return is_cut_between(before.row, row) and not (
        amounts and any(looks_like_amount(cell.printed) for cell in before.cells)
    )


def _continue_unit(into: ReadTable, rest: str, cells: tuple[ReadCell, ...], row: RawRow) -> None:
    first = into.rows[-1]
    parts = replace(first.parts, units=(*first.parts.units[:-1], first.parts.units[-1] + rest))
    if any(cell.printed.strip() for cell in cells):
        into.rows[-1] = replace(_of_unit(parts, cells, row), key_row=first.row)
    else:
        into.rows[-1] = _of_unit(parts, first.cells, first.row)


def _is_of_a_later_name(layout: SeveralKeysLayout, row: RawRow, before: ReadRow) -> bool:
    """Whether the rest of a name stands below the name of the second code, which is not the label of its row."""
    first, above = (next((n for n in layout.columns.names if one.text(n).strip()), -1) for one in (row, before.row))
    return len(before.parts.codes) > 1 and first > above


def _units(unit: str, before: KeyParts) -> tuple[str, ...]:
    """Of a row that names its unit, or of the rows above."""
    is_above = not unit or before.units[-1:] == (name_of(unit),)
    return before.units if is_above else (name_of(unit),)


def _text(row: RawRow, columns: Iterable[int]) -> str:
    return "".join(name_of(row.text(column)) for column in columns)


def _code_and_name(form: StandardTable, layout: SeveralKeysLayout, row: RawRow) -> tuple[list[Codes], str]:
    """The printed parts of each code of a row, one list for each, and the name behind the first code."""
    names = [text for column in layout.columns.names if (text := row.text(column)).strip()]
    groups = [
        [codes.without_point(squeeze(row.text(column))) for column in columns] for columns in layout.columns.codes
    ]
    printed = [group for group in groups if any(text.isdecimal() for text in group)]
    if printed or not names:
        words = [text for group in groups for text in group if has_words(text)]
        return printed, names[0] if names else "".join(words)
    code, rest = codes.split(squeeze(names[0]))
    is_coded = bool(code) and codes.classification_of(code, _keys(form)) is not None
    return ([[code]], rest) if is_coded else ([], names[0])


def _keys(form: StandardTable) -> tuple[str, ...]:
    return (*((form.key,) if form.key else ()), *form.keys_beside)


def _whole(printed: Sequence[Codes], before: Sequence[str]) -> Codes:
    """The codes of a row with the parts that are printed once for it and the rows above."""
    found: Codes = []
    for n, group in enumerate(printed):
        above = before[n] if n < len(before) else ""
        found += _codes_of(group, above)
    return found


def _codes_of(group: Codes, above: str) -> Codes:
    """Of columns next to one another: 201 | 05 | 01 is one code, 2010501 | 50101 | 30101 are three."""
    first = next(n for n, text in enumerate(group) if text.isdecimal())
    start = codes.levels(above)[: first or len(group[first]) < 3]
    found: Codes = ["".join(start)] if start else []
    for text in group[first:]:
        if not text.isdecimal():
            continue
        is_new = len(text) > 2 and not (found and text.startswith(found[-1]))
        if is_new or not found:
            found.append(text)
        else:
            found[-1] = codes.join_parts([found[-1], text])
    return found


def _coded(form: StandardTable, parts: KeyParts, label: str, cells: tuple[ReadCell, ...], row: RawRow) -> ReadRow:
    """A row with codes: where one is of no classification of the form, or two are of one, its code is damaged."""
    kinds = [codes.classification_of(code, _keys(form)) for code in parts.codes]
    odd = [code for code, kind in zip(parts.codes, kinds, strict=True) if kind is None or kinds.count(kind) > 1]
    is_one = parts.codes == parts.codes[:1] and codes.is_code(parts.codes[0], form.key)
    code = odd[0] if odd else parts.codes[0] if is_one else ""
    return ReadRow("/".join(parts.codes), label, code, cells, row, parts=parts)


def _of_unit(parts: KeyParts, cells: tuple[ReadCell, ...], row: RawRow) -> ReadRow:
    parts = replace(parts, units=(*parts.units[:-1], without_footnote(parts.units[-1])))
    return ReadRow(f"unit:{'/'.join(parts.units)}", parts.units[-1], "", cells, row, parts=parts)


def _units_above(unit_code: str, into: ReadTable) -> tuple[str, ...]:
    """117 is above 117001."""
    above = [row.parts for row in into.rows if row.parts.is_unit and unit_code.startswith(row.parts.unit_code or "-")]
    above = [parts for parts in above if parts.unit_code != unit_code]
    return above[-1].units if above else ()


def _named(
    form: StandardTable, units: tuple[str, ...], label: str, cells: tuple[ReadCell, ...], row: RawRow
) -> ReadRow:
    """A row without a code: of a subject, or of a body whose subjects stand below it."""
    name = without_numbering(name_of(label))
    if _names_a_body(form, name):
        return _of_unit(KeyParts((name,), is_unit=True), cells, row)
    return ReadRow(f"name:{name}", name, "", cells, row, parts=KeyParts(units))


def _names_a_body(form: StandardTable, label: str) -> bool:
    name = without_numbering(name_of(label))
    return not names_a_subject(form.key, name) and bool(_WORDS.body_ending.search(squeeze(name)))


def completed(form: StandardTable, table: ReadTable) -> None:
    """Gives the rows the keys that all parts together tell: the unit only where there are several."""
    if form.key:
        table.rows[:] = told_by_names(form.key, table.rows)
    bodies = {row.parts.units for row in table.rows if row.parts.units}
    deepest = [units for units in bodies if not any(other[: len(units)] == units != other for other in bodies)]
    is_of_several = len(deepest) > 1
    paths = name_paths(form.key, table.rows)
    for n, row in enumerate(table.rows):
        key = paths.get(n, row.key)
        is_below = is_of_several and row.parts.units and not row.parts.is_unit
        key = f"unit:{'/'.join(row.parts.units)}/{key}" if is_below else key
        if key != row.key:
            is_whole = is_below and codes.is_code(row.code, form.key)  # its code is part of the key, and not damaged
            table.rows[n] = replace(row, key=simplified(key), code="" if is_whole else row.code)
    for rows in _levels(table.rows):
        add_repeated(table, form.total_measure, _total(table.rows), rows)


def _total(rows: Iterable[ReadRow]) -> ReadRow | None:
    return next((row for row in rows if row.key == TOTAL), None)


def _levels(rows: Sequence[ReadRow]) -> Iterator[list[ReadRow]]:
    """The rows that together are the whole: those with nothing below them, and those of each level above.

    A table that lists the subjects of several units without naming them prints a code once for each.
    """
    coded = [row for row in rows if row.key.replace("/", "").isdecimal()]  # 30227/50205 is below 302
    first = {row.key: row.key.partition("/")[0] for row in coded}
    above = {code[:n] for code in first.values() for n in range(3, len(code), 2)}
    yield [row for row in coded if first[row.key] not in above]
    for length in sorted({len(key) for key in above}):
        yield [row for row in coded if row.key in above and len(row.key) == length]


def goes_on(form: StandardTable, layout: SeveralKeysLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: nothing but names stands above its first row."""
    above = table.rows[: _header_rows(table)]
    return not any(text.strip() for row in above for column, text in enumerate(row.texts()) if column >= layout.first)
