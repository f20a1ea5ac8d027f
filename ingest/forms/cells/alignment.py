"""The cells of a row of converted text by what they say: no place can be trusted there.

Cells keep their order, so the best assignment of cells to columns is a shortest path: each column takes
none, one or a few neighbouring cells (a phantom border cuts one cell into several), each cell goes to a
column or is left out at a cost. How well a text fits a column is in `fitness`.
"""

from collections import deque

from ingest.forms.cells.fitness import LABEL, Fits, fits_of, has_words
from ingest.forms.cells.fragments import joined
from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.columns import Column
from ingest.forms.layout.rows import FormRow, Piece
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights

_MARGIN = (
    ("money_rows", "section"),
    ("management", "item"),
    ("goals", "expected"),
    ("goals", "section"),
    ("indicators", "section"),
)
_TARGET_WORDS = wordings().torn.begin_target
_WEIGHTS = form_weights().alignment
_LEFT_OUT, _FARTHEST = _WEIGHTS.left_out, _WEIGHTS.farthest  # the innermost loop asks for them
_MISSING = form_weights().missing
_Assignment = tuple[float, tuple[tuple[int, int, int], ...]]
_NOTHING: _Assignment = 0.0, ()
_NONE: list[tuple[int, float]] = []


def by_meaning(row: FormRow, columns: list[Column], section: str, spec: FormSpec) -> tuple[str, dict[str, str]]:
    """(label of the row, text by column key)."""
    wanted = list(columns)
    if section in LABEL:
        wanted = [Column(LABEL[section], Piece("", 0, 1), ""), *wanted]
    pieces = without_margin(row.own, spec)
    if len(pieces) > _WEIGHTS.cells_at_most:
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
    """The best assignment of the pieces to the columns: column → text."""
    missing: dict[str, float] = getattr(_MISSING, section)
    without = [missing.get(column.key, 0.0) for column in columns]
    cells = [_cells_from(pieces, n, section, spec, torn) for n in range(len(pieces))]
    groups = [_groups(pieces, cells, column, torn) for column in columns]
    # best[m] is the best score of pieces[n:] in columns[m:], and which column takes which pieces. The lists of
    # n + 1, n + 2, … follow in `later`.
    later: deque[list[_Assignment]] = deque(maxlen=_WEIGHTS.pieces_at_most)
    for n in range(len(pieces), -1, -1):
        best = [*[_NOTHING] * len(columns), (_LEFT_OUT * (len(pieces) - n), ())]
        for m in range(len(columns) - 1, -1, -1):
            score, taken = best[m + 1][0] + without[m], best[m + 1][1]
            for count, own in groups[m][n] if later else ():
                after, others = later[count - 1][m + 1]
                if own + after > score:
                    score, taken = own + after, ((m, n, count), *others)
            if later and later[0][m][0] + _LEFT_OUT > score:
                score, taken = later[0][m][0] + _LEFT_OUT, later[0][m][1]
            best[m] = score, taken
        later.appendleft(best)
    return {columns[m].key: joined([piece.text for piece in pieces[n : n + count]]) for m, n, count in later[0][0][1]}


# Neighbouring pieces taken for one cell: how well they fit each column, and whether they may name an indicator.
_Joined = tuple[Fits, bool]


def _cells_from(pieces: tuple[Piece, ...], n: int, section: str, spec: FormSpec, torn: bool) -> list[_Joined]:
    """What the piece and those behind it are as one cell: one piece, two, three."""
    texts: list[str] = []
    cells: list[_Joined] = []
    may_name = True
    for piece in pieces[n : n + _WEIGHTS.pieces_at_most]:
        if texts and not torn and piece.name != pieces[n].name:
            break  # a whole form prints no cell in pieces, but one cell more than once
        texts.append(piece.text)
        may_name = may_name and _may_name(piece.text)
        cells.append((fits_of(section, joined(texts), spec, torn), may_name))
    return cells


def _groups(
    pieces: tuple[Piece, ...], cells: list[list[_Joined]], column: Column, torn: bool
) -> list[list[tuple[int, float]]]:
    """For each piece: how many from it on may be one cell of the column, and how well they fit."""
    borders = _WEIGHTS.torn if torn else _WEIGHTS.whole
    reach, another_piece, column_off = borders.reach, borders.another_piece, borders.column_off
    key, names = column.key, column.key == "level3"
    far = _distances(pieces, column.piece)
    groups = []
    for n, from_here in enumerate(cells):
        if reach and far[n] > reach:
            groups.append(_NONE)
            continue
        found = []
        off = 0.0
        for count, (fits, may_name) in enumerate(from_here):
            off += far[n + count]
            if (reach and off > reach) or (names and not may_name):
                break  # with the pieces behind it the cell comes no nearer to a column, and is no name
            own = fits[key]
            if own is not None:
                found.append((count + 1, own + another_piece * count + column_off * off))
        groups.append(found)
    return groups


def _may_name(text: str) -> bool:
    """The name of an indicator has words in every piece, and none of them begins a target."""
    return has_words(text) and text.strip() not in _TARGET_WORDS


def _distances(pieces: tuple[Piece, ...], header: Piece) -> list[float]:
    """Columns from each cell to its header; no more than `farthest` count, for a shift moves a whole row."""
    start, end = header.start, header.end - 1
    off = [max(start - piece.start, piece.start - end, 0) for piece in pieces]
    return [_FARTHEST if far > _FARTHEST else far for far in off]
