"""Functional class ↔ the row of a table with two sides that means it. Names differ slightly, and over the years."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache

from warehouse.kinds.characters import comparable, without_numbering
from warehouse.kinds.reference_lists import functional_subjects

ALIKE = 0.8  # 资源勘探信息等支出 and 资源勘探工业信息等支出 reach 0.9, 其他支出 and 援助其他地区支出 0.67


def items_of_classes(classes: Mapping[str, str], rows: Iterable[str]) -> dict[str, str]:
    """Class code → row key `expenditure:…`. A class whose item cannot be told is left out."""
    open_items = {bare(row.partition(":")[2]): row for row in rows if row.startswith(("expenditure:", "function:"))}
    found: dict[str, str] = {}
    for code, label in classes.items():
        for name in (label, *names_of_class(code)):
            if bare(name) in open_items:
                found[code] = open_items.pop(bare(name))
                break
    for code, label in classes.items():
        if code not in found and (alike := _most_alike(bare(label), open_items)):
            found[code] = open_items.pop(alike)
    return found


@lru_cache(maxsize=8192)  # the names of the reference are compared with each name
def bare(name: str) -> str:
    """A name as it is compared: 一、教育支出, 教育支出 and 教育 are the same class."""
    text = comparable(without_numbering(name))
    return text.removesuffix("支出") or text


@cache  # made once of the list
def _reference() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for subject in functional_subjects():
        if subject.level == "class":
            names[subject.code] = (*names.get(subject.code, ()), subject.name)
    return names


def names_of_class(code: str) -> tuple[str, ...]:
    return _reference().get(code, ())


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def is_class_name(name: str, others: frozenset[str]) -> bool:
    """Whether a printed name means a functional 类 of the reference list, or one of `others` (comparable names)."""
    names = {bare(known) for known in (*others, *(one for found in _reference().values() for one in found))}
    return bare(name) in names or _most_alike(bare(name), names) is not None


def _most_alike(name: str, items: Iterable[str]) -> str | None:
    best = max(items, key=lambda item: _alike(name, item), default=None)
    return best if best is not None and _alike(name, best) >= ALIKE else None
