"""What was doubtful in one form: each repair and each blank is a row for the analyst."""

from dataclasses import dataclass, field

from ingest.forms.layout.rows import FormRow
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import NOWHERE, Place
from warehouse.records.reading import Doubt


@dataclass(slots=True)
class Notes:
    """The doubts of one form. `project` becomes their row_key."""

    project: str
    place: Place = NOWHERE  # of the form
    doubts: list[Doubt] = field(default_factory=list)

    def add(
        self,
        what: DoubtKind,
        reason: str,
        row: FormRow | None = None,
        *,
        measure: str | None = None,
        printed: str | None = None,
        taken_as: str | None = None,
    ) -> None:
        place = row.place if row else self.place
        self.doubts.append(
            Doubt(what, reason, row_key=self.project, measure=measure, printed=printed, taken_as=taken_as, place=place)
        )
