"""Gives the documents of a bulk load their slots and ids and copies them; `load.versions` does it for one document."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.base.database import one_value
from warehouse.base.errors import TwoReadings
from warehouse.load import bulk_slots, files, rows, subjects
from warehouse.load.bulk_slots import Slots
from warehouse.load.rows import Parsed, copy, copy_rows
from warehouse.load.subjects import Subjects
from warehouse.load.versions import parse_values
from warehouse.records.reading import Extraction

VERSION_COLUMNS = (
    f"version_id, document_id, version_no, {files.SOURCE_COLUMNS}, first_seen_at, last_seen_at, published_parse_id"
)
PUBLICATION_COLUMNS = "version_id, parse_id, slot_id, department_id, version_no, published_at"
# The tables that get rows for every document. Those of the dimensions are small and keep their keys and indexes.
COPIED = (
    "warehouse.document_version",
    "warehouse.document_file",
    "warehouse.parse",
    "warehouse.publication",
    *(f"warehouse.{copied.table}" for copied in rows.TABLES),
)
NEXT = "select nextval(pg_get_serial_sequence(%s, %s))::int"
SET_NEXT = "select setval(pg_get_serial_sequence(%s, %s), %s, false)"
COUNTED = (("warehouse.document_version", "version_id"), ("warehouse.parse", "parse_id"), bulk_slots.COUNTED)


class KnownSubjects:
    """Subjects by classification and year. Only codes and names that no earlier document printed are queried."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._ids: dict[tuple[str, int | None], Subjects] = defaultdict(dict)
        self._printed: dict[tuple[str, int | None], set[tuple[str, str]]] = defaultdict(set)

    def of(self, extraction: Extraction) -> Iterator[Subjects]:
        """Functional, then economic subjects: those of this document and of earlier ones of its year."""
        year = extraction.profile.fiscal_year
        for kind, printed in subjects.printed(extraction).items():
            known = kind, year
            if new := printed - self._printed[known]:
                self._ids[known] |= subjects.resolve(self._connection, kind, new, year)
                self._printed[known] |= new
            yield self._ids[known]

    def forget(self) -> None:
        self._ids.clear()
        self._printed.clear()


@dataclass(frozen=True, slots=True)
class Numbered:
    """An extraction with the ids of its rows; `seen_at` is stored as the time of loading and publication."""

    extraction: Extraction
    version_id: int
    parse_id: int
    slot_id: int
    department_id: int | None
    version_no: int
    seen_at: datetime


class BulkDocuments:
    """Adds documents. The caller has locked the tables of COPIED, so ids can be counted here."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._subjects = KnownSubjects(connection)
        *self._numbers, first_slot = (one_value(connection.execute(NEXT, counted)) for counted in COUNTED)
        self._slots = Slots(connection, first_slot)
        self._parsers: dict[str, str] = {}  # identity of the source → version of the parser that read it
        self._versions: Counter[int] = Counter()  # slot → files in it

    def add(self, chunk: list[Extraction]) -> list[Numbered]:
        """Copies the new ones and returns them. If the caller rolls back, it must call `forget`.

        Raises TwoReadings, UnknownMeasure, and psycopg's errors.
        """
        now = one_value(self._connection.execute("select clock_timestamp()"))
        new = self._new(chunk)
        versions = Counter(self._versions)
        numbered = []
        for number, extraction in enumerate(new):
            # One microsecond apart, so that the versions of a slot have different times.
            numbered.append(self._numbered(extraction, versions, number, now + timedelta(microseconds=number)))
        self._slots.write()
        self._copy(numbered)
        self._parsers |= {extraction.source.identity: extraction.parser_version for extraction in new}
        self._versions = versions
        self._numbers = [first + len(numbered) for first in self._numbers]
        return numbered

    def forget(self) -> None:
        """After a rollback: rows whose ids are remembered here may no longer exist."""
        self._subjects.forget()
        self._slots.forget()

    def finish(self) -> None:
        """Sets the sequences of the database to the next free ids."""
        for counted, following in zip(COUNTED, [*self._numbers, self._slots.following], strict=True):
            self._connection.execute(SET_NEXT, [*counted, following])

    def _new(self, chunk: list[Extraction]) -> list[Extraction]:
        """The files not loaded yet, each once. Raises TwoReadings for a file read by two parser versions."""
        new: dict[str, Extraction] = {}
        for extraction in chunk:
            identity, parser = extraction.source.identity, extraction.parser_version
            earlier = self._parsers.get(identity) or new.setdefault(identity, extraction).parser_version
            if earlier != parser:
                raise TwoReadings(f"{extraction.source.name}: {earlier} and {parser}")
        return list(new.values())

    def _numbered(self, extraction: Extraction, versions: Counter[int], number: int, now: datetime) -> Numbered:
        slot_id, department_id = self._slots.add(extraction)
        versions[slot_id] += 1
        version_id, parse_id = (first + number for first in self._numbers)
        return Numbered(extraction, version_id, parse_id, slot_id, department_id, versions[slot_id], now)

    def _copy(self, numbered: list[Numbered]) -> None:
        parsed = [Parsed(p.parse_id, p.extraction, *self._subjects.of(p.extraction)) for p in numbered]
        copy_rows(self._connection, "document_version", VERSION_COLUMNS, map(_version, numbered))
        own_files = chain.from_iterable(files.file_rows(p.version_id, p.extraction.source) for p in numbered)
        copy_rows(self._connection, "document_file", files.FILE_COLUMNS, own_files)
        values = [parse_values(p.version_id, p.extraction) for p in numbered]
        columns = ", ".join(("parse_id", "parsed_at", *values[0])) if values else ""
        rows = ((p.parse_id, p.seen_at, *own.values()) for p, own in zip(numbered, values, strict=True))
        copy_rows(self._connection, "parse", columns, rows)
        copy(self._connection, parsed)
        copy_rows(self._connection, "publication", PUBLICATION_COLUMNS, map(_publication, numbered))


def _version(numbered: Numbered) -> TupleRow:
    return (
        numbered.version_id,
        numbered.slot_id,
        numbered.version_no,
        *files.source_values(numbered.extraction.source),
        numbered.seen_at,
        numbered.seen_at,
        numbered.parse_id,
    )


def _publication(numbered: Numbered) -> TupleRow:
    return (
        numbered.version_id,
        numbered.parse_id,
        numbered.slot_id,
        numbered.department_id,
        numbered.version_no,
        numbered.seen_at,
    )
