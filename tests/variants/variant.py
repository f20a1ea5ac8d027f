"""One variant: a dress of the department, how it is written, and what is expected of its reading."""

from dataclasses import dataclass, replace

from ingest.errors import IngestError
from tests.judged import Judged, Reading
from tests.variants.look import Look
from tests.variants.pdf import pdf_of
from tests.variants.text import text_of
from warehouse.records import Doubt, TableStatus

ENOUGH = 0.98


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """`legible`: a person reads it without effort. `is_refused`: it is no final accounts and must be refused."""

    kind: str
    name: str
    look: Look
    format: str = "pdf"
    legible: bool = True
    is_refused: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.name}"

    @property
    def file_name(self) -> str:
        return f"{self.id}.{'pdf' if self.format == 'pdf' else 'txt'}"

    def document(self) -> bytes:
        return pdf_of(self.look) if self.format == "pdf" else text_of(self.look)


def in_text(variant: Variant) -> Variant:
    return replace(variant, format="text")


def named(variant: Variant, name: str) -> Variant:
    return replace(variant, name=name)


def is_read_or_refused_by_name(judged: Judged, reading: Reading) -> bool:
    """Right in nearly every cell; or the file, or each table that is not, says that it was not read."""
    if isinstance(reading, IngestError) or judged.share_right >= ENOUGH:
        return True
    return not judged.silent and all(
        doubt_of_table(reading, found.table_code)
        for found in reading.tables
        if found.status is TableStatus.UNRECOGNISED
    )


def doubt_of_table(reading: Reading, table_code: str) -> list[Doubt]:
    return [doubt for doubt in reading.doubts if doubt.table_code == table_code]
