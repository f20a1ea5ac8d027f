"""Codes, names and amounts that were run together, taken apart: `1.0230702国外债务付息0.00`.

Blanks part them where they are kept. Where they are not, digits are parted in the one way that gives amounts with
two decimals and codes of the reference list, no code twice; and words by the names of the reference list.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from ingest.values import codes
from warehouse.kinds.characters import squeeze
from warehouse.kinds.reference_lists import economic_subjects, functional_subjects

LONGEST_RUN = 80  # characters; more digits in a row are no list
MOST_WAYS, MOST_WAYS_IN_ALL = 16, 200
SHORTEST = 3  # characters of a code; an amount with two decimals has four
_CENTS = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:[,，.] ?\d{3})*)[.,，] ?\d{2}")
_LONGEST_CENTS = 20
_ALONE = re.compile(r"-?(?:\d{1,3}(?:[,，] ?\d{3})+|\d+)(?:[.,，] ?\d{1,2})?")
_PIECE = re.compile(r"-?\d(?:[,，.] ?\d|\d)*|[^\s\d]+")
Cells = tuple[str, ...]


def is_cents(text: str) -> bool:
    """Whether a cell is an amount with two decimals, whatever mark is printed for the point."""
    return bool(_CENTS.fullmatch(text))


def cells_of_lines(lines: Sequence[str], key: str) -> list[list[str]]:
    """The cells of each line; `key` names the classification of the codes."""
    pieces = [_PIECE.findall(line) for line in lines]
    runs = [piece for row in pieces for piece in row if piece[-1:].isdigit()]
    if all(map(_ALONE.fullmatch, runs)):
        ways: dict[str, list[Cells]] = {run: [(run,)] for run in runs}
    else:
        ways = _without_repeated({run: _ways(run, key) for run in runs})
    return [[cell for piece in row for cell in _apart(piece, ways, key)] for row in pieces]


def _apart(piece: str, ways: dict[str, list[Cells]], key: str) -> Iterator[str]:
    if piece not in ways:
        yield from _words(piece, key)
        return
    found = ways[piece]
    yield from found[0] if len(found) == 1 else (piece,)


def _without_repeated(ways: dict[str, list[Cells]]) -> dict[str, list[Cells]]:
    """Only the ways that use no code which stands elsewhere for certain, as long as that rules out any."""
    while True:
        certain = set().union(*(_codes_in(found[0]) for found in ways.values() if len(found) == 1))
        left = {
            run: found if len(found) == 1 else [way for way in found if not _codes_in(way) & certain]
            for run, found in ways.items()
        }
        if left == ways:
            return ways
        ways = left


def _codes_in(way: Cells) -> set[str]:
    return {text for text in way if text.isdigit()}


def _ways(run: str, key: str) -> list[Cells]:
    """The ways to part digits into amounts and codes, no code twice; none where there are too many."""
    if codes.is_code(run, key):
        return [(run,)]
    found = _all_ways(run, key) if len(run) <= LONGEST_RUN else []
    once = [way for way in found if len(_codes_in(way)) == sum(text.isdigit() for text in way)]
    fewest = min(map(_amounts_side_by_side, once), default=0)
    likely = [way for way in once if _amounts_side_by_side(way) == fewest]
    return likely if len(likely) <= MOST_WAYS else []


def _amounts_side_by_side(way: Cells) -> int:
    """1,060,50 and 302, not 1,06 and 0,50 and 302: behind an amount the next code follows."""
    return sum(not a.isdigit() and not b.isdigit() for a, b in pairwise(way))


def _all_ways(run: str, key: str) -> list[Cells]:
    """Every way to part digits into amounts and codes; none where there are too many."""
    ways: list[list[Cells]] = [[] for _ in run] + [[()]]  # from each place to the end
    for start in reversed(range(len(run))):
        for end in range(start + SHORTEST, min(start + _LONGEST_CENTS, len(run)) + 1):
            text = run[start:end]
            if ways[end] and (text in _known(key) or _CENTS.fullmatch(text)):
                ways[start] += [(text, *rest) for rest in ways[end]]
        if len(ways[start]) > MOST_WAYS_IN_ALL:
            return []
    return ways[0]


def _words(piece: str, key: str) -> Iterator[str]:
    """手续费房屋建筑物购建 → 手续费, 房屋建筑物购建; what is no known name stays as it is."""
    bare, end = squeeze(piece), 0
    for found in _any_name(key).finditer(bare):
        if found.start() > end:
            yield bare[end : found.start()]
        yield found[0]
        end = found.end()
    if end < len(bare):
        yield bare[end:]


@cache  # one per classification
def codes_by_name(key: str) -> dict[str, frozenset[str]]:
    """Squeezed name → the codes that have had it."""
    subjects = economic_subjects() if key == "economic_code" else functional_subjects()
    found: dict[str, frozenset[str]] = {}
    for subject in subjects:
        name = squeeze(subject.name)
        found[name] = found.get(name, frozenset()) | {subject.code}
    return found


@cache  # one per classification
def _known(key: str) -> frozenset[str]:
    return frozenset().union(*codes_by_name(key).values())


@cache  # one per classification
def _any_name(key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(codes_by_name(key), key=len, reverse=True))))
