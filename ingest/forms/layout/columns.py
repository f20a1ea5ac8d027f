"""Which column of its header a piece stands in: by place where the place is exact."""

from dataclasses import dataclass

from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.printed_labels import labels_in
from ingest.forms.layout.rows import FormRow, Piece


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    piece: Piece
    printed: str


def columns_of(row: FormRow, spec: FormSpec, section: str) -> list[Column]:
    """The columns that a header row declares."""
    found = [hit for hit in labels_in(row, spec, section) if hit.key not in ("section", "item")]
    keys = _keys([hit.key for hit in found])
    return [Column(key, hit.piece, hit.piece.text) for key, hit in zip(keys, found, strict=True) if key]


def _keys(keys: list[str]) -> list[str | None]:
    """The first of two 分值 belongs to level 1; 年初预算数 over 目标申报数 and 预算编制数 is no column of its own."""
    out: list[str | None] = list(keys)
    level3 = keys.index("level3") if "level3" in keys else 0
    for n, key in enumerate(keys):
        again = key in keys[n + 1 :]
        if key == "weight" and n < level3 and again:
            out[n] = "points1"
        elif key == "initial_budget" and again and "declared" in keys[n + 1 :]:
            out[n] = None
    return out


def divided(columns: list[Column], below: list[Column]) -> list[Column]:
    """A second header row divides 年初预算数 above it into 目标申报数 and 预算编制数."""
    places = [n for n, column in enumerate(columns) if column.key == "initial_budget"]
    if not places or not {column.key for column in below} <= {"declared", "initial_budget"}:
        return below
    return [*columns[: places[0]], *below, *columns[places[0] + 1 :]]


def by_place(row: FormRow, columns: list[Column]) -> dict[str, Piece]:
    """Each piece in the column that it overlaps most; the piece printed in this row wins over an inherited one."""
    placed: dict[str, Piece] = {}
    for piece in row.pieces:
        column = max(columns, key=lambda column: piece.overlap(column.piece), default=None)
        if column and piece.overlap(column.piece) > 0 and (column.key not in placed or placed[column.key].inherited):
            placed[column.key] = piece
    return placed
