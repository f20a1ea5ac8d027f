"""Finds the document that a person means: by its number in the public views, or by the beginning of a SHA-256."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base.errors import AmbiguousDocument, UnknownDocument
from warehouse.base.messages import _

DIGEST = re.compile(r"[0-9a-f]{8,64}")
NUMBER = re.compile(r"[0-9]{1,9}")
LISTED = 20  # documents listed in an error
DOCUMENTS = """
select version.version_id as document_id, version.sha256, version.source_name,
    coalesce(department.name, parse.department) as department,
    coalesce(slot.fiscal_year, parse.fiscal_year) as fiscal_year,
    version.version_no as version
from warehouse.document_version as version
join warehouse.document as slot using (document_id)
left join warehouse.department using (department_id)
left join lateral (
    select department, fiscal_year from warehouse.parse
    where parse.version_id = version.version_id order by parse_id desc limit 1
) as parse on true
where {condition}
order by version.version_id
"""
BY_NUMBER = "version.version_id = %(asked)s::integer"
BY_IDENTITY = "starts_with(version.sha256, %(asked)s)"
BY_FILE = """
version.version_id in (select version_id from warehouse.document_file as file where starts_with(file.sha256, %(asked)s))
"""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A file version. `sha256` identifies it: of a disclosure of several files that of their list."""

    document_id: int
    sha256: str
    source_name: str
    department: str | None
    fiscal_year: int | None
    version: int

    def __str__(self) -> str:
        about = (self.document_id, self.source_name, self.department or "?", self.fiscal_year or "?", self.sha256[:12])
        return "  ".join(map(str, about))


def find(connection: Connection, asked: str) -> StoredDocument:
    """Raises UnknownDocument and AmbiguousDocument."""
    found = look_up(connection, asked)
    if not found:
        raise UnknownDocument(
            _("“{asked}”; give the number of mart.disclosure, or 8 digits or more of the sha256").format(asked=asked)
        )
    if len(found) > 1:
        raise AmbiguousDocument(_("“{asked}” may be").format(asked=asked), listed(found))
    return found[0]


def look_up(connection: Connection, asked: str) -> list[StoredDocument]:
    """All documents that may be meant. A SHA-256 goes before a number, the document's own before that of a file."""
    asked = asked.strip().lower()
    if DIGEST.fullmatch(asked):
        for condition in (BY_IDENTITY, BY_FILE):
            if found := _all(connection, condition, asked):
                return found
    return _all(connection, BY_NUMBER, asked) if NUMBER.fullmatch(asked) else []


def listed(documents: Sequence[StoredDocument]) -> list[str]:
    more = [_("and {value} more").format(value=len(documents) - LISTED)] if len(documents) > LISTED else []
    return [*map(str, documents[:LISTED]), *more]


def _all(connection: Connection, condition: str, asked: str) -> list[StoredDocument]:
    with connection.cursor(row_factory=class_row(StoredDocument)) as cursor:
        return cursor.execute(DOCUMENTS.format(condition=condition), {"asked": asked}).fetchall()
