"""The units whose accounts are summed: a list behind a sentence, names within it, or a sentence that there are none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from ingest.about.composition.declared import composition_words
from ingest.about.composition.entries import entries
from ingest.about.composition.names import NamedUnit, is_class, named_unit
from ingest.about.composition.part import Passage
from ingest.about.composition.tables import UnitCell, unit_cells
from ingest.document import RawTable
from ingest.narrative.joined import Joined
from ingest.narrative.persons import without_persons
from ingest.values.whole_numbers import whole_number
from warehouse.kinds.characters import comparable, name_of
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import DepartmentUnit, Doubt

_UNITS = composition_words().units
_PRINTED_AT_MOST = 200
_LIKE = 2  # characters of the place with which a body and its units begin
_SENTENCES_AT_MOST = 50  # of one wording: a document that says it more often would take long, and prints no more lists
_BEFORE_TABLE = 60  # characters of captions between the sentence and the table


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of a list as printed; `named` is None where it names no unit."""

    printed: str
    place: Place
    named: NamedUnit | None


@dataclass(frozen=True, slots=True)
class _List:
    """The entries that follow a sentence. `is_sure`: it says that a list follows."""

    paragraph: str  # up to the list, and the rest of its line: the number of units may be stated in it
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

    def stated(self, patterns: Sequence[re.Pattern[str]]) -> int | None:
        """The number of units that the paragraph before the list states."""
        found = next((found for pattern in patterns if (found := pattern.search(self.paragraph))), None)
        return whole_number(found["n"]) if found else None

    def is_of(self, department: str | None) -> bool:
        """Whether all entries are units, and one is the department or begins as its name does."""
        place = comparable(department or "")[:_LIKE]
        names = [item.named for item in self.items if item.named]
        return self.is_whole and any(name.is_head_office or (place and name.body.startswith(place)) for name in names)

    @property
    def is_whole(self) -> bool:
        return all(item.named or is_class(item.printed) for item in self.items)


def listed_units(passages: Sequence[Passage], department: str | None) -> tuple[list[DepartmentUnit], list[Doubt]]:
    """The units in their printed order, with a doubt for each entry that could not be read and for a count that
    is not that of the list."""
    lists = list(_lists(passages))
    named = _with_names(lists, department)
    if named is None:
        return _alone(passages, department), list(_nothing_read(lists))
    units = [_unit(item, item.named, department) for item in named.items if item.named]
    units = [*_head_left_out(lists, named, units, department), *units]
    numbered = [replace(unit, unit_no=number) for number, unit in enumerate(units, start=1)]
    return numbered, [*_not_read(named), *_count_differs(named, numbered)]


def _with_names(lists: Sequence[_List], department: str | None) -> _List | None:
    """The first list that is read whole, one that a sentence announces before others; else an announced one."""
    named = [each for each in lists if each.has_names and (each.is_sure or each.is_of(department))]
    ordered = sorted(named, key=lambda each: (not each.is_whole, not each.is_sure))
    return ordered[0] if ordered else None


def _lists(passages: Sequence[Passage]) -> Iterator[_List]:
    for n, passage in enumerate(passages):
        if isinstance(passage, Joined):
            tables = takewhile(lambda each: isinstance(each, RawTable), passages[n + 1 :])
            yield from _lists_in(passage, [each for each in tables if isinstance(each, RawTable)])


def _lists_in(text: Joined, tables: Sequence[RawTable]) -> Iterator[_List]:
    """The lists behind the sentences of a text; one of the last sentence may be the table below it."""
    for is_sure, patterns in ((True, _UNITS.introduces), (False, _UNITS.may_introduce)):
        for pattern in patterns:
            for found in islice(pattern.finditer(text.text), _SENTENCES_AT_MOST):
                items = tuple(_item(text, *span) for span in entries(text, found.end()))
                if not items and tables and len(text.text) - found.end() <= _BEFORE_TABLE:
                    items = tuple(map(_of_cell, unit_cells(tables, is_sure)))
                printed = text.printed[found.start() : found.end()]
                yield _List(_paragraph(text, found), printed, text.place(found.start()), items, is_sure)


def _paragraph(text: Joined, found: re.Match[str]) -> str:
    end = text.text.find("\n", found.end())
    return text.text[text.text.rfind("\n", 0, found.start()) + 1 : end if end >= 0 else None]


def _of_cell(cell: UnitCell) -> _Item:
    named = named_unit(f"{name_of(cell.name)},{cell.beside}")
    return _Item(cell.name, cell.place, replace(named, kind=cell.kind) if named and cell.kind else named)


def _item(text: Joined, start: int, end: int) -> _Item:
    printed = text.printed[start:end]
    return _Item(printed, text.place(start), named_unit(printed))


def _unit(item: _Item, name: NamedUnit, department: str | None) -> DepartmentUnit:
    """Without its number. 本级 alone is the department itself."""
    unit = name.unit if name.body else department or name.unit
    body = comparable(name.body or unit)
    is_head = name.is_head_office or bool(department and body == comparable(department))
    printed = without_persons(" ".join(item.printed.split()))[:_PRINTED_AT_MOST]
    return DepartmentUnit(1, unit, body, name.kind, is_head, printed, item.place)


def _head_left_out(
    lists: Sequence[_List], named: _List, units: Sequence[DepartmentUnit], department: str | None
) -> list[DepartmentUnit]:
    """本级 where the sentence, or another one, says that its accounts are among them and the list leaves it out."""
    if any(unit.is_head_office for unit in units):
        return []
    if department and _UNITS.with_head_office.search(named.paragraph):
        return [DepartmentUnit(1, department, comparable(department), None, True, named.printed, named.place)]
    of_lists = (_unit(item, item.named, department) for each in lists for item in each.items if item.named)
    return [unit for unit in of_lists if unit.is_head_office][:1]


def _alone(passages: Sequence[Passage], department: str | None) -> list[DepartmentUnit]:
    """The department itself, where a sentence says that it has no units below it."""
    if department is None:
        return []
    texts = (passage for passage in passages if isinstance(passage, Joined))
    said = ((text, found) for text in texts if (found := _says_alone(text)))
    for text, found in said:
        printed = text.printed[found.start() : found.end()]
        return [DepartmentUnit(1, department, comparable(department), None, True, printed, text.place(found.start()))]
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
            yield Doubt(
                DoubtKind.UNIT_NOT_READ,
                reason,
                printed=without_persons(item.printed)[:_PRINTED_AT_MOST],
                place=item.place,
            )


def _count_differs(named: _List, units: Sequence[DepartmentUnit]) -> Iterator[Doubt]:
    """Nothing where a stated number is that of the list: with the head office, or without it."""
    heads = sum(unit.is_head_office for unit in units)
    stated = [said for said in map(named.stated, (_UNITS.counts, _UNITS.subordinate_counts)) if said is not None]
    possible = (len(units), len(units) - heads, len(units) + 1 - min(heads, 1))
    if stated and not any(said in possible for said in stated):
        reason = f"所述单位{stated[0]}个,所列{len(units)}个"
        yield Doubt(DoubtKind.UNITS_DIFFER, reason, printed=named.printed, taken_as=str(len(units)), place=named.place)
