"""Groups of code | name | amount side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ingest.document import GridKind, RawRow, RawTable
from ingest.tables.headings import best_meaning, column_paths, is_number_row, rows_above
from ingest.tables.shapes import listed
from ingest.tables.shapes.alignment import name_and_amount
from ingest.tables.shapes.listed import ListedLayout
from ingest.tables.shapes.named_subjects import code_by_name, codes_read, how_found, names_a_subject
from ingest.tables.shapes.readrows import (
    ReadCell,
    ReadRow,
    ReadTable,
    body_rows,
    code_at,
    has_words,
    is_wording,
    looks_like_amount,
)
from ingest.values import codes
from ingest.values.amounts import BLANK, Candidate, Reading, read_amount
from warehouse.kinds.characters import comparable, name_of, squeeze, without_marks
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Presence

_WORDS = table_words()
_DECIMALS = re.compile(r"[0-9][.·][0-9]{1,2}(?![0-9])")  # 约18.21: words, and an amount that is not to be lost


_CODES = frozenset({"code", "code_class", "code_item"})  # kinds of columns


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """Columns of one group; `item` is the second code column where 类 and 款 are printed apart. Where no codes are
    printed `code` is the column of the names."""

    code: int
    name: int
    amount: int
    item: int | None = None


@dataclass(frozen=True, slots=True)
class CodeGroupsLayout:
    """`totals`: columns of a single list (合计 | 人员经费 | 公用经费) whose 合计 row holds the totals.
    `others`: columns of other years, or of a part of the amounts, with headings that say so."""

    groups: tuple[CodeGroup, ...]
    measure: str
    evidence: str
    width: int
    totals: dict[int, str] = field(default_factory=dict)
    others: frozenset[int] = frozenset()

    @property
    def holds(self) -> tuple[str, ...]:
        return (self.measure,) * len(self.groups)

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(column for group in self.groups for column in range(group.code, group.name + 1))

    @property
    def has_names_only(self) -> bool:
        return any(group.code == group.name for group in self.groups)

    @property
    def left_out(self) -> frozenset[int]:
        return self.others.union(self.totals)

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset(self.totals)


@dataclass(frozen=True, slots=True)
class CodedEntry:
    """A code, its name and its amount as they follow each other in a row."""

    code: str
    name: str
    printed: str
    column: int
    reading: Reading


def find_layout(form: StandardTable, table: RawTable) -> CodeGroupsLayout | ListedLayout | None:
    """The layout that the header of this part states, or that of a list in lines of text; or None."""
    if table.kind is GridKind.LISTED:
        return listed.find_layout(form, table)
    above = _header_rows(form, table)
    if not above or above == len(table.rows):
        return None
    paths = column_paths(table.rows[:above], table.width, table.kind.knows_spans, form.kind_words)
    kinds = _kinds(form, paths)
    groups = tuple(_groups(kinds))
    amounts = [column for column, kind in enumerate(kinds) if kind == "amount"]
    if not groups or amounts != [group.amount for group in groups]:
        return None
    totals = _total_columns(form, paths) if len(groups) == 1 else {}
    others = frozenset(column for column, kind in enumerate(kinds) if kind == "ignored")
    evidence = f"列头:编码|名称|金额 {len(groups)}组并列"
    return CodeGroupsLayout(groups, form.measures[0].name, evidence, table.width, totals, others - totals.keys())


def _header_rows(form: StandardTable, table: RawTable) -> int:
    return rows_above(table, lambda row: _has_code(form, row) or _has_total(form, row) or _has_subject(form, row))


def _has_subject(form: StandardTable, row: RawRow) -> bool:
    """The name of a subject right before an amount."""
    return any(
        name and text and looks_like_amount(text) and names_a_subject(form.key, name)
        for name, text in pairwise(row.texts())
    )


def _has_code(form: StandardTable, row: RawRow) -> bool:
    begun = (column for column, text in enumerate(row.bare) if text[:1].isdigit())
    return any(codes.is_code(code_at(row, column), form.key) for column in begun)


def _has_total(form: StandardTable, row: RawRow) -> bool:
    """A total with its amount; 人员经费 | 公用经费 alone is a heading."""
    return any(looks_like_amount(text) for text in row.texts()) and any(_totals(form, row))


def _kinds(form: StandardTable, paths: list[tuple[str, ...]]) -> list[str | None]:
    """code | name | amount for the columns of the form, "ignored" for those that hold no measure of ours."""
    meanings = _meanings(form)
    return [best_meaning(path, meanings) or _part_of_amount(path, meanings) for path in paths]


@cache  # made once per form
def _meanings(form: StandardTable) -> dict[str, str]:
    amounts = {alias for measure in form.measures for alias in measure.headers}
    meanings = {alias: kind for kind, aliases in form.key_columns.items() for alias in aliases}
    meanings |= dict.fromkeys(form.ignored | _WORDS.no_measures, "ignored")
    return meanings | dict.fromkeys(
        amounts | {f"{alias}/{whole}" for alias in amounts for whole in _WORDS.subtotals}, "amount"
    )


def _part_of_amount(path: tuple[str, ...], meanings: dict[str, str]) -> str | None:
    """决算数 | 其中:上年结转: a part of the amounts, printed beside them."""
    is_part = best_meaning(path[:-1], meanings) == "amount" and has_words(path[-1])
    return "ignored" if is_part and not _WORDS.key_endings.search(path[-1]) else None


def _groups(kinds: list[str | None]) -> Iterator[CodeGroup]:
    for column, kind in enumerate(kinds):
        if kind == "code" and (amount := _amount_behind(kinds, column + 2)):
            yield CodeGroup(column, column + 1, amount)
        elif kinds[column : column + 2] == ["code_class", "code_item"] and (
            amount := _amount_behind(kinds, column + 3)
        ):
            yield CodeGroup(column, column + 2, amount, item=column + 1)
        elif kind == "name" and _CODES.isdisjoint(kinds) and (amount := _amount_behind(kinds, column + 1)):
            yield CodeGroup(column, column, amount)


def _amount_behind(kinds: list[str | None], column: int) -> int | None:
    """The column of amounts, behind columns that are none of ours."""
    while kinds[column : column + 1] == ["ignored"]:
        column += 1
    return column if kinds[column : column + 1] == ["amount"] else None


def _total_columns(form: StandardTable, paths: list[tuple[str, ...]]) -> dict[int, str]:
    meanings = {alias: key for key, aliases in form.totals.items() for alias in aliases if key != form.grand_total}
    return {column: key for column, path in enumerate(paths) if path and (key := meanings.get(path[-1]))}


def read_rows(
    form: StandardTable, layout: CodeGroupsLayout | ListedLayout, table: RawTable, has_header: bool, into: ReadTable
) -> None:
    """Append the entries of one part of the table, row by row, group by group."""
    if isinstance(layout, ListedLayout):
        listed.read_rows(form, layout, table, into)
        return
    carried: dict[int, str] = {}
    named: list[RawRow] = []
    _say_what_is_left_out(form, layout, table, into)
    for row in body_rows(form.code, table, _header_rows(form, table) if has_header else 0, into):
        if is_number_row(row):
            continue
        totals = list(_totals(form, row))
        for key, label, amount in totals:
            into.rows.extend(_total_rows(form, layout, row, key, label, _in_its_group(layout, row, label, amount)))
        if not totals and layout.has_names_only:
            named.append(row)
        elif totals:
            _refuse_beside(form, layout, row, {column for _, *columns in totals for column in columns}, into)
        else:
            _take(form, layout, row, carried, into)
    _take_named(form, layout, named, into)


def _take_named(form: StandardTable, layout: CodeGroupsLayout, rows: list[RawRow], into: ReadTable) -> None:
    """Entries without codes, group by group: a 类 goes on from the foot of one group to the head of the next."""
    for group in layout.groups:
        for row in rows:
            name, printed = row.text(group.name), row.text(group.amount)
            code = code_by_name(form.key or "", name, codes_read(into, group.amount), codes_read(into))
            if code:
                cell = ReadCell(layout.measure, without_marks(printed), read_amount(printed), group.amount)
                into.rows.append(ReadRow(code, name_of(name), code, (cell,), row, None, how_found(code)))
            elif has_words(name) or printed.strip():
                _refuse(form, row, CodedEntry("", name, printed, group.amount, read_amount(printed)), into)


def _say_what_is_left_out(form: StandardTable, layout: CodeGroupsLayout, table: RawTable, into: ReadTable) -> None:
    """人员经费 and 公用经费 of each row of a single list, which repeat the amount of the row."""
    columns = sorted(
        column for column in layout.totals if any(looks_like_amount(row.text(column)) for row in table.rows)
    )
    into.leave_out(form.code, columns, table.rows, "重复各行的金额,只取合计行所印")
    others = sorted(
        column for column in layout.others if any(looks_like_amount(row.text(column)) for row in table.rows)
    )
    into.leave_out(form.code, others, table.rows)


def _totals(form: StandardTable, row: RawRow) -> Iterator[tuple[str, int, int]]:
    """(key, column of the label, column of the amount) of each total printed in this row."""
    texts = row.texts()
    labels = [
        (n, key)
        for n, text in enumerate(texts)
        if text
        for key, names in form.totals.items()
        if comparable(text) in names
    ]
    if not labels or any(codes.is_code(squeeze(text), form.key) for text in texts):
        return
    ends = [n for n, _ in labels[1:]] + [len(texts)]
    for (column, key), end in zip(labels, ends, strict=True):
        amount = next((n for n in range(column + 1, end) if texts[n].strip()), None)
        yield key, column, end - 1 if amount is None else amount


def _in_its_group(layout: CodeGroupsLayout, row: RawRow, label: int, amount: int) -> int:
    """The amount column of the group that the label stands in, if anything stands there."""
    home = next((group.amount for group in layout.groups if group.code <= label < group.amount), amount)
    return home if looks_like_amount(row.text(home)) else amount


def _total_rows(
    form: StandardTable, layout: CodeGroupsLayout, row: RawRow, key: str, label: int, amount: int
) -> Iterator[ReadRow]:
    """The total, and in a single list those that stand beside it in columns of their own."""
    name = name_of(row.text(label))
    yield _total_row(layout, row, key, name, row.text(amount) if amount != label else "", amount)
    if key == form.grand_total:
        for column, other in layout.totals.items():
            yield _total_row(layout, row, other, name, row.text(column), column)


def _total_row(layout: CodeGroupsLayout, row: RawRow, key: str, name: str, printed: str, column: int) -> ReadRow:
    cell = ReadCell(layout.measure, without_marks(printed), read_amount(printed), column)
    return ReadRow(key, name, "", (cell,), row)


def _refuse_beside(
    form: StandardTable, layout: CodeGroupsLayout, row: RawRow, taken: set[int], into: ReadTable
) -> None:
    """What stands in a group beside the totals of a row and is called by no name that the form has."""
    groups = {group.amount: range(group.code, group.amount + 1) for group in layout.groups}
    for entry in _by_position(layout, row, {}):
        if taken.isdisjoint(groups[entry.column]):
            _refuse(form, row, entry, into)


def _take(form: StandardTable, layout: CodeGroupsLayout, row: RawRow, carried: dict[int, str], into: ReadTable) -> None:
    entries = list(_by_position(layout, row, carried))
    if not _stands_right(form, layout, row, entries):
        entries = list(_by_sequence(form, row))
    for entry in entries:
        if not entry.code:
            _refuse(form, row, entry, into)
            continue
        cell = ReadCell(layout.measure, without_marks(entry.printed), entry.reading, entry.column)
        repair = _how_code_is_read(layout, row, entry)
        into.rows.append(ReadRow(entry.code, name_of(entry.name), entry.code, (cell,), row, None, repair))


def _how_code_is_read(layout: CodeGroupsLayout, row: RawRow, entry: CodedEntry) -> str | None:
    """Why the code is not as printed: 30101.0 or 30,101 stands in the column of codes."""
    column = next((group.code for group in layout.groups if group.amount == entry.column), None)
    if column is None or code_at(row, column) != entry.code or squeeze(row.text(column)) == entry.code:
        return None
    return f"科目编码印作{squeeze(row.text(column))},按数值所存,读作{entry.code}"


def _by_position(layout: CodeGroupsLayout, row: RawRow, carried: dict[int, str]) -> Iterator[CodedEntry]:
    for group in layout.groups:
        name, printed = row.text(group.name), row.text(group.amount)
        code = _code(group, row, carried)
        if not code and name:
            code, name = codes.split(squeeze(name))
        if code or has_words(name) or printed.strip():
            yield CodedEntry(code, name, printed, group.amount, read_amount(printed))


def _code(group: CodeGroup, row: RawRow, carried: dict[int, str]) -> str:
    """One code cell, or 类 and 款 apart; 类 printed once for its 款 is carried down."""
    code = code_at(row, group.code)
    if group.item is None:
        return code
    item = squeeze(row.text(group.item))
    carried[group.code] = code or carried.get(group.code, "")
    return codes.join_parts([part for part in (carried[group.code] if item else code, item) if part])


def _stands_right(form: StandardTable, layout: CodeGroupsLayout, row: RawRow, entries: list[CodedEntry]) -> bool:
    """Every group has its code and words for a name, and nothing stands outside.

    An amount may look like a code (52718 元): what stands in its place in a whole group is what it is. Words
    in place of an amount (未编报) are so too where each group begins with a code of this form; else they may be a
    part of the name, displaced.
    """
    inside = {column for group in layout.groups for column in (group.item, *range(group.code, group.amount + 1))}
    outside = [text for n, text in enumerate(row.texts()) if n not in inside | layout.left_out and text.strip()]
    if any(not entry.code or not has_words(entry.name) for entry in entries):
        return False
    if any(is_wording(entry.printed) for entry in entries):
        return not outside and all(codes.is_code(entry.code, form.key) for entry in entries)
    return not outside or len(layout.groups) == 1


def _by_sequence(form: StandardTable, row: RawRow) -> Iterator[CodedEntry]:
    """A displaced row read by what follows what: code, then its name, then its amount."""
    code = name = ""
    how = "行内单元格错位,按编码、名称、金额的先后对位"
    for column, text in _tokens(form, row):
        bare = squeeze(text)
        if codes.is_code(bare, form.key):
            if code:
                yield CodedEntry(code, name, "", column, BLANK)
            code, name = bare, ""
        elif is_wording(text) and not (code and _DECIMALS.search(bare)):
            name += text
        elif bare and not code:
            yield CodedEntry("", name, text, column, read_amount(text))
            name = ""
        elif bare:
            reading = read_amount(text)
            rest = next((candidate.rest for candidate in reading.candidates if candidate.rest), "")
            yield CodedEntry(code, name, text, column, _displaced(reading, how))
            code, name = rest, ""
    if code:
        yield CodedEntry(code, name, "", column, BLANK)


def _tokens(form: StandardTable, row: RawRow) -> Iterator[tuple[int, str]]:
    """The cells of a row, taken apart where a converter ran two into one: 30101基本工资, 更新0.00."""
    for column, text in enumerate(row.texts()):
        code, rest = codes.split(squeeze(text))
        if code and has_words(rest) and codes.is_code(code, form.key):
            yield column, code
            text = rest
        name, amount = name_and_amount(text)
        yield column, name
        if amount:
            yield column, amount


def _displaced(reading: Reading, how: str) -> Reading:
    if reading.value is None:
        return reading
    return Reading(Presence.NUMBER, None, (Candidate(reading.value, how),))


def _refuse(form: StandardTable, row: RawRow, entry: CodedEntry, into: ReadTable) -> None:
    printed = f"{entry.name} {entry.printed}".strip()

    def doubt(what: DoubtKind, reason: str) -> Doubt:
        return Doubt(what, reason, table_code=form.code, printed=printed, place=row.place)

    if looks_like_amount(entry.printed):
        into.unread(doubt(DoubtKind.ROW_WITHOUT_KEY, "有数而无经济分类编码,未入库"))
    elif has_words(entry.name):
        into.doubts.append(doubt(DoubtKind.ROW_NOT_UNDERSTOOD, "既非科目也非合计的单元格,未入库"))


def goes_on(form: StandardTable, layout: CodeGroupsLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: at most one name cut by the page above."""
    above = [text for row in table.rows[: _header_rows(form, table)] for text in row.texts() if text.strip()]
    return len(above) <= 1 and _header_rows(form, table) < len(table.rows)
