"""What was doubtful in one form: each repair and each blank is a row for the analyst."""

from dataclasses import dataclass, field

from ingest.forms.rows import FormRow
from warehouse.records import Doubt


@dataclass(slots=True)
class Notes:
    """The doubts of one form. `project` becomes their row_key."""

    project: str
    page: int | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, what: str, reason: str, row: FormRow | None = None, **details: str | None) -> None:
        page = row.page if row else self.page
        line = f"(第{row.line_no}行)" if row and row.line_no else ""
        self.doubts.append(Doubt(what, reason + line, row_key=self.project, page=page, **details))
