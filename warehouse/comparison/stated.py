"""What the documents themselves state of their change on last year, one change of one subject after the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from warehouse.comparison.rows import SaidRow
from warehouse.kinds.labels import label_of

CHANGES = ("change", "change_pct", "change_on_final", "change_on_final_pct")
OF_THIS_YEAR = ("current", "final", "budget")  # what the change is of: the first that is stated
OF_LAST_YEAR = ("prior_final",)
MEASURES = (*OF_THIS_YEAR, *OF_LAST_YEAR, *CHANGES)


@dataclass(frozen=True, slots=True)
class SaidChange:
    """`row` is any row of it. `texts`: measure → number and unit as they are shown."""

    row: SaidRow
    texts: Mapping[str, str]

    @property
    def subject(self) -> str:
        """In Chinese, with the kind of figure where that is another than the comparison with last year."""
        subject = label_of("subject", self.row.subject, "stated_figure")
        return subject if self.row.kind == "year_over_year" else f"{label_of('kind', self.row.kind)}：{subject}"

    @property
    def this_year(self) -> str | None:
        return next((self.texts[measure] for measure in OF_THIS_YEAR if measure in self.texts), None)

    @property
    def changes(self) -> tuple[str, ...]:
        """The changes on last year, those on last year's accounts named so."""
        on_final = [name for name in (*OF_LAST_YEAR, *CHANGES[2:]) if name in self.texts]
        named = [f"{label_of('measure', name, 'stated_figure')} {self.texts[name]}" for name in on_final]
        return (*(self.texts.get(name, "") for name in CHANGES[:2]), "；".join(named))


def said_changes(rows: Iterable[SaidRow]) -> Iterator[SaidChange]:
    """The subjects of which a change is stated, in the order of the rows."""
    told: dict[tuple[int, str, str], list[SaidRow]] = defaultdict(list)
    for row in rows:
        told[row.document_id, row.kind, row.subject].append(row)
    for of_subject in told.values():
        texts = {row.measure: _text(row) for row in of_subject}
        if texts.keys() & set(CHANGES):
            yield SaidChange(of_subject[0], texts)


def _text(row: SaidRow) -> str:
    number = f"{row.value:+,f}" if row.measure in CHANGES else f"{row.value:,f}"
    return f"{number} {row.unit or ''}{'（存疑）' if row.status == 'doubtful' else ''}"
