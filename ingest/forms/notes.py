"""What was doubtful in one form: each repair and each blank is a row for the analyst."""

from dataclasses import dataclass, field

from ingest.forms.layout.rows import FormRow
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt


@dataclass(slots=True)
class Notes:
    """The doubts of one form. `project` becomes their row_key."""

    project: str
    page: int | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, what: DoubtKind, reason: str, row: FormRow | None = None, **details: str | None) -> None:
        page = row.page if row else self.page
        line_no = row.line_no if row else None
        self.doubts.append(Doubt(what, reason, row_key=self.project, page=page, line_no=line_no, **details))
