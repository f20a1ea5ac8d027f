"""Automatic numbers of paragraphs, 一、 and （二）, which stand in no text: counted as Word counts them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml.etree import _Element

from ingest.readers.word.names import W, property_of

_CHINESE_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand"}
)
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_LETTERS = {"upperLetter": "A", "lowerLetter": "a"}
_NO_NUMBER = frozenset({"bullet", "none"})
_OF_NO_LIST = "0"
Levels = Mapping[int, "_Level"]


@dataclass(frozen=True, slots=True)
class _Level:
    counted_in: str  # chineseCounting
    text: str  # （%1）
    start: int = 1


@dataclass(frozen=True, slots=True)
class _InList:
    """Which list a paragraph or style is in and how deep; None where it leaves that to its style."""

    number: str | None = None
    depth: int | None = None


class Numbering:
    """Counts the paragraphs of the lists of one document, in the order in which it is asked for them."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._lists = _lists(numbering) if numbering is not None else {}
        self._styles = _of_styles(styles) if styles is not None else {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def before(self, paragraph: _Element) -> str:
        """The number before a paragraph with the signs around it; empty where there is none."""
        number, depth = self._in_list(paragraph.find(f"{W}pPr"))
        levels = self._lists.get(number or _OF_NO_LIST, {})
        level = levels.get(depth)
        if number is None or level is None or level.counted_in in _NO_NUMBER:
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return _filled(level.text, levels, counts)

    def _in_list(self, properties: _Element | None) -> tuple[str | None, int]:
        own = _num_pr(properties)
        of_style = self._styles.get(property_of(properties, "pStyle") or "", _InList())
        number = own.number if own.number is not None else of_style.number
        return number, own.depth if own.depth is not None else of_style.depth or 0


def _filled(text: str, levels: Levels, counts: Mapping[int, int]) -> str:
    for depth, level in levels.items():
        text = text.replace(f"%{depth + 1}", _written(counts.get(depth, level.start), level.counted_in))
    return text


def _num_pr(properties: _Element | None) -> _InList:
    found = properties.find(f"{W}numPr") if properties is not None else None
    return _InList(property_of(found, "numId"), _whole(property_of(found, "ilvl")))


def _of_styles(styles: _Element) -> dict[str, _InList]:
    """The list of each paragraph style: its own, or that of the style that it is based on."""
    own = {style.get(f"{W}styleId", ""): _num_pr(style.find(f"{W}pPr")) for style in styles.iter(f"{W}style")}
    bases = {style.get(f"{W}styleId", ""): property_of(style, "basedOn") for style in styles.iter(f"{W}style")}
    return {name: _inherited(name, own, bases) for name in own}


def _inherited(name: str, own: Mapping[str, _InList], bases: Mapping[str, str | None]) -> _InList:
    seen: set[str] = set()
    at: str | None = name
    while at is not None and at in own and at not in seen:
        if own[at].number is not None:
            return own[at]
        seen.add(at)
        at = bases.get(at)
    return _InList()


def _lists(numbering: _Element) -> dict[str, Levels]:
    """The levels of each list."""
    abstract = {one.get(f"{W}abstractNumId"): dict(_levels(one)) for one in numbering.iter(f"{W}abstractNum")}
    return {one.get(f"{W}numId", ""): _own(one, abstract) for one in numbering.iter(f"{W}num")}


def _own(one: _Element, abstract: Mapping[str | None, Levels]) -> Levels:
    """The levels of the abstract list that a list refers to, with those that it changes."""
    levels = dict(abstract.get(property_of(one, "abstractNumId"), {}))
    for override in one.iter(f"{W}lvlOverride"):
        levels.update(_levels(override))
        depth, start = _whole(override.get(f"{W}ilvl")), _whole(property_of(override, "startOverride"))
        if depth in levels and start is not None:
            levels[depth] = replace(levels[depth], start=start)
    return levels


def _levels(parent: _Element) -> Iterator[tuple[int, _Level]]:
    for one in parent.findall(f"{W}lvl"):
        counted_in, text = property_of(one, "numFmt") or "decimal", property_of(one, "lvlText") or ""
        start = _whole(property_of(one, "start"))
        yield _whole(one.get(f"{W}ilvl")) or 0, _Level(counted_in, text, 1 if start is None else start)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _written(number: int, counted_in: str) -> str:
    if counted_in in _CHINESE and 0 < number < 100:
        return _chinese(number)
    if counted_in in _CIRCLED and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if counted_in in _LETTERS and 1 <= number <= 26:
        return chr(ord(_LETTERS[counted_in]) + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    """3 → 三, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(number, 10)
    before = "" if tens < 2 else _CHINESE_DIGITS[tens]
    return before + ("十" if tens else "") + (_CHINESE_DIGITS[ones] if ones else "")
