"""Ruling lines → cells → tables, after the algorithm of pdfplumber's `table.py`.

The steps and tolerances are the same: snap edges that nearly coincide, join those that nearly touch, find the
intersections, and for each take the smallest rectangle whose four sides are ruled. The code works on plain
tuples, because the original spends most of its time on dictionaries and sets.
One step is added: open ends are closed (see `close_open_ends`).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import itemgetter

from ingest.readers.pdf.page_objects import Edge
from warehouse.records.places import Box

SNAP = JOIN = INTERSECT = 3.0  # pdfplumber's defaults, points
SHORTEST_EDGE = 3.0
_AT, _START, _END = map(itemgetter, range(3))
MIN_OPEN_ENDS = 3  # a single ruled column has two open ends, so fewer than three may be no table border


def find_tables(verticals: list[Edge], horizontals: list[Edge]) -> list[list[Box]]:
    """The cells of each table on a page, tables from top to bottom. Coordinates in points."""
    return group_cells(list(cells(*close_open_ends(merge(verticals), merge(horizontals)))))


def merge(edges: list[Edge]) -> list[Edge]:
    """Edges of one direction within SNAP of each other moved onto their average, then joined."""
    return [line for run, places in _chains(edges, _AT) for line in _joined(run, sum(places) / len(places))]


def _joined(run: list[Edge], at: float) -> Iterator[Edge]:
    spans = sorted({(start, end) for _, start, end in run})
    first, last = spans[0]
    for start, end in spans:
        if start > last + JOIN:
            if last - first >= SHORTEST_EDGE:
                yield Edge(at, first, last)
            first, last = start, end
        elif end > last:
            last = end
    if last - first >= SHORTEST_EDGE:
        yield Edge(at, first, last)


def close_open_ends(verticals: list[Edge], horizontals: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """Add the border that is missing at a page break: where three or more parallel lines end at one height
    beyond the last line that crosses them, a line through their ends closes the cells.
    """
    return (
        verticals + [line for end in (_START, _END) for line in _missing(horizontals, verticals, end)],
        horizontals + [line for end in (_START, _END) for line in _missing(verticals, horizontals, end)],
    )


def _missing(lines: list[Edge], crossing: list[Edge], end_of: Callable[[Edge], float]) -> Iterator[Edge]:
    """The lines along `crossing` on which `lines` would end."""
    crossed = [line for line in lines if any(_meet(line, other) for other in crossing)]
    for chain, places in _chains(crossed, end_of):
        if len(chain) < MIN_OPEN_ENDS or _end_at_one_line(chain, places, crossing):
            continue
        for open_lines in _of_one_table(chain, crossing):
            if len(open_lines) < MIN_OPEN_ENDS:
                continue
            at = sum(map(end_of, open_lines)) / len(open_lines)
            start, end = _reach(open_lines, crossing)
            if not any(abs(line.at - at) <= 2 * SNAP and line.start <= end and line.end >= start for line in crossing):
                yield Edge(at, start, end)


def _end_at_one_line(lines: list[Edge], places: list[float], crossing: list[Edge]) -> bool:
    """Whether one line runs along all the ends, as below nearly every table. `places` of the ends are sorted."""
    if places[-1] - places[0] > SNAP:
        return False
    at, first, last = sum(places) / len(places), min(map(_AT, lines)), max(map(_AT, lines))
    return any(
        abs(line.at - at) <= SNAP and line.start <= first + SNAP and line.end >= last - SNAP for line in crossing
    )


def _reach(open_lines: list[Edge], crossing: list[Edge]) -> tuple[float, float]:
    """The ends of the new line: those of the lines that cross the open ones, at least from the first to the last."""
    first, last = open_lines[0], open_lines[-1]
    across = [line for line in crossing if _meet(line, first) and _meet(line, last)]
    return min(map(_START, across), default=first.at), max(map(_END, across), default=last.at)


def _of_one_table(lines: list[Edge], crossing: list[Edge]) -> Iterator[list[Edge]]:
    """Parallel lines grouped into runs that share a crossing line, so that two tables are not joined into one."""
    run: list[Edge] = []
    for line in sorted(lines, key=_AT):
        if run and not any(_meet(run[-1], other) and _meet(line, other) for other in crossing):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _meet(a: Edge, b: Edge) -> bool:
    return a.start - INTERSECT <= b.at <= a.end + INTERSECT and b.start - INTERSECT <= a.at <= b.end + INTERSECT


def _chains(lines: list[Edge], position: Callable[[Edge], float]) -> Iterator[tuple[list[Edge], list[float]]]:
    """Runs of lines whose positions follow each other within SNAP, with these positions."""
    lines = sorted(lines, key=position)
    places = list(map(position, lines))
    ends = [n for n, (before, place) in enumerate(pairwise(places), 1) if place > before + SNAP]
    for first, end in pairwise([0, *ends, len(lines)]):
        if end > first:
            yield lines[first:end], places[first:end]


def cells(verticals: list[Edge], horizontals: list[Edge]) -> Iterator[Box]:
    """The smallest ruled rectangle to the lower right of each intersection."""
    touching = _intersections(verticals, horizontals)
    by_x: dict[float, list[float]] = defaultdict(list)
    by_y: dict[float, list[float]] = defaultdict(list)
    corners = sorted(touching)
    for x, y in corners:
        by_x[x].append(y)
        by_y[y].append(x)
    for x, y in corners:
        box = _smallest(x, y, touching, by_x[x], by_y[y])
        if box:
            yield box


Touching = dict[tuple[float, float], tuple[int, int]]


def _intersections(verticals: list[Edge], horizontals: list[Edge]) -> Touching:
    """Point → the vertical and the horizontal edges that meet there, as two bit sets."""
    across = sorted((*edge, 1 << n) for n, edge in enumerate(horizontals))
    heights = list(map(_AT, across))
    points: Touching = {}
    for n, v in enumerate(verticals):
        for at, start, end, bit in across[bisect_right(heights, v.start - INTERSECT - 1e-9) :]:
            if at > v.end + INTERSECT:
                break
            if start - INTERSECT <= v.at <= end + INTERSECT:
                vs, hs = points.get((v.at, at), (0, 0))
                points[v.at, at] = vs | 1 << n, hs | bit
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
    """Cells grouped into tables: cells that share a corner belong to one. A single cell is a frame and is left out."""
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
