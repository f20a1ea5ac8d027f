"""Level 2 within the rows of one level 1: which label a damaged cell prints, and which rows it covers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise, product
from math import ceil, floor

from ingest.forms.cells.fragments import BORDER, whole
from ingest.forms.form_spec import FormSpec, label
from ingest.forms.head.damaged_names import common_length
from ingest.forms.indicators import IndicatorRow
from warehouse.kinds.characters import name_of
from warehouse.kinds.form_declarations import wordings

LABELS_AT_MOST = 5  # legible or not, of a level 1
ROWS_AT_MOST = 16  # of a level 1; every way to share them among the labels is tried
_NEARLY_ALL = 0.85  # of the characters of a label, in their order
_UNREAD = 0.5  # cost of taking a cell for a label of its own that cannot be read; being off by one row costs more
_UNREAD_IN_ONE_ROW = 0.55  # the same for a cell of one row, which no border cuts: it should be legible
_SAME_WEIGHT = 0.01  # cost of a border between rows of one weight: of two equal places it stands where weights change
Middles = tuple[float, ...]


def level2s_of(spec: FormSpec, level1: str) -> tuple[str, ...]:
    """The declared level 2 labels of a level 1."""
    ending = wordings().indicators.level2_ending
    return tuple(sorted(name for name, group in spec.groups.items() if group == level1 and name.endswith(ending)))


def with_own_cells(row: IndicatorRow, known: tuple[str, ...]) -> str | None:
    """The label that a row prints in its cell of level 2. What a border pushed of it into the next cell is taken back
    from the name."""
    own = name_of(whole(row.texts.get("level2") or ""))
    if (found := _printed(own, known)) is not None:
        return found
    pieces = (row.texts.get("level3") or "").split(BORDER)
    for end in range(1, len(pieces)):
        both = _nearly(own + name_of("".join(pieces[:end])), known)
        if both and (own or _is_within(both, name_of("".join(pieces[:end])))):
            row.texts["level3"] = BORDER.join(pieces[end:])
            return both
    return _by_beginning(own, known)


def _printed(text: str, known: tuple[str, ...]) -> str | None:
    return label(text) if label(text) in known else _nearly(text, known)


def _nearly(text: str, known: tuple[str, ...]) -> str | None:
    """The one label of which nearly all characters stand in the text in their order."""
    fitting = [name for name in known if common_length(text, name) >= _NEARLY_ALL * len(name)]
    return fitting[0] if len(fitting) == 1 else None


def _is_within(name: str, text: str) -> bool:
    return common_length(text, name) == len(name)


def _by_beginning(text: str, known: tuple[str, ...]) -> str | None:
    """质量, 经济成: the part of a label that no other label of the level 1 has."""
    ends = (len(name) for name in known)
    shared = next((n for n in range(min(ends, default=0), 0, -1) if len({name[-n:] for name in known}) == 1), 0)
    fitting = [name for name in known if len(known) > 1 and shared and name[:-shared] and name[:-shared] in text]
    return fitting[0] if len(fitting) == 1 else None


def covering(
    labels: Sequence[str | None], unread: Sequence[bool], weights: Sequence[Decimal | None]
) -> list[str | None]:
    """The label of each row of a level 1. `labels` are those printed in each row, `unread` the rows with a cell that is
    no legible label: the other half of the one above or below, or one of its own."""
    printed = [n for n, name in enumerate(labels) if name]
    if not printed or len(labels) > ROWS_AT_MOST or len(printed) + sum(unread) > LABELS_AT_MOST:
        return [None] * len(labels)
    found = min(_ways(printed, [n for n, is_unread in enumerate(unread) if is_unread], weights), key=lambda way: way[0])
    _, places, ends = found
    covered: list[str | None] = []
    for (place, middle), start, end in zip(places, (0, *ends[:-1]), ends, strict=True):
        name = labels[place] if place in printed else None
        covered += [name if _reaches(row, start, end - 1, middle) else None for row in range(start, end)]
    return covered


def _reaches(row: int, first: int, last: int, middle: float) -> bool:
    """A row so far from the middle that the other side of the group cannot match it has lost its own label."""
    return abs(row - middle) <= min(middle - first, last - middle) + 1


Way = tuple[float, list[tuple[int, float]], tuple[int, ...]]


def _ways(printed: list[int], unread: list[int], weights: Sequence[Decimal | None]) -> Iterator[Way]:
    """(cost, labels with the middles of their cells, ends of their rows) for every way to share the rows."""
    for middles in product(*(_middles(n, unread) for n in printed)):
        halves = [round(2 * middle - n) for n, middle in zip(printed, middles, strict=True) if middle != n]
        if len(set(halves)) < len(halves):
            continue
        own = _in_runs([n for n in unread if n not in halves])
        places = sorted([*zip(printed, middles, strict=True), *((rows[0], sum(rows) / len(rows)) for rows in own)])
        for ends in product(*(range(ceil(above) + 1, floor(below) + 1) for (_, above), (_, below) in pairwise(places))):
            cost = sum(_UNREAD if len(rows) > 1 else _UNREAD_IN_ONE_ROW for rows in own)
            cost += _off_centre(places, (*ends, len(weights)))
            cost += _SAME_WEIGHT * sum(weights[end - 1] == weights[end] for end in ends)
            yield cost, places, (*ends, len(weights))


def _in_runs(rows: list[int]) -> list[list[int]]:
    """Rows that follow each other: the halves of one label."""
    groups = groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])
    return [[row for _, row in group] for _, group in groups]


def _middles(row: int, unread: list[int]) -> Middles:
    """A label on the border of two rows is legible in the one and not in the other."""
    beside = ((row + 1, row + 0.5), (row - 1, row - 0.5))
    return (*(middle for other, middle in beside if other in unread), float(row))


def _off_centre(places: list[tuple[int, float]], ends: tuple[int, ...]) -> float:
    starts = (0, *ends[:-1])
    return sum(
        ((start + end - 1) / 2 - middle) ** 2 for (_, middle), start, end in zip(places, starts, ends, strict=True)
    )
