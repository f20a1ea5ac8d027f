"""The ruled lines of an upright page. `per_point` is the number of pixels of a point of 1/72 inch."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from ingest.readers.pdf.page_objects import Edge
from ingest.readers.pdf.scan.straighten import Picture, dark
from warehouse.records.places import Box

SHORTEST_ACROSS, SHORTEST_DOWN = 26.0, 16.0  # points: longer than a stroke of a character of a title
LOWEST_ROW = 7.0  # points: a line down from one rule to the next is at least this long
THICKEST = 6.0  # points: what is thicker is the dark border of a scan or a bar
LONGEST_STROKE = 60.0  # points: of a character on a cover
AROUND_TABLE = 3.0  # points: as far from a table its lines may end
GAP = 1.0  # points: gaps in a rule up to this long are closed


class Rules(NamedTuple):
    """Lines in points, and the pixels that they cover: 255 there, else 0."""

    verticals: list[Edge]
    horizontals: list[Edge]
    covered: Picture


def rules_of(grey: Picture, per_point: float) -> Rules:
    ink = dark(grey)
    across = _opened(ink, round(SHORTEST_ACROSS * per_point), 1, per_point)
    down = _opened(ink, 1, round(SHORTEST_DOWN * per_point), per_point)
    down = cv2.bitwise_or(down, _from_rule_to_rule(_opened(ink, 1, round(LOWEST_ROW * per_point), per_point), across))
    return Rules(_edges(down.T, per_point), _edges(across, per_point), cv2.bitwise_or(across, down))


def rules_apart_from_strokes(rules: Rules, tables: Iterable[Sequence[Box]], per_point: float) -> Picture:
    """The pixels of rules, 255 there, else 0: of all that are in tables or at their borders, and elsewhere of those
    that are longer than strokes of large characters."""
    longest = round(LONGEST_STROKE * per_point)
    found = cv2.bitwise_or(_opened(rules.covered, longest, 1, per_point), _opened(rules.covered, 1, longest, per_point))
    for boxes in tables:
        left, top = min(box.x0 for box in boxes) - AROUND_TABLE, min(box.top for box in boxes) - AROUND_TABLE
        right, bottom = max(box.x1 for box in boxes) + AROUND_TABLE, max(box.bottom for box in boxes) + AROUND_TABLE
        x0, y0, x1, y1 = (max(0, round(edge * per_point)) for edge in (left, top, right, bottom))
        found[y0:y1, x0:x1] = rules.covered[y0:y1, x0:x1]
    return found


def _opened(ink: Picture, width: int, height: int, per_point: float) -> Picture:
    """The ink that is part of a line at least this wide or high, in pixels, with small gaps closed."""
    gap = max(1, round(GAP * per_point))
    size = (gap, 1) if height == 1 else (1, gap)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(size[::-1], np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))


def _from_rule_to_rule(down: Picture, across: Picture) -> Picture:
    """The lines down both ends of which lie on rules: those of a row that stands alone, lower than other lines."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_and(down, cv2.bitwise_not(across)))
    near = cv2.dilate(across, np.ones((3, 1), np.uint8)) > 0
    left, top, width, height = stats[:, : cv2.CC_STAT_AREA].T
    middle, last = left + width // 2, top + height - 1
    kept = np.where(near[top, middle] & near[last, middle] & (np.arange(count) > 0), 255, 0)
    return kept.astype(np.uint8)[labels]


def _edges(lines: Picture, per_point: float) -> list[Edge]:
    """The lines of a picture that holds lines from left to right only, as edges in points."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(np.ascontiguousarray(lines), connectivity=8)
    return [
        Edge(float(middle[1]) / per_point, float(left) / per_point, float(left + width) / per_point)
        for (left, _, width, height, _), middle in zip(stats[1:], middles[1:], strict=True)
        if height <= THICKEST * per_point
    ]
