"""The geometry of charts: lines with positions on a horizontal scale, in percent of the width of the page.

The template draws each line as a label above its bar. Positions in percent and text in pixels keep the text readable
at any width. A drawing of fixed width would have too small a text on a telephone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

LABEL_WIDTH = Decimal(17)  # in Chinese characters: what fits beside the number on the screen of a telephone
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar that begins at `start` and is `width` wide; a tick or a dot has width 0. Both in percent."""

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
    """`rules` are vertical lines through the whole chart; `legend` are pairs of CSS class and words."""

    title: str
    lines: tuple[ChartLine, ...]
    rules: tuple[BarPart, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """From the minimum to the maximum of the values and 0."""

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
        """A bar from `start` to `start + value`; it extends to the left if `value` is negative."""
        ends = sorted((self.at(start), self.at(start + value)))
        return BarPart(_pct(ends[0]), _pct(ends[1] - ends[0]), look, title)

    def mark(self, value: Decimal, look: str, title: str) -> BarPart:
        return BarPart(_pct(self.at(value)), "0%", look, title)

    def stacked(self, parts: Sequence[tuple[Decimal, str, str]]) -> tuple[BarPart, ...]:
        """Bars of `parts`, which are (value, look, title); each begins where the one before ends."""
        start, bars = Decimal(0), []
        for value, look, title in parts:
            bars.append(self.bar(value, look, title, start))
            start += value
        return tuple(bars)


def _pct(value: Decimal) -> str:
    return f"{value:.2f}%"


def cut(label: str) -> str:
    """The label, shortened to what fits beside its number. The title of the line and the table hold all of it."""
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
    """The chart; None if there is no line."""
    return Chart(title, lines, tuple(rules), tuple(legend)) if lines else None
