"""Which columns the words of a table stand in whose words have places and no lines between them.

What stands in one column overlaps from left to right: amounts end at one edge or have one middle, names begin at one.
The lowest headings say how many columns there are, blank ones among them. The amounts of a column overlap its heading;
where they are aligned on the right and shorter than that is far from, it is the heading to the left of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ingest.readers.web_page.positioned import Word

_FIGURE = re.compile(r"-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)%?|[-—–]+")
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+%?|-?\d{1,3}(?:,\d{3})+|0|[-—–]+")
_CODE_OR_COUNT = re.compile(r"[2-5]\d\d(?:\d\d){0,2}|\d{1,3}")
_ALIGNED = 0.35  # of the height: the edges of one column differ by no more
_SHORTER = 0.5  # of the height: by as much the other edges have to differ to say something
_OVER = 2.0  # heights by which a column that is guessed may reach over the one before


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
    for word in sorted(words, key=attrgetter("x0")):
        if found and word.x0 < found[-1].x1:
            found[-1] = Span(found[-1].x0, max(found[-1].x1, word.x1))
        else:
            found.append(Span(word.x0, word.x1))
    return found


def columns_of(
    words: Sequence[Word],
    totals: Sequence[Word],
    numbers: Sequence[Word],
    headings: Sequence[Span],
    height: float,
    end_at_one_edge: bool,
) -> list[Column] | None:
    """The columns of the words of rows below their lowest headings; None where they do not fit one another.

    `totals`: the labels of totals, which may stand across several columns, and are not in `words`; `numbers` of the
    columns (栏次); `height` of a character; `end_at_one_edge`: whether the amounts below one another do.
    """
    figures = [word for word in words if is_figure(word)]
    of_figures = clusters(figures)
    of_names = clusters(word for word in words if not is_figure(word))
    keys = [span for span in of_figures if _is_key([word for word in figures if span.overlaps(word)])]
    amounts = [span for span in of_figures if span not in keys]
    own = _headed([*keys, *of_names], headings, amounts)
    signs = _Signs(headings, [k for k in range(len(headings)) if k not in own.values()], numbers, amounts, height)
    signs.end_at_one_edge = end_at_one_edge
    signs.filled = [*of_figures, *of_names]
    found = signs.headings_of_amounts()
    if found is None or set(found.values()) & set(own.values()):
        return None
    own |= _between(sorted([*keys, *of_names], key=attrgetter("middle")), {**found, **own}, len(headings))
    if any(headings[k].overlaps(span) for span in of_names if span not in own for k in found.values()):
        return None  # a name below the heading of amounts
    columns = [Column(True, span, headings[k]) for span, k in found.items()]
    columns += [Column(s in keys, s, headings[own[s]] if s in own else None) for s in (*keys, *of_names)]
    first = min((span.x0 for span in amounts), default=0.0)
    blank = [heading for k, heading in enumerate(headings) if k not in {*found.values(), *own.values()}]
    for heading in blank:
        is_of_names = heading.x1 <= first or any(map(heading.overlaps, totals))
        columns.append(Column(not is_of_names, None, heading))
    columns.sort(key=lambda column: column.reach.middle)
    in_order = [column.heading.x0 for column in columns if column.heading]
    return columns if in_order == sorted(in_order) else None


def _headed(spans: Iterable[Span], headings: Sequence[Span], amounts: Sequence[Span]) -> dict[Span, int]:
    """The heading of each column of codes or names: the nearest that it overlaps and no amounts do."""
    own: dict[Span, int] = {}
    for span in sorted(spans, key=attrgetter("middle")):
        above = [k for k, heading in enumerate(headings) if heading.overlaps(span) and k not in own.values()]
        above = [k for k in above if not any(headings[k].overlaps(other) for other in amounts)]
        if above:
            own[span] = min(above, key=lambda k: abs(headings[k].middle - span.middle))
    return own


def _between(spans: Sequence[Span], known: Mapping[Span, int], count: int) -> dict[Span, int]:
    """The headings of codes and names that stand beside them: where one of each is left between two known columns."""
    more: dict[Span, int] = {}
    for span in spans:
        if span in known:
            continue
        low = max((k for other, k in known.items() if other.middle < span.middle), default=-1)
        high = min((k for other, k in known.items() if other.middle > span.middle), default=count)
        left = [k for k in range(low + 1, high) if k not in known.values()]
        beside = [s for s in spans if s not in known and _is_between(s, low, high, known)]
        if len(left) == len(beside) == 1:
            more[span] = left[0]
    return more


def _is_between(span: Span, low: int, high: int, known: Mapping[Span, int]) -> bool:
    return all((k <= low) == (other.middle < span.middle) for other, k in known.items() if k <= low or k >= high)


@dataclass(slots=True)
class _Signs:
    """What says which heading is that of a column of amounts. All that say something have to say the same."""

    headings: Sequence[Span]
    free: Sequence[int]  # headings above no codes or names
    numbers: Sequence[Word]
    amounts: Sequence[Span]
    height: float
    end_at_one_edge: bool = False
    filled: Sequence[Span] = ()

    def headings_of_amounts(self) -> dict[Span, int] | None:
        """None where one has no heading or two have the same."""
        found: dict[Span, int] = {}
        for n, span in enumerate(self.amounts):
            signs = self._above(span), self._by_number(span), self._by_count(n)
            said = {k for k in signs if k is not None}
            if not said and (left := self._to_the_left(span)) is not None:
                said = {left}
            if len(said) != 1 or not said.isdisjoint(found.values()):
                return None
            found[span] = said.pop()
        return found

    def _above(self, span: Span) -> int | None:
        above = [k for k, heading in enumerate(self.headings) if heading.overlaps(span)]
        middle = [k for k in above if self.headings[k].x0 <= span.middle <= self.headings[k].x1]
        one = above if len(above) < 2 else middle
        return one[0] if len(one) == 1 else None

    def _by_number(self, span: Span) -> int | None:
        """The numbers 1, 2, 3 … are those of the last headings: the one that the amounts overlap."""
        numbers = sorted(self.numbers, key=attrgetter("x0"))
        first = len(self.headings) - len(numbers)
        own = [n for n, number in enumerate(numbers) if span.overlaps(number)]
        if first < 0 or len(own) != 1 or not self._stand_below(numbers, self.headings[first:]):
            return None
        return first + own[0]

    @staticmethod
    def _stand_below(numbers: Sequence[Word], headings: Sequence[Span]) -> bool:
        ends = [*(heading.x0 for heading in headings[1:]), float("inf")]
        return all(h.x0 <= n.middle <= end for h, n, end in zip(headings, numbers, ends, strict=True))

    def _by_count(self, n: int) -> int | None:
        """As many columns of amounts as headings above them: none is blank."""
        return self.free[n] if len(self.free) == len(self.amounts) else None

    def _to_the_left(self, span: Span) -> int | None:
        """Of amounts that end at one edge, in a column that begins behind the one before."""
        left = [k for k, heading in enumerate(self.headings) if heading.x1 <= span.x0]
        if not self.end_at_one_edge or not left:
            return None
        start = 2 * self.headings[left[-1]].middle - span.x1 + _OVER * self.height
        return left[-1] if all(other.x1 <= start for other in self.filled if other.x1 < span.x0) else None


def continued_columns(words: Sequence[Word], before: Sequence[Column]) -> list[Column] | None:
    """The columns of rows without headings, if they are as many as those of the part before and of its kinds."""
    own = [(span, True) for span in clusters(filter(is_figure, words))]
    own += [(span, False) for span in clusters(word for word in words if not is_figure(word))]
    own.sort(key=lambda item: item[0].middle)
    if [kind for _, kind in own] != [column.is_of_figures for column in before]:
        return None
    return [Column(kind, span, None) for span, kind in own]


def _is_key(texts: Sequence[Word]) -> bool:
    """Codes or the numbers of rows."""
    return (
        bool(texts) and all(_CODE_OR_COUNT.fullmatch(word.text) for word in texts) and {w.text for w in texts} != {"0"}
    )


def end_at_one_edge(words: Sequence[Word], numbers: Sequence[Word], height: float) -> bool | None:
    """Whether amounts of different length below one another end at one edge and none begin at one. None where all are
    equally long."""
    amounts = [word for word in words if is_amount(word)]
    for of in (amounts, [*amounts, *numbers]):
        ends = [_differ(of, span, height) for span in clusters(of)]
        if (True, False) in ends or (False, True) in ends:
            return (False, True) not in ends
    return None


def _differ(words: Iterable[Word], span: Span, height: float) -> tuple[bool, bool]:
    """Whether the words of a column differ much in where they begin and hardly in where they end, and the reverse."""
    own = [word for word in words if span.overlaps(word)]
    if not own:
        return False, False
    starts, ends = (max(edges) - min(edges) for edges in ([w.x0 for w in own], [w.x1 for w in own]))
    return (
        ends <= _ALIGNED * height and starts >= _SHORTER * height,
        starts <= _ALIGNED * height and ends >= _SHORTER * height,
    )


def column_at(word: Word, columns: Sequence[Column]) -> int | None:
    """The column that a word of a row stands in: the one whose words of its kind it overlaps."""
    kind = is_figure(word)
    fitting = [n for n, c in enumerate(columns) if c.filled and c.is_of_figures == kind and c.filled.overlaps(word)]
    return fitting[0] if len(fitting) == 1 else None
