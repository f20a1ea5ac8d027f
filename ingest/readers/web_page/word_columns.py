"""Which columns the words of a table stand in that has places for its words and no lines.

What stands in one column overlaps from left to right: amounts end at one edge or have one middle, names begin at one.
The lowest headings say how many columns there are, blank ones among them. Each column that rows fill has the heading
above it, or the nearest in order.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.web_page.positioned import Word

_FIGURE = re.compile(r"-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)%?|[-—–]+")
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+%?|0|[-—–]+")
_FAR = 3.0  # heights: a column of figures stands nearer to its heading


def is_figure(word: Word) -> bool:
    return bool(_FIGURE.fullmatch(word.text))


def is_amount(word: Word) -> bool:
    return bool(_AMOUNT.fullmatch(word.text))


@dataclass(frozen=True, slots=True)
class Span:
    """From left to right, in pixels."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def gap(self, word: "Word | Span") -> float:
        """How far another stands beside it; 0 where they overlap."""
        return max(self.x0 - word.x1, word.x0 - self.x1, 0.0)

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word stands in it."""
        return self.x0 <= word.middle <= self.x1

    def overlaps(self, word: "Word | Span") -> bool:
        return word.x0 < self.x1 and self.x0 < word.x1


@dataclass(frozen=True, slots=True)
class Column:
    """`filled`: where the words of its rows stand; None for one that is blank in all rows. `heading`: where the lowest
    heading stands; None where several columns share it."""

    is_of_figures: bool
    filled: Span | None
    heading: Span | None

    @property
    def reach(self) -> Span:
        spans = [span for span in (self.filled, self.heading) if span]
        return Span(min(span.x0 for span in spans), max(span.x1 for span in spans))


def clusters(words: Iterable[Word]) -> list[Span]:
    """The runs of words that overlap, from left to right."""
    found: list[Span] = []
    for word in sorted(words, key=lambda word: word.x0):
        if found and word.x0 < found[-1].x1:
            found[-1] = Span(found[-1].x0, max(found[-1].x1, word.x1))
        else:
            found.append(Span(word.x0, word.x1))
    return found


def columns_of(words: Sequence[Word], headings: Sequence[Span], height: float) -> list[Column] | None:
    """The columns of the words of rows below their lowest headings; None where they do not fit one another.

    `words` of the rows without the labels of totals, which may stand across several columns; `height` of a character.
    """
    filled = [(span, True) for span in clusters(filter(is_figure, words))]
    filled += [(span, False) for span in clusters(word for word in words if not is_figure(word))]
    filled.sort(key=lambda item: item[0].middle)
    keys = {n for n, (span, _) in enumerate(filled) if not _holds_amounts(span, words)}
    ways = sorted(_ways(filled, headings, keys, height), key=lambda way: way[0])
    if not ways or (len(ways) > 1 and ways[1][0] - ways[0][0] < height / 2):
        return None
    return list(_columns(filled, headings, ways[0][1]))


def _holds_amounts(span: Span, words: Iterable[Word]) -> bool:
    return any("." in word.text and is_amount(word) and span.overlaps(word) for word in words)


def _ways(
    filled: Sequence[tuple[Span, bool]], headings: Sequence[Span], keys: Collection[int], height: float
) -> Iterator[tuple[float, tuple[int | None, ...]]]:
    """Cost and heading of each filled column. Columns without amounts may share the heading beside
    them."""
    best: dict[int, list[tuple[float, tuple[int | None, ...]]]] = {-1: [(0.0, ())]}
    for n, (span, _) in enumerate(filled):
        more: dict[int, list[tuple[float, tuple[int | None, ...]]]] = {}
        for last, ways in best.items():
            for cost, used in ways:
                for k in range(last + 1, len(headings)):
                    if (gap := headings[k].gap(span)) <= _FAR * height:
                        more.setdefault(k, []).append((cost + gap, (*used, k)))
                if n in keys:
                    more.setdefault(last, []).append((cost + height, (*used, None)))
        best = {k: sorted(ways, key=lambda way: way[0])[:2] for k, ways in more.items()}
    for ways in best.values():
        yield from ways


def _columns(
    filled: Sequence[tuple[Span, bool]], headings: Sequence[Span], used: Sequence[int | None]
) -> Iterator[Column]:
    """The columns in order: those that are filled, and blank ones where no row fills what a heading names."""
    waiting = 0
    for (span, is_of_figures), k in zip(filled, used, strict=True):
        if k is None:
            yield Column(is_of_figures, span, None)
            continue
        yield from (Column(True, None, heading) for heading in headings[waiting:k])
        yield Column(is_of_figures, span, headings[k])
        waiting = k + 1
    yield from (Column(True, None, heading) for heading in headings[waiting:])


def column_at(word: Word, columns: Sequence[Column]) -> int | None:
    """The column that a word of a row stands in: the one whose words of its kind it overlaps."""
    kind = is_figure(word)
    fitting = [n for n, c in enumerate(columns) if c.filled and c.is_of_figures == kind and c.filled.overlaps(word)]
    return fitting[0] if len(fitting) == 1 else None
