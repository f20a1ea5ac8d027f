"""The management items of a torn form, known by a part of their labels."""

from dataclasses import replace
from decimal import Decimal

from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.rows import FormRow
from ingest.forms.notes import Notes
from ingest.forms.torn.labels import prints_item
from ingest.forms.values import numbers
from ingest.values.sums import sum_of
from warehouse.kinds.form_declarations import wordings
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import PerformanceManagement


def torn_management(rows: list[FormRow], spec: FormSpec, notes: Notes) -> list[PerformanceManagement]:
    """Weight and score where both are printed as numbers of their own, else blank."""
    out = []
    for row in rows:
        if item := prints_item(row, spec):
            found = [value for piece in row.own if (value := numbers.points(piece.text)) is not None]
            weight, score = found[-2:] if len(found) >= 2 else (None, None)
            if weight is None:
                notes.add(
                    DoubtKind.FORM_NUMBER_OPEN, f"{item}的分值与得分被表格线割裂,留空", row, printed=row.text[-40:]
                )
            out.append(PerformanceManagement(item, weight, score))
    return weights_in_sum(out, points_in_all(rows), notes)


def points_in_all(rows: list[FormRow]) -> Decimal | None:
    """20 of the header 分值(20)."""
    in_all = wordings().points.in_all
    found = next((match for row in rows for piece in row.own if (match := in_all.search(piece.name))), None)
    return numbers.plain(found[1]) if found else None


def weights_in_sum(
    items: list[PerformanceManagement], in_all: Decimal | None, notes: Notes
) -> list[PerformanceManagement]:
    """A weight that breaks the printed sum was misread, if the sum holds with its score in its place."""
    weights = [item.weight for item in items]
    summed = sum_of(weights)
    if in_all is not None and summed == in_all:
        return items
    if in_all is None or summed is None:
        return [item if item.score == item.weight else _weight_open(item, notes) for item in items]
    wanted = [in_all - summed + weight for weight in weights if weight is not None]
    fitting = [n for n, item in enumerate(items) if item.score == wanted[n]]
    if len(fitting) != 1:
        return items
    (n,) = fitting
    printed, proved = f"{weights[n]:f}", f"{wanted[n]:f}"
    notes.add(
        DoubtKind.FORM_NUMBER_REPAIRED, f"{items[n].item}分值按各项合计{in_all}分订正", printed=printed, taken_as=proved
    )
    return [*items[:n], replace(items[n], weight=wanted[n]), *items[n + 1 :]]


def _weight_open(item: PerformanceManagement, notes: Notes) -> PerformanceManagement:
    notes.add(DoubtKind.FORM_NUMBER_OPEN, f"{item.item}的分值不能由合计证实,留空", printed=f"{item.weight:f}")
    return replace(item, weight=None)
