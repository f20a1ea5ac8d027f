"""The cells of a row by column: by place where the reader knows places, by meaning where it does not."""

from ingest.forms.cells.alignment import by_meaning
from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.columns import Column, by_place
from ingest.forms.layout.rows import FormRow

_FIRST = {"money": "initial_budget", "management": "weight"}
_MAY_BE_INHERITED = {"level1", "level2", "level3", "points1"}


def cells_of(row: FormRow, columns: list[Column], section: str, spec: FormSpec) -> tuple[str, dict[str, str]]:
    """(label of the row, text by column key). The label is the last text before the first column."""
    if not columns:
        return "", {}
    if not row.exact:
        return by_meaning(row, columns, section, spec)
    placed = by_place(row, columns)
    texts = {key: piece.text for key, piece in placed.items() if not piece.inherited or key in _MAY_BE_INHERITED}
    first = min(column.piece.start for column in columns)
    labels = [piece for piece in row.own if piece.end <= first + 1e-3]
    return (labels[-1].text if labels else ""), texts
