"""The cells of a row of converted text by what they say: no place can be trusted there.

Cells keep their order, so the best assignment of cells to columns is a shortest path: each column takes
none, one or a few neighbouring cells (a phantom border cuts one cell into several), each cell goes to a
column or is left out at a cost. How well a text fits a column is in `fitness`.
"""

from functools import cache, lru_cache

from ingest.forms.cells.fitness import LABEL, MISSING, fitness, has_words
from ingest.forms.cells.fragments import joined
from ingest.forms.declared.labels import FormSpec
from ingest.forms.layout.columns import Column
from ingest.forms.layout.rows import FormRow, Piece

_MARGIN = (
    ("money_rows", "section"),
    ("management", "item"),
    ("goals", "expected"),
    ("goals", "section"),
    ("indicators", "section"),
)
TARGET_WORDS = frozenset({"明显", "显著"})  # they begin a target such as 明显提高; no indicator is called so
FAR = 4  # columns; in a torn form no cell stands so far from its header
CELLS_AT_MOST = 60  # a row of a form has a dozen; what is longer is another table
PIECES_AT_MOST = 3
LEFT_OUT = -2.5
CUT = -0.8  # for every border inside a cell; only in a torn form
REPEATED = -0.3  # for a cell printed once more; a whole form joins nothing else
OFF_PLACE = {True: -0.5, False: -0.15}  # for every column from the header: torn cells keep their grid


def by_meaning(row: FormRow, columns: list[Column], section: str, spec: FormSpec) -> tuple[str, dict[str, str]]:
    """(label of the row, text by column key)."""
    wanted = list(columns)
    if section in LABEL:
        wanted = [Column(LABEL[section], Piece("", 0, 1), ""), *wanted]
    pieces = without_margin(row.own, spec)
    if len(pieces) > CELLS_AT_MOST:
        return "", {}
    cells = align(pieces, wanted, section, spec, row.torn)
    label = cells.pop(LABEL[section], "") if section in LABEL else ""
    return label, cells


def without_margin(pieces: tuple[Piece, ...], spec: FormSpec) -> tuple[Piece, ...]:
    """The pieces without a label that names a part of the form in its margin (项目资金, 资金管理情况, 绩效指标)."""
    in_margin = len(pieces) > 1 and any(spec.key(section, pieces[0].text) == key for section, key in _MARGIN)
    return pieces[1:] if in_margin else pieces


def align(
    pieces: tuple[Piece, ...], columns: list[Column], section: str, spec: FormSpec, torn: bool = False
) -> dict[str, str]:
    """The best assignment of the pieces to the columns."""

    @cache
    def best(n: int, m: int) -> tuple[float, tuple[tuple[int, int, int], ...]]:
        """The best score of pieces[n:] in columns[m:], and which column takes which pieces."""
        if m == len(columns):
            return LEFT_OUT * (len(pieces) - n), ()
        score, taken = best(n, m + 1)
        options = [(score + MISSING[section].get(columns[m].key, 0.0), taken)]
        in_reach = n < len(pieces) and (not torn or _distance(pieces[n], columns[m].piece) <= FAR)
        for count in range(1, min(PIECES_AT_MOST, len(pieces) - n) + 1 if in_reach else 1):
            if count > 1 and not torn and pieces[n].name != pieces[n + count - 1].name:
                break
            own = _fit(pieces[n : n + count], columns[m], section, spec, torn)
            if own is not None:
                score, taken = best(n + count, m + 1)
                options.append((own + score, ((m, n, count), *taken)))
        if n < len(pieces):
            score, taken = best(n + 1, m)
            options.append((score + LEFT_OUT, taken))
        return max(options, key=lambda option: option[0])

    groups = {columns[m].key: [piece.text for piece in pieces[n : n + count]] for m, n, count in best(0, 0)[1]}
    return {key: joined(texts) for key, texts in groups.items()}


def _fit(group: tuple[Piece, ...], column: Column, section: str, spec: FormSpec, torn: bool) -> float | None:
    off = sum([_distance(piece, column.piece) for piece in group])
    if torn and off > FAR:
        return None
    if column.key == "level3" and not all(_may_name(piece.text) for piece in group):
        return None
    text = group[0].text if len(group) == 1 else joined([piece.text for piece in group])
    own = fitness(section, column.key, text, spec, torn)
    if own is None:
        return None
    return own + (CUT if torn else REPEATED) * (len(group) - 1) + OFF_PLACE[torn] * off


@lru_cache(maxsize=16384)
def _may_name(text: str) -> bool:
    """The name of an indicator has words in every piece, and none of them begins a target."""
    return has_words(text) and text.strip() not in TARGET_WORDS


def _distance(piece: Piece, header: Piece) -> float:
    """Columns from the cell to its header; not more than 5 count, for a shift moves a whole row."""
    return min(max(header.start - piece.start, piece.start - header.end + 1, 0), 5)
