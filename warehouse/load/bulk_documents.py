"""Places, numbers and copies the documents of a bulk load, as load_versions does one by one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.base.database import one_value
from warehouse.base.errors import TwoReadings
from warehouse.load import bulk_places, rows, subjects
from warehouse.load.bulk_places import Places
from warehouse.load.rows import Parsed, copy, copy_rows
from warehouse.load.subjects import Subjects
from warehouse.load.versions import parse_values
from warehouse.records.reading import Extraction

VERSION_COLUMNS = (
    "version_id, document_id, version_no, sha256, source_name, source_url, format, size_bytes, pages, first_seen_at,"
    " last_seen_at, published_parse_id"
)
PUBLICATION_COLUMNS = "version_id, parse_id, slot_id, department_id, version_no, published_at"
# Everything that grows with the documents; the dimensions keep their keys.
COPIED = (
    "warehouse.document_version",
    "warehouse.parse",
    "warehouse.publication",
    *(f"warehouse.{copied.table}" for copied in rows.TABLES),
)
NEXT = "select nextval(pg_get_serial_sequence(%s, %s))::int"
SET_NEXT = "select setval(pg_get_serial_sequence(%s, %s), %s, false)"
COUNTED = (("warehouse.document_version", "version_id"), ("warehouse.parse", "parse_id"), bulk_places.COUNTED)


class KnownSubjects:
    """Subjects by classification and year; only codes and names not met before ask the database."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._ids: dict[tuple[str, int | None], Subjects] = defaultdict(dict)
        self._printed: dict[tuple[str, int | None], set[tuple[str, str]]] = defaultdict(set)

    def of(self, extraction: Extraction) -> Iterator[Subjects]:
        """Functional, then economic; more codes may stand in them than the document prints."""
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
class Placed:
    """An extraction with its numbers; `seen_at` is the moment it counts as loaded and published."""

    extraction: Extraction
    version_id: int
    parse_id: int
    slot_id: int
    department_id: int | None
    version_no: int
    seen_at: datetime


class Documents:
    """Adds documents; the caller keeps everybody else out of the tables of COPIED."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._subjects = KnownSubjects(connection)
        *self._numbers, first_slot = (one_value(connection.execute(NEXT, counted)) for counted in COUNTED)
        self._places = Places(connection, first_slot)
        self._parsers: dict[str, str] = {}  # sha256 → version of the parser that read the file
        self._versions: Counter[int] = Counter()  # slot → files in it

    def add(self, chunk: list[Extraction]) -> list[Placed]:
        """Copies those that are new, and returns them; rolled back by the caller, it is undone by `forget`.

        Raises TwoReadings, UnknownMeasure, and psycopg's errors.
        """
        now = one_value(self._connection.execute("select clock_timestamp()"))
        new = self._new(chunk)
        versions = Counter(self._versions)
        placed = []
        for number, extraction in enumerate(new):
            # Versions of one slot follow one another in time too.
            placed.append(self._place(extraction, versions, number, now + timedelta(microseconds=number)))
        self._places.write()
        self._copy(placed)
        self._parsers |= {extraction.source.sha256: extraction.parser_version for extraction in new}
        self._versions = versions
        self._numbers = [first + len(placed) for first in self._numbers]
        return placed

    def forget(self) -> None:
        """After a rollback: what was found or added on the way may be gone."""
        self._subjects.forget()
        self._places.forget()

    def finish(self) -> None:
        """The next load counts on from here."""
        for counted, following in zip(COUNTED, [*self._numbers, self._places.following], strict=True):
            self._connection.execute(SET_NEXT, [*counted, following])

    def _new(self, chunk: list[Extraction]) -> list[Extraction]:
        """Each file once; the same file by the same parser changes nothing."""
        new: dict[str, Extraction] = {}
        for extraction in chunk:
            sha256, parser = extraction.source.sha256, extraction.parser_version
            earlier = self._parsers.get(sha256) or new.setdefault(sha256, extraction).parser_version
            if earlier != parser:
                raise TwoReadings(f"{extraction.source.name}: {earlier} and {parser}")
        return list(new.values())

    def _place(self, extraction: Extraction, versions: Counter[int], number: int, now: datetime) -> Placed:
        slot_id, department_id = self._places.add(extraction)
        versions[slot_id] += 1
        version_id, parse_id = (first + number for first in self._numbers)
        return Placed(extraction, version_id, parse_id, slot_id, department_id, versions[slot_id], now)

    def _copy(self, placed: list[Placed]) -> None:
        parsed = [Parsed(p.parse_id, p.extraction, *self._subjects.of(p.extraction)) for p in placed]
        copy_rows(self._connection, "document_version", VERSION_COLUMNS, map(_version, placed))
        values = [parse_values(p.version_id, p.extraction) for p in placed]
        columns = ", ".join(("parse_id", "parsed_at", *values[0])) if values else ""
        rows = ((p.parse_id, p.seen_at, *own.values()) for p, own in zip(placed, values, strict=True))
        copy_rows(self._connection, "parse", columns, rows)
        copy(self._connection, parsed)
        copy_rows(self._connection, "publication", PUBLICATION_COLUMNS, map(_publication, placed))


def _version(placed: Placed) -> TupleRow:
    source = placed.extraction.source
    return (
        placed.version_id,
        placed.slot_id,
        placed.version_no,
        source.sha256,
        source.name,
        source.url,
        source.format,
        source.size,
        source.pages,
        placed.seen_at,
        placed.seen_at,
        placed.parse_id,
    )


def _publication(placed: Placed) -> TupleRow:
    return (
        placed.version_id,
        placed.parse_id,
        placed.slot_id,
        placed.department_id,
        placed.version_no,
        placed.seen_at,
    )
