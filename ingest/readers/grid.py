"""Ruling lines → cells → tables, after the algorithm of pdfplumber's `table.py`.

Same steps and same tolerances: snap edges that nearly coincide, join those that nearly touch, find the
intersections, and for each take the smallest rectangle whose four sides are ruled. Written on plain
tuples, because dictionaries and repeated set building are most of what the original spends.
One thing is added: open ends are closed (see `close_open_ends`).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from ingest.readers.pdf_objects import Edge

SNAP = JOIN = INTERSECT = 3.0  # pdfplumber's defaults, points
SHORTEST_SEGMENT, SHORTEST_EDGE = 1.0, 3.0
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
    long_enough = [edge for edge in edges if edge.end - edge.start >= SHORTEST_SEGMENT]
    merged = [joined for side in (True, False) for joined in _join(_snap(long_enough, side))]
    return [edge for edge in merged if edge.end - edge.start >= SHORTEST_EDGE]


def _snap(edges: list[Edge], vertical: bool) -> list[Edge]:
    """Move edges of one direction that lie within SNAP of each other onto their average."""
    mine = sorted((edge for edge in edges if edge.is_vertical == vertical), key=lambda edge: edge.at)
    return [aligned for run in _chains(mine, lambda edge: edge.at) for aligned in _aligned(run)]


def _aligned(run: list[Edge]) -> list[Edge]:
    at = sum(edge.at for edge in run) / len(run)
    return [edge._replace(at=at) for edge in run]


def _join(edges: list[Edge]) -> Iterator[Edge]:
    for _, line in groupby(edges, key=lambda edge: edge.at):
        ordered = sorted(line, key=lambda edge: edge.start)
        current = ordered[0]
        for edge in ordered[1:]:
            if edge.start <= current.end + JOIN:
                current = current._replace(end=max(current.end, edge.end))
            else:
                yield current
                current = edge
        yield current


def close_open_ends(edges: list[Edge]) -> list[Edge]:
    """Add the border that a page break took: where three or more parallel lines end side by side
    beyond the last line that crosses them, a line through their ends closes the cells.
    """
    verticals = [edge for edge in edges if edge.is_vertical]
    horizontals = [edge for edge in edges if not edge.is_vertical]
    missing = [
        *_missing(verticals, horizontals, lambda edge: edge.start),
        *_missing(verticals, horizontals, lambda edge: edge.end),
        *_missing(horizontals, verticals, lambda edge: edge.start),
        *_missing(horizontals, verticals, lambda edge: edge.end),
    ]
    return edges + missing


def _missing(lines: list[Edge], crossing: list[Edge], end_of: Callable[[Edge], float]) -> Iterator[Edge]:
    crossed = sorted((line for line in lines if any(_meet(line, other) for other in crossing)), key=end_of)
    for open_lines in _chains(crossed, end_of):
        at = sum(map(end_of, open_lines)) / len(open_lines)
        start, end = min(line.at for line in open_lines), max(line.at for line in open_lines)
        closed = any(abs(line.at - at) <= 2 * SNAP and line.start <= end and line.end >= start for line in crossing)
        if len(open_lines) >= MIN_OPEN_ENDS and not closed:
            yield Edge(not open_lines[0].is_vertical, at, start, end)


def _meet(a: Edge, b: Edge) -> bool:
    return a.start - INTERSECT <= b.at <= a.end + INTERSECT and b.start - INTERSECT <= a.at <= b.end + INTERSECT


def _chains(lines: list[Edge], position: Callable[[Edge], float]) -> Iterator[list[Edge]]:
    """Runs of sorted lines whose positions follow each other within SNAP."""
    run: list[Edge] = []
    for line in lines:
        if run and position(line) > position(run[-1]) + SNAP:
            yield run
            run = []
        run.append(line)
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


Touching = dict[tuple[float, float], tuple[frozenset[int], frozenset[int]]]


def _intersections(edges: list[Edge]) -> Touching:
    """Point → the numbers of the vertical and of the horizontal edges that meet there."""
    horizontals = sorted((e.at, e.start, e.end, i) for i, e in enumerate(edges) if not e.is_vertical)
    heights = [h[0] for h in horizontals]
    points: dict[tuple[float, float], tuple[set[int], set[int]]] = {}
    for i, v in enumerate(edges):
        if not v.is_vertical:
            continue
        for at, start, end, j in horizontals[bisect_right(heights, v.start - INTERSECT - 1e-9) :]:
            if at > v.end + INTERSECT:
                break
            if start - INTERSECT <= v.at <= end + INTERSECT:
                vs, hs = points.setdefault((v.at, at), (set(), set()))
                vs.add(i)
                hs.add(j)
    return {point: (frozenset(vs), frozenset(hs)) for point, (vs, hs) in points.items()}


def _smallest(x: float, y: float, touching: Touching, ys: list[float], xs: list[float]) -> Box | None:
    vs, hs = touching[x, y]
    for below in ys[bisect_right(ys, y) :]:
        vs_below, hs_below = touching[x, below]
        if not vs & vs_below:
            continue
        for right in xs[bisect_right(xs, x) :]:
            vs_right, hs_right = touching[right, y]
            if not hs & hs_right:
                continue
            corner = touching.get((right, below))
            if corner and corner[0] & vs_right and corner[1] & hs_below:
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
