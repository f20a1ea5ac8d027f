"""Codes, names and amounts in the order in which a converter ran them into lines of text.

Most amounts follow their code, or its name. Where a converter pulled names or codes of a printed row away from their
amounts, an amount is left over and a code lacks one: within a row they belong together. Nothing here is certain but an
amount behind a code and its own name. Every other one is left open where another code of its 类 in the same printed
row could have it, for no sum would notice; and all of them have to be proved by the sums of the table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, dropwhile, pairwise

from ingest.document import RawRow, RawTable
from ingest.tables.run_together import codes_by_name
from ingest.tables.shapes.readrows import ReadCell, ReadRow, ReadTable, has_words
from ingest.values import codes
from ingest.values.amounts import PLACE, Candidate, Reading, read_amount
from ingest.values.rounding import HALF
from warehouse.kinds.characters import comparable, name_of, squeeze
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Presence

CLASS, CODE_DIGITS = 3, 7  # of 类, and of the longest code
HOW = "文字行中按编码、名称、金额的先后对位"
NO_AMOUNT = "文字行中此编码所属的金额无从确定"


@dataclass(frozen=True, slots=True)
class ListedLayout:
    """One measure; which cells are codes or amounts is told row by row."""

    measure: str
    evidence: str
    width: int
    left_out: frozenset[int]  # the caption and the headings in front of the first code

    @property
    def holds(self) -> tuple[str, ...]:
        return (self.measure,)

    @property
    def keys(self) -> frozenset[int]:
        return frozenset()

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """A cell of a list. `keys`: of a code itself, of a total its row key, of a name the codes that it is known for."""

    kind: str  # code | name | amount
    text: str
    row: RawRow
    column: int
    keys: frozenset[str] = frozenset()

    @property
    def key(self) -> str | None:
        return next(iter(self.keys)) if len(self.keys) == 1 else None


@dataclass(slots=True, eq=False)
class Entry:
    """A code, or a total, with its amount once it is found."""

    key: str
    at: Token
    name: str = ""
    amount: Token | None = None
    is_certain: bool = False
    is_open: bool = False  # another amount of its 类 and row could be its own

    @property
    def printed(self) -> str:
        return squeeze(self.amount.text) if self.amount else ""


@dataclass(frozen=True, slots=True)
class Entries:
    found: dict[str, Entry]  # in printed order
    loose: list[Token]  # amounts that belong to none


def find_layout(form: StandardTable, table: RawTable) -> ListedLayout | None:
    """The layout of a list of at least one entry."""
    listed = [entry for entry in entries_of(form, table.rows).found.values() if entry.amount]
    evidence = f"文字行中的编码、名称、金额,{len(listed)}项"
    first = min((entry.at.column for entry in listed if entry.at.row is table.rows[0]), default=0)
    head = frozenset(range(first))
    return ListedLayout(form.measures[0].name, evidence, table.width, head) if listed else None


def read_rows(form: StandardTable, layout: ListedLayout, table: RawTable, into: ReadTable) -> None:
    """Append the entries of a list; a doubt for each amount that belongs to none."""
    entries = entries_of(form, table.rows)
    for entry in entries.found.values():
        code = entry.key if codes.is_code(entry.key, form.key) else ""
        cell, row = _cell(layout, entry)
        into.rows.append(ReadRow(entry.key, name_of(entry.name), code, (cell,), row, key_row=entry.at.row))
    for token in entries.loose:
        reason = "文字行中的金额,所属编码无从确定,未入库"
        into.unread(Doubt(DoubtKind.ROW_WITHOUT_KEY, reason, form.code, printed=token.text, place=token.row.place))


def sums_hold(table: ReadTable) -> bool:
    """Whether the 款 add up to their 类 in each 类 all of whose amounts are known, and in one that is not 0."""
    known = {row.key: cell.reading.only for row in table.rows for cell in row.cells if row.code}
    proved = False
    for whole in (code for code in known if len(code) == CLASS):
        parts = [value for code, value in known.items() if code[:CLASS] == whole and code != whole]
        total = known[whole]
        if parts and total is not None and None not in parts:
            values = [value for value in parts if value is not None]
            if abs(sum(values, Decimal(0)) - total) > HALF * (len(values) + 1) / 100:
                return False
            proved = proved or total != 0
    return proved


def _cell(layout: ListedLayout, entry: Entry) -> tuple[ReadCell, RawRow]:
    token = entry.amount
    if token is None:
        reading = Reading(Presence.NUMBER, why=NO_AMOUNT)
        return ReadCell(layout.measure, "", reading, entry.at.column), entry.at.row
    reading = Reading(Presence.NUMBER, why=NO_AMOUNT) if entry.is_open else _to_be_proved(read_amount(token.text))
    return ReadCell(layout.measure, token.text, reading, token.column), token.row


def _to_be_proved(reading: Reading) -> Reading:
    if reading.value is not None:
        return Reading(Presence.NUMBER, None, (Candidate(reading.value, HOW, changes=frozenset({PLACE})),))
    placed = (
        replace(one, how=";".join(filter(None, (one.how, HOW))), changes=one.changes | {PLACE})
        for one in reading.candidates
    )
    return replace(reading, candidates=tuple(placed))


def entries_of(form: StandardTable, rows: Sequence[RawRow]) -> Entries:
    """What a list says: each code and total once, with the amount that is its own as far as the order tells."""
    tokens = list(dropwhile(lambda token: token.kind != "code", _tokens(form, rows)))
    entries = {token.key: Entry(token.key, token) for token in tokens if token.kind == "code" and token.key}
    loose = [n for n, token in enumerate(tokens) if token.kind == "amount"]
    for claim in (_behind_own_name, _behind_one_code, _behind_name, _behind_code):
        for n in tuple(loose):
            entry = entries.get(claim(tokens, n) or "")
            if entry and entry.amount is None:
                entry.amount, entry.is_certain = tokens[n], claim is _behind_own_name
                loose.remove(n)
    found = list(entries.values())
    groups = _groups_in(found)
    left = _matched(found, tokens, loose, groups)
    _leave_open(found, groups)
    for entry in found:
        entry.name = _name(entry, tokens)
    return Entries(entries, left)


def _groups_in(entries: Sequence[Entry]) -> int:
    """How many groups stand side by side: as many runs of ascending codes as there are."""
    ends: list[str] = []
    for code in (entry.key.ljust(CODE_DIGITS, "0") for entry in entries if entry.key.isdigit()):
        before = [end for end in ends if end < code]
        if before:
            ends.remove(max(before))
        ends.append(code)
    return len(ends)


def _matched(entries: Sequence[Entry], tokens: Sequence[Token], loose: Sequence[int], groups: int) -> list[Token]:
    """Gives the amounts left over to the codes without one, in their order, if they are as many and each pair stands
    in one printed row. Returns the amounts that are left."""
    order = {entry.key: n for n, entry in enumerate(entries)}
    lacking = [entry for entry in entries if entry.amount is None]
    before = [sum(token.kind == "code" for token in tokens[:n]) for n in loose]
    near = [abs(order[entry.key] - count) <= groups for entry, count in zip(lacking, before, strict=False)]
    if len(lacking) != len(loose) or not all(near):
        return [tokens[n] for n in loose]
    for entry, n in zip(lacking, loose, strict=True):
        entry.amount = tokens[n]
    return []


def _leave_open(entries: Sequence[Entry], groups: int) -> None:
    """Two codes of one 类 in one printed row whose amounts are not certain and differ could have each other's."""
    unsure = [(n, entry) for n, entry in enumerate(entries) if entry.amount and not entry.is_certain]
    for (n, one), (m, other) in combinations(unsure, 2):
        if m - n < groups and one.key[:CLASS] == other.key[:CLASS] and one.printed != other.printed:
            one.is_open = other.is_open = True


