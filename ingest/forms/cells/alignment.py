"""The cells of a row of converted text by what they say: no place can be trusted there.

Cells keep their order, so the best assignment of cells to columns is a shortest path: each column takes
none, one or a few neighbouring cells (a phantom border cuts one cell into several), each cell goes to a
column or is left out at a cost. How well a text fits a column is in `fitness`.
"""

from functools import cache

from ingest.forms.cells.fitness import LABEL, fitness, has_words
from ingest.forms.cells.fragments import joined
from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.columns import Column
from ingest.forms.layout.rows import FormRow, Piece
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import Borders, form_weights

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
    borders = _WEIGHTS.torn if torn else _WEIGHTS.whole
    missing: dict[str, float] = getattr(_MISSING, section)

    @cache  # one place is reached on several ways, and is worked out once
    def best(n: int, m: int) -> tuple[float, tuple[tuple[int, int, int], ...]]:
        """The best score of pieces[n:] in columns[m:], and which column takes which pieces."""
        if m == len(columns):
            return _LEFT_OUT * (len(pieces) - n), ()
        score, taken = best(n, m + 1)
        options = [(score + missing.get(columns[m].key, 0.0), taken)]
        for count in range(1, _longest_group(pieces, n, columns[m], borders) + 1):
            if count > 1 and not torn and pieces[n].name != pieces[n + count - 1].name:
                break  # a whole form prints no cell in pieces, but one cell more than once
            own = _fit(pieces[n : n + count], columns[m], section, spec, torn)
            if own is not None:
                score, taken = best(n + count, m + 1)
                options.append((own + score, ((m, n, count), *taken)))
        if n < len(pieces):
            score, taken = best(n + 1, m)
            options.append((score + _LEFT_OUT, taken))
        return max(options, key=lambda option: option[0])

    groups = {columns[m].key: [piece.text for piece in pieces[n : n + count]] for m, n, count in best(0, 0)[1]}
    return {key: joined(texts) for key, texts in groups.items()}


def _longest_group(pieces: tuple[Piece, ...], n: int, column: Column, borders: Borders) -> int:
    """How many pieces from the nth on may be one cell of the column."""
    if n == len(pieces) or (borders.reach and _distance(pieces[n], column.piece) > borders.reach):
        return 0
    return min(_WEIGHTS.pieces_at_most, len(pieces) - n)


def _fit(group: tuple[Piece, ...], column: Column, section: str, spec: FormSpec, torn: bool) -> float | None:
    borders = _WEIGHTS.torn if torn else _WEIGHTS.whole
    off = sum([_distance(piece, column.piece) for piece in group])
    if borders.reach and off > borders.reach:
        return None
    if column.key == "level3" and not all(_may_name(piece.text) for piece in group):
        return None
    text = group[0].text if len(group) == 1 else joined([piece.text for piece in group])
    own = fitness(section, column.key, text, spec, torn)
    if own is None:
        return None
    return own + borders.another_piece * (len(group) - 1) + borders.column_off * off


def _may_name(text: str) -> bool:
    """The name of an indicator has words in every piece, and none of them begins a target."""
    return has_words(text) and text.strip() not in _TARGET_WORDS


def _distance(piece: Piece, header: Piece) -> float:
    """Columns from the cell to its header; no more than `farthest` count, for a shift moves a whole row."""
    return min(max(header.start - piece.start, piece.start - header.end + 1, 0), _FARTHEST)
