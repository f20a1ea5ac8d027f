"""A form cut into its parts: head, money, management, goals, indicators, total, tail."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.columns import Column, columns_of, divided
from ingest.forms.layout.printed_labels import has_total, header_kind
from ingest.forms.layout.rows import FormRow
from warehouse.kinds.form_weights import form_weights


@dataclass(slots=True)
class Part:
    """Rows under one header. `columns` are those of the header, in printed order."""

    kind: str  # head | money | management | goals | indicators | total | tail
    columns: list[Column] = field(default_factory=list)
    headers: list[FormRow] = field(default_factory=list)
    rows: list[FormRow] = field(default_factory=list)


def parts_of(
    rows: list[FormRow],
    spec: FormSpec,
    begins_management: Callable[[FormRow, FormSpec], object] | None = None,
    columns: Callable[[FormRow, FormSpec, str], list[Column]] = columns_of,
) -> list[Part]:
    """The parts in printed order. A header that a page repeats goes on with its part.

    `columns` reads a header. `begins_management` tells a management item below the money whose header is illegible.
    """
    parts = [Part("head")]
    current = parts[0]
    for row in rows:
        kind = header_kind(row, spec)
        new: Part | None = None
        if current.kind == "money" and begins_management and begins_management(row, spec):
            new = Part("management", rows=[row])
        elif kind and kind == current.kind:
            _read_header_again(current, row, spec)
        elif kind:
            new = Part(kind, columns(row, spec, kind), [row])
        elif _is_total(row, current, spec):
            parts.append(Part("total", current.columns if current.kind == "indicators" else [], rows=[row]))
        elif parts[-1].kind == "total" and len(row.pieces) == 1 and not row.exact:
            parts[-1].rows.append(row)  # a total row whose cells the converter printed as lines
        elif _is_tail(row, spec) and current.kind == "indicators":
            new = Part("tail", rows=[row])
        else:
            current.rows.append(row)
        if new:
            parts.append(new)
            current = new
    return parts


def _is_total(row: FormRow, current: Part, spec: FormSpec) -> bool:
    """总分 below the indicators, or above them where no other total can be meant: 合计 may be the money's."""
    if not has_total(row, spec):
        return False
    return current.kind in ("indicators", "tail") or spec.key("money_rows", row.own[0].text) is None


def _read_header_again(part: Part, row: FormRow, spec: FormSpec) -> None:
    below = columns_of(row, spec, part.kind)
    directly_below = not part.rows and part.kind == "money"
    part.columns = divided(part.columns, below) if directly_below else below
    part.headers.append(row)


def _is_tail(row: FormRow, spec: FormSpec) -> bool:
    own = row.own
    return len(own) <= form_weights().rows.cells_of_tail and bool(own) and spec.key("tail", own[0].text) is not None
