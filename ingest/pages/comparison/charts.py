"""Charts as geometry: lines of a horizontal scale, in percent of the width the page has.

The template draws each line as a label above its bar. Positions in percent and text in pixels keep the
text readable at any width, which a drawing of fixed width scaled down to a telephone does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

LABEL_WIDTH = Decimal(17)  # in Chinese characters: what a telephone has room for beside the number
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class BarPart:
    """A piece of a bar from `start`, `width` wide; or, with no width, a tick or a dot at `start`."""

    start: str
    width: str
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    label: str
    value: str
    title: str
    bars: tuple[BarPart, ...] = ()
    ticks: tuple[BarPart, ...] = ()
    dots: tuple[BarPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """`rules` are drawn through all lines, `legend` is (look, words)."""

    title: str
    lines: tuple[ChartLine, ...]
    rules: tuple[BarPart, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """From the least of the values, or 0, to the greatest, or 0."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, values: Iterable[Decimal]) -> "Scale":
        known = [Decimal(0), *values]
        return cls(min(known), max(known))

    def at(self, value: Decimal) -> Decimal:
        span = self.high - self.low
        return (value - self.low) * PERCENT / span if span else Decimal(0)

    def bar(self, value: Decimal, look: str, title: str, start: Decimal = Decimal(0)) -> BarPart:
        """From `start` over `value`, to the left where it is negative."""
        ends = sorted((self.at(start), self.at(start + value)))
        return BarPart(_pct(ends[0]), _pct(ends[1] - ends[0]), look, title)

    def mark(self, value: Decimal, look: str, title: str) -> BarPart:
        return BarPart(_pct(self.at(value)), "0%", look, title)

    def stacked(self, parts: Sequence[tuple[Decimal, str, str]]) -> tuple[BarPart, ...]:
        """`parts` are (value, look, title), each beginning where the one before ends."""
        start, bars = Decimal(0), []
        for value, look, title in parts:
            bars.append(self.bar(value, look, title, start))
            start += value
        return tuple(bars)


def _pct(value: Decimal) -> str:
    return f"{value:.2f}%"


def cut(label: str) -> str:
    """As much of a label as fits beside its number; the whole stands in the line's title and in the table."""
    width, kept = Decimal(0), ""
    for character in label:
        width += 1 if character > "\u2e7f" else Decimal("0.55")
        if width > LABEL_WIDTH:
            return f"{kept}…"
        kept += character
    return label


HUNDRED = Scale(Decimal(0), PERCENT)


def chart(
    title: str, lines: tuple[ChartLine, ...], rules: Iterable[BarPart] = (), legend: Iterable[tuple[str, str]] = ()
) -> Chart | None:
    """No chart where there is no line."""
    return Chart(title, lines, tuple(rules), tuple(legend)) if lines else None
