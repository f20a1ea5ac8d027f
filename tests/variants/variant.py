"""One variant: its appearance, its format, and what is expected when it is read."""

from dataclasses import dataclass, replace

from ingest.errors import IngestError
from tests.assessment import Assessment, Key, Reading, Truth, assess
from tests.variants.look import Look
from tests.variants.page import html_of
from tests.variants.pdf import pdf_of
from tests.variants.placed_page import placed_html_of
from tests.variants.text import text_of
from tests.variants.word import docx_of
from tests.variants.workbook import xlsx_of
from warehouse.records.reading import Extraction, TableStatus

WRITERS = {"pdf": pdf_of, "text": text_of, "xlsx": xlsx_of, "docx": docx_of, "html": html_of, "placed": placed_html_of}
SUFFIXES = {"text": "txt", "placed": "html"}
ENOUGH = 0.98  # share of right cells


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """`legible`: a person reads it without effort. `is_refused`: it is not a department's final accounts and must be
    refused."""

    kind: str
    name: str
    look: Look
    format: str = "pdf"
    legible: bool = True
    is_refused: bool = False
    breaks: frozenset[Key] = frozenset()  # rule, table and row of the identities that do not hold in the document

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.name}"

    @property
    def file_name(self) -> str:
        return f"{self.id}.{SUFFIXES.get(self.format, self.format)}"

    def document(self) -> bytes:
        return WRITERS[self.format](self.look)


def in_text(variant: Variant) -> Variant:
    return replace(variant, format="text")


def named(variant: Variant, name: str) -> Variant:
    return replace(variant, name=name)


def is_read_or_refused_by_name(variant: Variant, assessed: Assessment, reading: Reading) -> bool:
    """Whether nearly every cell is right, or the file is refused, or each table with errors is refused with a doubt."""
    if isinstance(reading, IngestError) or assessed.share_right >= ENOUGH:
        return True
    return all(
        _share_right(reading, code, variant.look.truth()) >= ENOUGH or is_refused_by_name(reading, code)
        for code in {key[0] for key in variant.look.truth()}
    )


def _share_right(reading: Extraction, code: str, truth: Truth) -> float:
    return assess(
        replace(reading, amounts=tuple(amount for amount in reading.amounts if amount.table_code == code)),
        {key: value for key, value in truth.items() if key[0] == code},
    ).share_right


def is_refused_by_name(reading: Extraction, code: str) -> bool:
    """Whether no value of the table is loaded, its status is unrecognised and a doubt names it."""
    status = next(found.status for found in reading.tables if found.table_code == code)
    is_shown = any(amount.table_code == code and amount.value is not None for amount in reading.amounts)
    is_doubted = any(doubt.table_code == code for doubt in reading.doubts)
    return status is TableStatus.UNRECOGNISED and is_doubted and not is_shown