def _name(entry: Entry, tokens: Sequence[Token]) -> str:
    """The name that is known for the code, or one behind it that is known for none."""
    known = next((token.text for token in tokens if token.kind == "name" and token.keys == {entry.key}), "")
    if known or not entry.key.isdigit():
        return known or entry.at.text
    behind = next((b for a, b in pairwise(tokens) if a is entry.at), entry.at)
    return behind.text if behind.kind == "name" and not behind.keys else ""


def _tokens(form: StandardTable, rows: Sequence[RawRow]) -> Iterator[Token]:
    known = codes_by_name(form.key or "")
    printed = {text for row in rows for text in row.texts()}
    for row in rows:
        for column, text in enumerate(row.texts()):
            bare = squeeze(text)
            if codes.is_code(bare, form.key):
                yield Token("code", bare, row, column, frozenset({bare}))
            elif any(map(str.isdigit, bare)):
                yield Token("amount", text, row, column)
            elif has_words(bare):
                total = _total_named(form, bare)
                keys = frozenset({total}) if total else known.get(bare, frozenset()) & printed
                yield Token("code" if total else "name", text, row, column, keys)


def _total_named(form: StandardTable, text: str) -> str | None:
    return next((key for key, names in form.totals.items() if comparable(text) in names), None)


def _behind_own_name(tokens: Sequence[Token], n: int) -> str | None:
    """30101 基本工资 405.50, 人员经费合计 2,880.38; also a name that no other code is known for."""
    if n and tokens[n - 1].kind == "code" and not (tokens[n - 1].key or "").isdigit():
        return tokens[n - 1].key
    if n < 2 or tokens[n - 1].kind != "name" or tokens[n - 2].kind != "code":
        return None
    code, names = tokens[n - 2].key, tokens[n - 1].keys
    return code if not names or code in names else None


def _behind_one_code(tokens: Sequence[Token], n: int) -> str | None:
    """30205 0.00, where no other code stands before this one that may be waiting for its amount as well."""
    return _behind_code(tokens, n) if n < 2 or tokens[n - 2].kind != "code" else None


def _behind_code(tokens: Sequence[Token], n: int) -> str | None:
    """30205 0.00, unless more amounts follow, of which any may be the one of this code."""
    is_alone = n + 1 == len(tokens) or tokens[n + 1].kind != "amount"
    return tokens[n - 1].key if n and tokens[n - 1].kind == "code" and is_alone else None


def _behind_name(tokens: Sequence[Token], n: int) -> str | None:
    """津贴补贴 167.66, with the code elsewhere in the row."""
    return tokens[n - 1].key if n and tokens[n - 1].kind == "name" else None
