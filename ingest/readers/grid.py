"""Ruling lines → cells → tables, after the algorithm of pdfplumber's `table.py`.

Same steps and same tolerances: snap edges that nearly coincide, join those that nearly touch, find the
intersections, and for each take the smallest rectangle whose four sides are ruled. Written on plain
tuples, because dictionaries and repeated set building are most of what the original spends.
One thing is added: open ends are closed (see `close_open_ends`).
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from ingest.readers.pdf_objects import Edge

SNAP = JOIN = INTERSECT = 3.0  # pdfplumber's defaults, points
SHORTEST_EDGE = 3.0
_AT, _START, _END = attrgetter("at"), attrgetter("start"), attrgetter("end")
MIN_OPEN_ENDS = 3  # a ruled column has two sides; three open ends in a row are no accident


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float


def find_tables(edges: Iterable[Edge]) -> list[list[Box]]:
    """The cells of each table on a page, tables from top to bottom."""
    merged = close_open_ends(merge(edges))
    return group_cells(list(cells(merged)))


def merge(edges: Iterable[Edge]) -> list[Edge]:
    """Edges of one direction within SNAP of each other moved onto their average, then joined; verticals first."""
    verticals: list[Edge] = []
    horizontals: list[Edge] = []
    for edge in edges:
        (verticals if edge.is_vertical else horizontals).append(edge)
    return [
        line
        for side in (verticals, horizontals)
        for run in _chains(sorted(side, key=_AT), _AT)
        for line in _joined(run)
    ]


def _joined(run: list[Edge]) -> Iterator[Edge]:
    at = sum(map(_AT, run)) / len(run)
    spans = sorted((start, end) for _, _, start, end in run)
    first, last = spans[0]
    for start, end in [*spans[1:], (math.inf, math.inf)]:
        if start <= last + JOIN:
            last = max(last, end)
        else:
            if last - first >= SHORTEST_EDGE:
                yield Edge(run[0].is_vertical, at, first, last)
            first, last = start, end


def close_open_ends(edges: list[Edge]) -> list[Edge]:
    """Add the border that a page break took: where three or more parallel lines end side by side
    beyond the last line that crosses them, a line through their ends closes the cells.
    """
    verticals = [edge for edge in edges if edge.is_vertical]
    horizontals = [edge for edge in edges if not edge.is_vertical]
    missing = [
        line
        for lines, crossing in ((verticals, horizontals), (horizontals, verticals))
        for end in (_START, _END)
        for line in _missing(_crossed(lines, crossing), crossing, end)
    ]
    return edges + missing


def _crossed(lines: list[Edge], crossing: list[Edge]) -> list[Edge]:
    return [line for line in lines if any(_meet(line, other) for other in crossing)]


def _missing(crossed: list[Edge], crossing: list[Edge], end_of: Callable[[Edge], float]) -> Iterator[Edge]:
    for open_lines in _chains(sorted(crossed, key=end_of), end_of):
        if len(open_lines) < MIN_OPEN_ENDS:
            continue
        at = sum(map(end_of, open_lines)) / len(open_lines)
        start, end = min(line.at for line in open_lines), max(line.at for line in open_lines)
        if not any(abs(line.at - at) <= 2 * SNAP and line.start <= end and line.end >= start for line in crossing):
            yield Edge(not open_lines[0].is_vertical, at, start, end)


def _meet(a: Edge, b: Edge) -> bool:
    return a.start - INTERSECT <= b.at <= a.end + INTERSECT and b.start - INTERSECT <= a.at <= b.end + INTERSECT


def _chains(lines: Iterable[Edge], position: Callable[[Edge], float]) -> Iterator[list[Edge]]:
    """Runs of sorted lines whose positions follow each other within SNAP."""
    run: list[Edge] = []
    reach = -math.inf
    for line in lines:
        at = position(line)
        if at > reach and run:
            yield run
            run = []
        run.append(line)
        reach = at + SNAP
    if run:
        yield run


def cells(edges: list[Edge]) -> Iterator[Box]:
    """The smallest ruled rectangle to the lower right of each intersection."""
    touching = _intersections(edges)
    by_x: dict[float, list[float]] = defaultdict(list)
    by_y: dict[float, list[float]] = defaultdict(list)
    for x, y in touching:
        by_x[x].append(y)
        by_y[y].append(x)
    for ys in (*by_x.values(), *by_y.values()):
        ys.sort()
    for x, y in sorted(touching):
        box = _smallest(x, y, touching, by_x[x], by_y[y])
        if box:
            yield box


Touching = dict[tuple[float, float], tuple[int, int]]


def _intersections(edges: list[Edge]) -> Touching:
    """Point → which vertical and which horizontal edges meet there, a bit for each."""
    horizontals = sorted((e.at, e.start, e.end, 1 << i) for i, e in enumerate(edges) if not e.is_vertical)
    heights = [h[0] for h in horizontals]
    points: Touching = {}
    for i, v in enumerate(edges):
        if not v.is_vertical:
            continue
        for at, start, end, bit in horizontals[bisect_right(heights, v.start - INTERSECT - 1e-9) :]:
            if at > v.end + INTERSECT:
                break
            if start - INTERSECT <= v.at <= end + INTERSECT:
                vs, hs = points.get((v.at, at), (0, 0))
                points[v.at, at] = vs | 1 << i, hs | bit
    return points


def _smallest(x: float, y: float, touching: Touching, ys: list[float], xs: list[float]) -> Box | None:
    vs, hs = touching[x, y]
    rights = xs[bisect_right(xs, x) :]
    for below in ys[bisect_right(ys, y) :]:
        vs_below, hs_below = touching[x, below]
        if not vs & vs_below:
            continue
        for right in rights:
            corner = touching.get((right, below))
            if not corner or not corner[1] & hs_below:
                continue
            vs_right, hs_right = touching[right, y]
            if hs & hs_right and corner[0] & vs_right:
                return Box(x, y, right, below)
    return None


def group_cells(found: list[Box]) -> list[list[Box]]:
    """Cells that share a corner belong to one table; a single cell is a frame, not a table."""
    leader = list(range(len(found)))

    def lead(i: int) -> int:
        while leader[i] != i:
            leader[i] = i = leader[leader[i]]
        return i

    first_at: dict[tuple[float, float], int] = {}
    for i, box in enumerate(found):
        for corner in ((box.x0, box.top), (box.x0, box.bottom), (box.x1, box.top), (box.x1, box.bottom)):
            leader[lead(i)] = lead(first_at.setdefault(corner, i))
    tables: dict[int, list[Box]] = defaultdict(list)
    for i, box in enumerate(found):
        tables[lead(i)].append(box)
    big = [sorted(boxes, key=lambda box: (box.top, box.x0)) for boxes in tables.values() if len(boxes) > 1]
    return sorted(big, key=lambda boxes: (boxes[0].top, boxes[0].x0))
