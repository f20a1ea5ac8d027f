"""The lines of text in each cell of an upright page: where there is ink that belongs to no ruled line.

Pictures are arrays of height × width bytes, 0 black to 255 white; boxes are in points of 1/72 inch, and `per_point` is
the number of pixels of a point.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from ingest.readers.pdf.scan.straighten import FAINTEST, WHITE, Picture, dark, runs
from warehouse.records.places import Box

SHORTEST = 2.4  # points: no digit and no dash is shorter
DARKEST = 0.5  # the percentile of the shades of a page that counts as the shade of its ink
OF_CONTRAST = 0.15  # ink is darker than the paper around it by at least this share of the page's contrast
EDGE = 1.6  # points along the border of a cell, in which remains of its ruled line lie
NEAR_RULE, THICKNESS = 3.2, 1.6  # points: what is left of a ruled line is this near to its cell's border, and as flat
TALLEST = 14.0  # points: the greatest height of a line of small print
SAME_LINE = 1.4  # times the height of a line: parts that are together no higher than this are one line
WIDEST_GAP = 16.0  # points between the characters of a line outside a table: a colon stands in a wide space
LOWEST, HIGHEST = 5.0, 40.0  # points of a line outside a table
AROUND = 0.35  # of the height of a line: the margin with which it is cut out


def without_rules(grey: Picture, covered: Picture, per_point: float) -> Picture:
    """The page with its ruled lines painted white. They are where `covered` is not 0."""
    size = 2 * max(1, round(0.3 * per_point)) + 1
    wide = cv2.dilate(covered, np.ones((size, size), np.uint8))
    return np.where(wide > 0, np.uint8(WHITE), grey)


def ink_of(bare: Picture, per_point: float) -> Picture:
    """255 where there is ink, else 0. Spots smaller than any digit are left out: dust, and also decimal points, which
    the line of text around them includes."""
    darkest, paper = np.percentile(bare, (DARKEST, 50))
    ink = dark(bare, max(FAINTEST, OF_CONTRAST * float(paper - darkest)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    longest = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max(1)
    kept = np.zeros(count, np.uint8)
    kept[1:] = np.where(longest[1:] >= SHORTEST * per_point, WHITE, 0)
    return kept[labels]


def lines_in(ink: Picture, box: Box, per_point: float) -> Iterator[Box]:
    """The boxes of the lines of text in a box of the page, in points; none where there is no ink."""
    x0, top, x1, bottom = (max(0, round(edge * per_point)) for edge in box)
    part = _without_border(ink[top:bottom, x0:x1], per_point)
    if not part.any():
        return
    for upper, lower in _joined(runs(part.max(1) > 0), TALLEST * per_point):
        columns = np.flatnonzero(part[upper:lower].any(0))
        yield Box(
            (x0 + int(columns[0])) / per_point,
            (top + upper) / per_point,
            (x0 + int(columns[-1]) + 1) / per_point,
            (top + lower) / per_point,
        )


def lines_outside(ink: Picture, per_point: float, widest_gap: float = WIDEST_GAP) -> Iterator[Box]:
    """The boxes of the lines of text of a picture that has no tables, or none any more. What stands farther apart than
    `widest_gap` points is no line."""
    gap = (max(1, round(per_point)), round(widest_gap * per_point))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for left, top, width, height, _ in stats[1:].tolist():
        if LOWEST <= height / per_point <= HIGHEST:
            right, bottom = left + width, top + height
            yield Box(left / per_point, top / per_point, right / per_point, bottom / per_point)


def _without_border(part: Picture, per_point: float) -> Picture:
    """The ink of a cell without what is left of its ruled lines: spots wholly along its border, and flat ones near it.
    A dash and the character 一 are as flat, and stand in the middle of a line."""
    height, width = part.shape
    edge, near = round(EDGE * per_point), round(NEAR_RULE * per_point)
    if min(height, width) <= 2 * edge:
        return part[:0]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    inside = (right > edge) & (left < width - edge) & (bottom > edge) & (top < height - edge)
    flat = bottom - top <= THICKNESS * per_point
    inside &= ~flat | ((bottom > near) & (top < height - near))
    kept = np.where(inside & (np.arange(count) > 0), np.uint8(WHITE), np.uint8(0))
    return kept[labels]


def _joined(runs: Sequence[tuple[int, int]], tallest: float) -> Iterator[tuple[int, int]]:
    """Joins runs of rows of pixels that are parts of one line, since 二 and 三 have gaps inside.

    The height of a line is that of the highest run that is not higher than `tallest` pixels.
    """
    heights = [end - start for start, end in runs if end - start <= tallest]
    most = SAME_LINE * max(heights, default=0)
    start, end = runs[0]
    for after, last in runs[1:]:
        if last - start <= most:
            end = last
        else:
            yield start, end
            start, end = after, last
    yield start, end


def cut_out(bare: Picture, line: Box, per_point: float) -> Picture:
    """A line of text with some paper around it, as height × width × 3 bytes of grey, which the models ask for."""
    around = AROUND * (line.bottom - line.top)
    height, width = bare.shape
    x0, x1 = round((line.x0 - around) * per_point), round((line.x1 + around) * per_point)
    top, bottom = round((line.top - around) * per_point), round((line.bottom + around) * per_point)
    part = bare[max(0, top) : min(height, bottom), max(0, x0) : min(width, x1)]
    return cv2.cvtColor(part, cv2.COLOR_GRAY2BGR)
