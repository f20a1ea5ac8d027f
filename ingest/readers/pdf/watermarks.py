"""Removes watermarks: large upright letters across the text of a page. `objects` leaves out tilted ones."""

import math
from collections.abc import Container, Iterator, Sequence
from itertools import groupby
from operator import sub
from statistics import median

from ingest.readers.pdf.page_objects import Char

LARGE = 2.5  # times the usual character height of a page; the largest titles reach it
SAMPLE_SIZE = 60  # characters from which the usual height is taken
LEAST_CROSSED = 2  # characters of usual size that a watermark overlaps at least


def without_watermarks(chars: list[Char], pale: Container[Char]) -> list[Char]:
    """The characters of a page without lines of large letters that overlap other text, or are pale and next to it."""
    if not chars:
        return chars
    _, _, tops, _, bottoms = zip(*chars, strict=True)
    heights = list(map(sub, bottoms, tops))
    usual = median(heights[:: max(1, len(heights) // SAMPLE_SIZE)])
    if max(heights) < LARGE * usual:
        return chars
    usual_ones = [char for char, height in zip(chars, heights, strict=True) if height < LARGE * usual]
    lines = _large_lines(chars, LARGE * usual)
    marks = {char for line in lines if _lies_across(line, usual_ones, line[0] in pale) for char in line}
    return [char for char in chars if char not in marks] if marks else chars


def _large_lines(chars: list[Char], least: float) -> Iterator[list[Char]]:
    for _, line in groupby(chars, key=lambda char: char.bottom - char.top >= least and round(char.bottom)):
        found = list(line)
        if found[0].bottom - found[0].top >= least:
            yield found


def _lies_across(line: Sequence[Char], others: Sequence[Char], is_pale: bool) -> bool:
    left, right = min(char.x0 for char in line), max(char.x1 for char in line)
    top, bottom = min(char.top for char in line), max(char.bottom for char in line)
    if is_pale:
        left, right = -math.inf, math.inf
    crossed = sum(
        left < (x0 + x1) / 2 < right and top < (upper + lower) / 2 < bottom for _, x0, upper, x1, lower in others
    )
    return crossed >= LEAST_CROSSED
