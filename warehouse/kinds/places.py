"""Where a body belongs: its name held against the list of administrative divisions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from warehouse.kinds.reference_lists import Division, divisions
from warehouse.kinds.wordings import body_words
from warehouse.records.reading import Level

_WORDS = body_words()


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    province: str | None = None
    city: str | None = None
    county: str | None = None
    code: str | None = None
    level: Level | None = None
    printed: str = ""  # the part of the name that says so

    @property
    def is_known(self) -> bool:
        return self.level is not None


NOWHERE = Jurisdiction()


def place_of(name: str, text: str) -> Jurisdiction:
    """The place that the name of a body begins with; `text` decides between places of one name.

    NOWHERE if the name begins with no place, or with several between which the text does not decide.
    """
    if name.startswith(_WORDS.central):
        return Jurisdiction(level=Level.CENTRAL)
    before = found_before[0] if (found_before := _WORDS.before_place.match(name)) else ""
    found = list(_prefixes(name[len(before) :])) or list(_behind_short_province(name[len(before) :]))
    if not found:
        return NOWHERE
    furthest = min(len(rest) for _, rest in found)
    division = _one_of([division for division, rest in found if len(rest) == furthest], text)
    return _place(division, name[: len(name) - furthest]) if division else NOWHERE


def place_in_text(text: str) -> Jurisdiction:
    """The place that a text names at least three times and four times as often as any other of its level."""
    counts = {name: text.count(name) for name in _by_name() if len(name) >= 3 and name in text}
    for level in (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE):
        of_level = sorted(((n, name) for name, n in counts.items() if _by_name()[name][0].level == level), reverse=True)
        if of_level and of_level[0][0] >= 3 and (len(of_level) == 1 or of_level[0][0] >= 4 * of_level[1][0]):
            division = _one_of(_by_name()[of_level[0][1]], text)
            if division:
                return _place(division, of_level[0][1])
    return NOWHERE


def place_of_code(code: str) -> Jurisdiction:
    """The place with this division code; one that the list has not is known by its code alone."""
    division = _by_code().get(code)
    return _place(division, "") if division else Jurisdiction(code=code)


def may_be_one_place(code: str | None, other: str | None) -> bool:
    """Whether one division is the other or contains it. A code that is not known contradicts nothing."""
    if code is None or other is None:
        return True
    one, two = _stem(code), _stem(other)
    return one.startswith(two) or two.startswith(one)


def _stem(code: str) -> str:
    """41 of 410000, 4113 of 411300: the digits that all divisions within it begin with."""
    return code[:2].rstrip("0") if code.endswith("0000") else code[:4] if code.endswith("00") else code


def is_place(name: str) -> bool:
    """Whether a name is that of a place and of nothing in it."""
    return any(not rest for _, rest in _prefixes(name))


def _behind_short_province(name: str) -> Iterator[tuple[Division, str]]:
    """安徽肥西县…, 广西桂林市…: a province by its short name, with a place of it behind."""
    for province in divisions():
        if province.level is Level.PROVINCE:
            short = _WORDS.province_ending.sub("", province.name)
            if name.startswith(short):
                yield from _prefixes(name[len(short) :], province)


@cache  # made once of the list
def _by_name() -> dict[str, list[Division]]:
    names: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        if division.name not in _WORDS.no_places:
            names[division.name].append(division)
    return dict(names)


@cache  # made once of the list
def _by_code() -> dict[str, Division]:
    return {division.code: division for division in divisions()}


def _prefixes(name: str, above: Division | None = None) -> Iterator[tuple[Division, str]]:
    """Divisions the name begins with, and what follows; divisions of one another may follow each other."""
    for length in range(2, min(len(name), 16) + 1):
        for division in _by_name().get(name[:length], ()):
            if above is None or _lies_in(division, above):
                yield division, name[length:]
                yield from _prefixes(name[length:], division)


def _lies_in(division: Division, above: Division) -> bool:
    return division.code != above.code and above.code in (code for code, _ in _ancestors(division))


def _ancestors(division: Division) -> Iterator[tuple[str, Division]]:
    while division.parent_code:
        division = _by_code()[division.parent_code]
        yield division.code, division


def _one_of(candidates: list[Division], text: str) -> Division | None:
    """The only candidate, or the only one whose province or city the text names."""
    if len(candidates) == 1:
        return candidates[0]
    named = [
        division
        for division in candidates
        if any(above.name in text for _, above in _ancestors(division) if above.name not in _WORDS.no_places)
    ]
    return named[0] if len(named) == 1 else None


def _place(division: Division, printed: str) -> Jurisdiction:
    line = [division, *(above for _, above in _ancestors(division))]
    by_level = {item.level: item.name for item in line if item.name not in _WORDS.no_places}
    province = by_level.get(Level.PROVINCE)
    is_municipality = province is not None and province.endswith(_WORDS.municipality)
    return Jurisdiction(
        province=province,
        city=by_level.get(Level.PREFECTURE) or (province if is_municipality else None),
        county=by_level.get(Level.COUNTY),
        code=division.code,
        level=division.level,
        printed=printed,
    )
