"""Digits whose box is wider than the step to the next one: a program squeezed the text and left the widths of the font.

The box then reaches into the next digit, that of the last one of a number into the next cell. What a digit takes up is
the step.
"""

from itertools import pairwise

from ingest.readers.pdf.page_objects import Char

DIGITS = frozenset("0123456789.,-")
TOO_WIDE = 0.8  # of its box: a step that is shorter overlaps the digit before
OVERPRINTED = 0.2  # of the height: digits that are closer are printed over one another
ON_ONE_LINE = 0.2  # of the height


def with_own_widths(chars: list[Char]) -> list[Char]:
    """The characters, with digits that reach into the next one as wide as their step, the last as the one before."""
    steps = [_short_step(one, other) for one, other in pairwise(chars)]
    if not any(steps):
        return chars
    steps = [0.0 if step and _is_alone(chars, steps, n) else step for n, step in enumerate(steps)]
    found = list(chars)
    for n, step in enumerate(steps):
        if step:
            found[n] = chars[n]._replace(x1=chars[n].x0 + step)
            if n + 1 == len(steps) or not steps[n + 1]:
                found[n + 1] = chars[n + 1]._replace(x1=min(chars[n + 1].x1, chars[n + 1].x0 + step))
    return found


def _is_alone(chars: list[Char], steps: list[float], n: int) -> bool:
    """Whether the digits beside two that overlap do not: then two numbers stand in one another's way."""
    beside = [m for m in (n - 1, n + 1) if 0 <= m < len(steps) and _is_a_step(chars[m], chars[m + 1])]
    return bool(beside) and not any(steps[m] for m in beside)


def _is_a_step(one: Char, other: Char) -> bool:
    """From a digit to the next one of the same number."""
    is_near = 0 < other.x0 - one.x0 < 1.5 * (one.x1 - one.x0)
    return (
        one.text.isdigit()
        and other.text.isdigit()
        and is_near
        and abs(one.top - other.top) < ON_ONE_LINE * (one.bottom - one.top)
    )


def _short_step(one: Char, other: Char) -> float:
    """From a digit to the next one, where that stands within its box; else 0."""
    if one.text not in DIGITS or other.text not in DIGITS:
        return 0.0
    step, height = other.x0 - one.x0, one.bottom - one.top
    is_short = OVERPRINTED * height <= step < TOO_WIDE * (one.x1 - one.x0)
    return step if is_short and abs(one.top - other.top) < ON_ONE_LINE * height else 0.0
