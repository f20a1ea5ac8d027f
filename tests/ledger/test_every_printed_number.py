"""For every sample, document of the corpus and case: no number is unaccounted, no cell is loaded without a number."""

from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.pipeline import understand
from ingest.prove.ledger.owners import Owner
from tests.cases.cases import inputs
from tests.ingest.truth import CORPUS_PDFS, CORPUS_TEXTS, SAMPLE_FILES, extraction_of
from warehouse.records.reading import Extraction, Presence

DOCUMENTS = [*SAMPLE_FILES, *CORPUS_PDFS, *CORPUS_TEXTS]
ONLY_FOR_THIS = {"number_unaccounted", "table_left_out", "table_in_lines"}


def summary(name: str, extraction: Extraction) -> str:
    counts = extraction.counts
    said = [doubt.what for doubt in extraction.doubts if doubt.what in ONLY_FOR_THIS]
    return (
        f"{name:60} printed {counts.amounts_printed:5} loaded {counts.amounts_loaded:5} "
        f"doubtful {counts.amounts_doubtful:4} unaccounted {counts.amounts_unaccounted:3} "
        f"forms {counts.form_numbers:5} narrative {counts.narrative_numbers:4} {' '.join(said)}"
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_number_of_a_document_is_unaccounted(path: Path):
    extraction = extraction_of(path)
    print(summary(path.name, extraction))
    counts = extraction.counts
    assert counts.amounts_unaccounted == 0
    assert counts.amounts_printed == counts.amounts_loaded + counts.amounts_doubtful > 100


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_loaded_number_is_one_that_is_printed(path: Path):
    """A row that is repeated on a page is printed twice and loaded once: the counts may be greater, never less."""
    extraction = extraction_of(path)
    numbers = [a for a in extraction.amounts if a.presence is Presence.NUMBER and any(map(str.isdigit, a.printed))]
    assert extraction.counts.amounts_loaded + extraction.counts.amounts_doubtful >= len(numbers)


@pytest.mark.takes(15)
@pytest.mark.parametrize("one", inputs(), ids=lambda one: one.name)
def test_no_number_of_a_case_is_unaccounted(one):
    reading = one.reading()
    if isinstance(reading, IngestError):
        pytest.skip(f"refused: {reading}")
    print(summary(one.name, reading))
    assert reading.counts.amounts_unaccounted == 0


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_every_number_has_exactly_one_owner(path: Path):
    understood = understand(path)
    owned = [id(number) for one in understood.account.owned for number in one.numbers]
    assert len(owned) == len(set(owned)) == len(understood.document.numbers)


def test_a_code_a_line_number_and_a_year_are_no_amounts():
    account = understand(SAMPLE_FILES[0]).account
    classes = {number.text for one in account.owned if one.owner is Owner.CLASS for number in one.numbers}
    loaded = {number.text for one in account.owned if one.owner is Owner.LOADED for number in one.numbers}
    assert {"2019", "1", "10"} <= classes and not any(len(text) == 7 and text.isdigit() for text in loaded)
