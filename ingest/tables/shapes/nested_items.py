"""Names of items that are printed below one another without codes: which is part of which, and what each is called.

An item is called as it is printed, without its numbering. A name that two items of a list have tells neither of them:
an item of 上年结转 is then called 上年结转/name, others parent/name with all their neighbours. Below a functional 类
stand 款 and 项: these are always called 类/款/项, for many of them have the same name.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.values.class_names import bare
from warehouse.kinds.characters import comparable, name_of, squeeze, without_footnote, without_numbering
from warehouse.kinds.reference_lists import functional_subjects
from warehouse.kinds.wordings import table_words

_OF_WHICH = table_words().of_which
_NUMBERINGS = tuple(
    map(
        re.compile,
        (
            r"[一二三四五六七八九十]+[、,.．]",
            r"[(（][一二三四五六七八九十]+[)）]",
            r"\d{1,2}[、.．](?!\d)",
            r"[(（]\d{1,2}[)）]",
        ),
    )
)
_UNNUMBERED = len(_NUMBERINGS)


@dataclass(frozen=True, slots=True)
class Item:
    """`amount` is the first of its row, None where it is blank or damaged. A closing row ends the items above it;
    what stands below `is_carry_over` is of last year."""

    label: str
    amount: Decimal | None
    is_closing: bool = False
    is_carry_over: bool = False
    is_of_form: bool = False  # its name is that of a row of the form, and of no subject

    @property
    def name(self) -> str:
        """财政拨款 of 其中：1.财政拨款"""
        text = without_numbering(name_of(self.label))
        return without_footnote(without_numbering(_OF_WHICH.sub("", text))).rstrip(":：")

    @property
    def numbering(self) -> int:
        """Which kind of number stands before the name."""
        text = squeeze(self.label)
        return next((n for n, pattern in enumerate(_NUMBERINGS) if pattern.match(text)), _UNNUMBERED)


def names_of(items: Sequence[Item], is_class: Callable[[str], bool] | None) -> list[str]:
    """What the items of a list are called, in their order. `is_class` knows the names of functional 类, where the
    items of the list are such."""
    parents = _parents(items)
    classes = _class_paths(items, is_class) if is_class else {}
    times = Counter(comparable(item.name) for n, item in enumerate(items) if n not in classes)
    repeated = [n for n, item in enumerate(items) if n not in classes and times[comparable(item.name)] > 1]
    carried = {n: above for n in repeated if (above := _carry_over_above(items, parents, n)) is not None}
    told = {n for n in repeated if n not in carried and _is_told_by_parent(items, parents, repeated, carried, n)}
    qualified = {parents[n] for n in told}
    names = []
    for n, item in enumerate(items):
        above = carried.get(n, parents[n] if parents[n] in qualified else None)
        names.append(classes.get(n) or (item.name if above is None else f"{items[above].name}/{item.name}"))
    return names


def _parents(items: Sequence[Item]) -> list[int | None]:
    """The item that each is part of, as the kinds of numbers tell: 1. below 一、 and (1) below 1."""
    parents: list[int | None] = []
    above: list[tuple[int, int]] = []  # (kind of number, item), outermost first
    for n, item in enumerate(items):
        if item.is_closing:
            above = []
        kinds = [kind for kind, _ in above]
        if item.numbering in kinds:
            above = above[: kinds.index(item.numbering)]
        parents.append(above[-1][1] if above else None)
        if not item.is_closing:
            above.append((item.numbering, n))
    return parents


def _carry_over_above(items: Sequence[Item], parents: Sequence[int | None], n: int) -> int | None:
    """The item 上年结转 that an item is part of, as its number or the order of the rows tells."""
    if items[n].is_carry_over:
        return None
    parent = parents[n]
    if parent is not None:
        return parent if items[parent].is_carry_over else _carry_over_above(items, parents, parent)
    for above in range(n - 1, -1, -1):
        if items[above].is_closing:
            return None
        if items[above].is_carry_over:
            return above
    return None


def _is_told_by_parent(
    items: Sequence[Item],
    parents: Sequence[int | None],
    repeated: Sequence[int],
    carried: dict[int, int],
    n: int,
) -> bool:
    """Another item of the same name is part of another item."""
    name = comparable(items[n].name)
    others = [m for m in repeated if m != n and m not in carried and comparable(items[m].name) == name]
    return parents[n] is not None and any(parents[m] != parents[n] for m in others)


def _class_paths(items: Sequence[Item], is_class: Callable[[str], bool]) -> dict[int, str]:
    """类/款 and 类/款/项 of the items below a functional 类."""
    paths: dict[int, str] = {}
    tree: _Tree | None = None
    numbering = min((item.numbering for item in items if is_class(item.name)), default=_UNNUMBERED)
    for n, item in enumerate(items):
        begins = item.numbering == numbering and is_class(item.name)
        if numbering == _UNNUMBERED:  # 其他教育支出 is no 类, however alike
            begins = bool(_subjects_below(bare(item.name))[0]) and (tree is None or tree.is_beside(item))
        if item.is_closing or item.is_of_form:
            tree = None
        elif begins:
            tree = _Tree(item)
        elif tree and tree.takes(item):
            paths[n] = tree.add(item)
    return paths


class _Tree:
    """A functional 类 with the 款 and 项 read below it; their levels are told by their names and their sums."""

    def __init__(self, of_class: Item) -> None:
        self.of_class = of_class
        self.group: Item | None = None
        self.of_groups = Decimal(0)
        self.of_items = Decimal(0)
        self.has_items = False

    @property
    def is_full(self) -> bool:
        """The 款 add up to the 类, and the 项 to their 款."""
        return self.of_groups == (self.of_class.amount or 0) and self._is_group_full

    @property
    def _is_group_full(self) -> bool:
        return self.group is None or (self.has_items and self.of_items == (self.group.amount or 0))

    def is_beside(self, item: Item) -> bool:
        """Whether the item of the name of a 类 stands beside this one: it is none of its 款 and 项."""
        return self.is_full or self._level(item) is None

    def takes(self, item: Item) -> bool:
        """A subject of this 类, or an unknown name where the 类 is not told in full."""
        if item.numbering != _UNNUMBERED:
            return item.numbering > self.of_class.numbering
        return self._level(item) is not None or not self.is_full

    def add(self, item: Item) -> str:
        if self._begins_group(item):
            self.group, self.of_items, self.has_items = item, Decimal(0), False
            self.of_groups += item.amount or 0
            return f"{self.of_class.name}/{item.name}"
        assert self.group is not None
        self.of_items += item.amount or 0
        self.has_items = True
        return f"{self.of_class.name}/{self.group.name}/{item.name}"

    def _begins_group(self, item: Item) -> bool:
        if self.group is None:
            return True
        if item.numbering != self.group.numbering:
            return item.numbering < self.group.numbering
        return {"category": True, "item": False, None: self._is_group_full}[self._level(item)]

    def _level(self, item: Item) -> str | None:
        """款 or 项, where the reference list has the name at one of both levels below this 类 and this 款."""
        groups, below = _subjects_below(bare(self.of_class.name))
        name = comparable(item.name)
        is_group = name in groups
        is_item = self.group is not None and name in below.get(comparable(self.group.name), frozenset())
        if is_group == is_item:
            return None
        return "category" if is_group else "item"


@cache  # of each 类 once
def _subjects_below(class_name: str) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The names of the 款 of a 类, and of the 项 of each 款; comparable."""
    codes = {one.code for one in functional_subjects() if one.level == "class" and bare(one.name) == class_name}
    groups = [one for one in functional_subjects() if one.level == "category" and one.parent_code in codes]
    below: dict[str, frozenset[str]] = {}
    for group in groups:
        own = {comparable(one.name) for one in functional_subjects() if one.parent_code == group.code}
        below[comparable(group.name)] = below.get(comparable(group.name), frozenset()) | own
    return frozenset(below), below
