"""Reads one document from the database for the workbook: its profile, tables, amounts and doubts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base.errors import AmbiguousDocument, UnknownDocument
from warehouse.base.messages import _
from warehouse.records.reading import TableStatus
from warehouse.workbook.plan_sheet import StoredPlan

NOT_SEEN = "未见此表，是否公开未能确定"
UNPUBLISHED = "未公开"
LISTED = 20  # documents listed in an error
SHA256_PREFIX = re.compile(r"[0-9a-f]{6,64}")
DOCUMENTS = """
select document_id, source_name, kind, department, fiscal_year, scope, province, city, county, sha256, pages,
    published_on, version, is_current, loaded_at, parser_version, parse_id
from mart.disclosure
order by document_id
"""
FILES = "select source_name, sha256, role from mart.document_file where document_id = %(document_id)s order by file_no"
# Of a disclosure of several files only: the file in which `shown` stands.
FILE_NAME = """
(
    select file.source_name from mart.document_file as file
    where file.document_id = %(document_id)s and file.file_no = shown.file_no and exists (
        select from mart.document_file as other where other.document_id = file.document_id and other.file_no > 1
    )
) as file_name
"""
TABLES = f"""
select table_code, status, statement, printed_unit, first_page, last_page, is_unread, {FILE_NAME}
from intermediate.table_state as shown where parse_id = %(parse_id)s
"""
AMOUNTS = f"""
select table_code, row_key, row_label, level, measure, coalesce(quantity, amount_wan) as value, value_unit,
    presence, status, printed, printed_unit, repair_reason, page, row_no, column_no, {FILE_NAME}
from mart.amount as shown where document_id = %(document_id)s
order by table_code collate "C", row_no, column_no
"""
DOUBTS = f"""
select reason, table_code, row_key, measure, printed, taken_as, page, {FILE_NAME}
from mart.doubt as shown where document_id = %(document_id)s
order by doubt_no
"""
WITHHELD = """
select explanation from mart.check_result where document_id = %(document_id)s and outcome = 'withheld'
order by table_code, row_key, measure, rule_id
"""
PLANS = f"""
select {", ".join(field.name for field in fields(StoredPlan))} from mart.budget_against_account
where document_id in (
    select document_id from intermediate.plan_and_outcome
    where %(document_id)s in (account_document_id, budget_document_id)
        and account_document_id is not null and budget_document_id is not null
)
order by array_position(array['total', 'class', 'category', 'function', 'economic', 'three_public'], basis), basis, key
"""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document version; the fields are those of mart.disclosure."""

    document_id: int
    source_name: str
    kind: str  # a kind of warehouse.kinds
    department: str | None
    fiscal_year: int | None
    scope: str | None
    province: str | None
    city: str | None
    county: str | None
    sha256: str
    pages: int | None
    published_on: date | None
    version: int
    is_current: bool
    loaded_at: datetime
    parser_version: str
    parse_id: int

    def __str__(self) -> str:
        about = (self.document_id, self.source_name, self.department or "?", self.fiscal_year or "?", self.sha256[:12])
        return "  ".join(map(str, about))


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One of the files of a document version."""

    source_name: str
    sha256: str
    role: str  # records.FileRole


@dataclass(frozen=True, slots=True)
class StoredTable:
    """What was read of one standard table."""

    table_code: str
    status: str  # records.TableStatus
    statement: str | None = None
    printed_unit: str | None = None
    first_page: int | None = None
    last_page: int | None = None
    is_unread: bool = False  # it may hold more than was read
    file_name: str | None = None  # None where the document is one file

    @property
    def is_not_seen(self) -> bool:
        """Whether the table was not found, but may have been published."""
        return self.is_unread and self.status == TableStatus.ABSENT


@dataclass(frozen=True, slots=True)
class StoredAmount:
    """One amount cell. `value`: in 万元, or in `value_unit` where that is not 元.

    `file_name` is None where the document is one file.
    """

    table_code: str
    row_key: str
    row_label: str
    level: str | None
    measure: str
    value: Decimal | None
    value_unit: str
    presence: str  # records.Presence
    status: str  # records.Status
    printed: str
    printed_unit: str
    repair_reason: str | None
    page: int | None
    row_no: int
    column_no: int
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class StoredDoubt:
    reason: str
    table_code: str | None
    row_key: str | None
    measure: str | None
    printed: str | None
    taken_as: str | None
    page: int | None
    file_name: str | None = None  # None where the document is one file


@dataclass(frozen=True, slots=True)
class WorkbookContents:
    """All data of the workbook. `files`: the main one first. `tables`: by code; absent tables may be missing.

    `withheld`: of which rows the publisher left out what lies below, one sentence each.
    """

    document: StoredDocument
    files: tuple[StoredFile, ...]
    tables: dict[str, StoredTable]
    amounts: tuple[StoredAmount, ...]
    doubts: tuple[StoredDoubt, ...]
    withheld: tuple[str, ...]
    plans: tuple[StoredPlan, ...] = ()  # only where both the budget and the accounts are there


def find(connection: Connection, asked: str) -> StoredDocument:
    """Finds a document by document_id, file name, or six or more first digits of its sha256.

    Raises UnknownDocument and AmbiguousDocument, listing documents.
    """
    documents = _all(connection, StoredDocument, DOCUMENTS)
    found = [document for document in documents if _is_meant(document, asked)]
    if not found:
        raise UnknownDocument(
            _("“{asked}”; there is{value}").format(asked=asked, value="" if documents else " none yet"),
            _listed(documents),
        )
    if len(found) > 1:
        raise AmbiguousDocument(_("“{asked}” may be").format(asked=asked), _listed(found))
    return found[0]


def read(connection: Connection, document: StoredDocument) -> WorkbookContents:
    asked = {"document_id": document.document_id, "parse_id": document.parse_id}
    return WorkbookContents(
        document,
        tuple(_all(connection, StoredFile, FILES, asked)),
        {table.table_code: table for table in _all(connection, StoredTable, TABLES, asked)},
        tuple(_all(connection, StoredAmount, AMOUNTS, asked)),
        tuple(_all(connection, StoredDoubt, DOUBTS, asked)),
        tuple(text for (text,) in connection.execute(WITHHELD, asked)),
        tuple(_all(connection, StoredPlan, PLANS, asked)),
    )


def place(file_name: str | None, page: str) -> str:
    """A file and a page of it in words; either may be missing."""
    return " ".join(part for part in (file_name, page) if part)


Stored = TypeVar("Stored")


def _all(
    connection: Connection, kind: type[Stored], query: str, asked: Mapping[str, Any] | None = None
) -> list[Stored]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(query, asked).fetchall()


def _is_meant(document: StoredDocument, asked: str) -> bool:
    if asked in (str(document.document_id), document.source_name):
        return True
    return SHA256_PREFIX.fullmatch(asked.lower()) is not None and document.sha256.startswith(asked.lower())


def _listed(documents: Sequence[StoredDocument]) -> list[str]:
    more = [_("… and {value} more").format(value=len(documents) - LISTED)] if len(documents) > LISTED else []
    return [*map(str, documents[:LISTED]), *more]
