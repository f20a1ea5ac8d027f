"""What was doubtful in one form: each repair and each blank is a row for the analyst."""

from dataclasses import dataclass, field

from ingest.forms.rows import FormRow
from warehouse.records import Doubt

LINE = "(第{}行)"  # ends the reason where a text has no page to name


@dataclass(slots=True)
class Notes:
    """The doubts of one form. `project` becomes their row_key."""

    project: str
    page: int | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, what: str, reason: str, row: FormRow | None = None, **details: str | None) -> None:
        page = row.page if row else self.page
        line = LINE.format(row.line_no) if row and row.line_no else ""
        self.doubts.append(Doubt(what, reason + line, row_key=self.project, page=page, **details))
