"""The units whose accounts are summed: a list behind a sentence, names within it, or a sentence that there are none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.about.composition.declared import composition_words
from ingest.about.composition.names import NamedUnit, is_class, named_unit, split_names
from ingest.about.composition.part import Passage
from ingest.about.composition.tables import UnitCell, unit_cells
from ingest.document import RawTable
from ingest.narrative.joined import Joined
from ingest.values.whole_numbers import whole_number
from warehouse.kinds.characters import comparable, name_of
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import DepartmentUnit, Doubt

_UNITS = composition_words().units
_PRINTED_AT_MOST = 200
_BEFORE_TABLE = 60  # characters of captions between the sentence and the table
_ITEM = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.]|[①-⑳])")


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of a list as printed; `named` is None where it names no unit."""

    printed: str
    place: Place
    named: NamedUnit | None


@dataclass(frozen=True, slots=True)
class _List:
    """The entries that follow a sentence. `is_sure`: it says that a list follows."""

    paragraph: str  # up to the list: the number of units may be stated in it
    printed: str
    place: Place
    items: tuple[_Item, ...]
    is_sure: bool

    @property
    def units(self) -> list[_Item]:
        return [item for item in self.items if item.named]

    @property
    def has_names(self) -> bool:
        return any(item.named and item.named.body for item in self.items)

    @property
    def is_whole(self) -> bool:
        return all(item.named or is_class(item.printed) for item in self.items)


def listed_units(passages: Sequence[Passage], department: str | None) -> tuple[list[DepartmentUnit], list[Doubt]]:
    """The units in their printed order, with a doubt for each entry that could not be read and for a count that
    is not that of the list."""
    lists = list(_lists(passages))
    named = next((each for each in lists if each.has_names and (each.is_sure or each.is_whole)), None)
    if named is None:
        return _alone(passages, lists, department), list(_nothing_read(lists))
    with_head = next((each for each in lists if each is not named and any(_is_head(item) for item in each.items)), None)
    units = [*_head_first(named, with_head), *named.units]
    return list(_numbered(units, department)), [*_not_read(named), *_count_differs(named, units)]


def _lists(passages: Sequence[Passage]) -> Iterator[_List]:
    for n, passage in enumerate(passages):
        if isinstance(passage, Joined):
            tables = takewhile(lambda each: isinstance(each, RawTable), passages[n + 1 :])
            yield from _lists_in(passage, [each for each in tables if isinstance(each, RawTable)])


def _lists_in(text: Joined, tables: Sequence[RawTable]) -> Iterator[_List]:
    """The lists behind the sentences of a text; one of the last sentence may be the table below it."""
    for is_sure, patterns in ((True, _UNITS.introduces), (False, _UNITS.may_introduce)):
        for pattern in patterns:
            for found in pattern.finditer(text.text):
                items = tuple(_items(text, found.end()))
                if not items and tables and is_sure and len(text.text) - found.end() <= _BEFORE_TABLE:
                    items = tuple(map(_of_cell, unit_cells(tables)))
                printed = text.printed[found.start() : found.end()]
                paragraph = text.text[text.text.rfind("\n", 0, found.start()) + 1 : found.end()]
                yield _List(paragraph, printed, text.place(found.start()), items, is_sure)


def _items(text: Joined, start: int) -> Iterator[_Item]:
    """The names up to the end of the sentence; else the numbered items below it."""
    end = re.compile(r"[。\n]|$").search(text.text, start)
    assert end is not None
    inline = text.text[start : end.start()]
    if inline.strip(":") and not _ITEM.match(inline):
        for first, last in split_names(inline):
            yield _item(text, start + first, start + last)
        return
    at = start if inline.strip(":") else end.start() + 1
    while _ITEM.match(text.text, at):
        close = text.text.find("\n", at)
        close = len(text.text) if close < 0 else close
        yield _item(text, at, close)
        at = close + 1


def _of_cell(cell: UnitCell) -> _Item:
    return _Item(cell.name, cell.place, named_unit(f"{name_of(cell.name)},{cell.beside}"))


def _item(text: Joined, start: int, end: int) -> _Item:
    printed = text.printed[start:end]
    return _Item(printed, text.place(start), named_unit(printed))


def _is_head(item: _Item) -> bool:
    return bool(item.named and item.named.is_head_office)


def _head_first(named: _List, with_head: _List | None) -> list[_Item]:
    """本级 where another sentence says that its accounts are among them and the list leaves it out."""
    if with_head is None or any(_is_head(item) for item in named.units):
        return []
    return [item for item in with_head.items if _is_head(item)][:1]


def _numbered(items: Sequence[_Item], department: str | None) -> Iterator[DepartmentUnit]:
    for number, item in enumerate(items, start=1):
        assert item.named is not None
        name = item.named
        unit = name.unit if name.body else department or name.unit
        body = name.body or comparable(department or name.unit)
        is_head = name.is_head_office or bool(department and comparable(body) == comparable(department))
        printed = " ".join(item.printed.split())[:_PRINTED_AT_MOST]
        yield DepartmentUnit(number, unit, comparable(body), name.kind, is_head, printed, item.place)


def _alone(passages: Sequence[Passage], lists: Sequence[_List], department: str | None) -> list[DepartmentUnit]:
    """The department itself, where a sentence says that it has no units below it."""
    if department is None:
        return []
    for passage in passages:
        found = _says_alone(passage) if isinstance(passage, Joined) else None
        if found and isinstance(passage, Joined):
            printed = passage.printed[found.start() : found.end()]
            return [
                DepartmentUnit(1, department, comparable(department), None, True, printed, passage.place(found.start()))
            ]
    return []


def _says_alone(text: Joined) -> re.Match[str] | None:
    return next((found for pattern in _UNITS.alone if (found := pattern.search(text.text))), None)


def _nothing_read(lists: Sequence[_List]) -> Iterator[Doubt]:
    lost = next((each for each in lists if each.is_sure and not each.units), None)
    if lost:
        reason = "其后应列单位名称,未能读出"
        yield Doubt(DoubtKind.UNIT_NOT_READ, reason, printed=lost.printed[:_PRINTED_AT_MOST], place=lost.place)


def _not_read(named: _List) -> Iterator[Doubt]:
    for item in named.items:
        if item.named is None and not is_class(item.printed):
            reason = "部门决算单位构成中的一项不是可以辨认的单位名称,未入库"
            yield Doubt(DoubtKind.UNIT_NOT_READ, reason, printed=item.printed[:_PRINTED_AT_MOST], place=item.place)


def _count_differs(named: _List, units: Sequence[_Item]) -> Iterator[Doubt]:
    """Nothing where a stated number, of all units or of those below the department, is that of the list."""
    heads = sum(map(_is_head, units))
    counted = {_number(_UNITS.counts, named.paragraph): len(units)}
    counted |= {_number(_UNITS.subordinate_counts, named.paragraph): len(units) - heads}
    stated = {said: listed for said, listed in counted.items() if said is not None}
    if stated and not any(said in (listed, listed + 1 - min(heads, 1)) for said, listed in stated.items()):
        said = next(iter(stated))
        reason = f"所述单位{said}个,所列{len(units)}个"
        yield Doubt(DoubtKind.UNITS_DIFFER, reason, printed=named.printed, taken_as=str(len(units)), place=named.place)


def _number(patterns: Sequence[re.Pattern[str]], sentence: str) -> int | None:
    found = next((found for pattern in patterns if (found := pattern.search(sentence))), None)
    return whole_number(found["n"]) if found else None
