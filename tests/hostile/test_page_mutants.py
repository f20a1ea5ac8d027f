"""Spoilt pages: each is read or refused in one line, and no amount stands unsaid where it is not printed."""

import random
from collections import Counter

import pytest

from ingest.errors import IngestError, ReaderCrashed, ReaderFailed
from ingest.isolation import Limits, extract_isolated
from ingest.pipeline import extract
from tests.assessment import assess
from tests.hostile.mutate_office import LOOK
from tests.hostile.mutate_page import KINDS, mutants, original
from warehouse.records.reading import CheckOutcome, Extraction

BROKEN = CheckOutcome.BROKEN
LIMITS = Limits(memory_mb=512, seconds=60)


def untold(reading: Extraction) -> list[str]:
    """Other amounts than are printed, though neither a doubt about their table nor a broken identity says so.

    An amount that a mutation put into a comment is blank.
    """
    told = {doubt.table_code for doubt in reading.doubts}
    told |= {cell.split("/")[0] for check in reading.checks if check.outcome is BROKEN for cell in check.cells}
    wrong = assess(reading, LOOK.truth()).wrong_as_printed
    return [shown for shown in wrong if shown.split()[0] not in told and ": None read" not in shown]


@pytest.mark.parametrize("kind", KINDS)
def test_the_originals_are_read(kind, tmp_path):
    path = tmp_path / "made.html"
    path.write_bytes(original(kind))
    assessed = assess(extract(path), LOOK.truth())
    assert assessed.share_right == 1 and assessed.falsehoods == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_mutants_are_read_or_refused(kind, tmp_path):
    path = tmp_path / "made.html"
    for data, of_markup in mutants(kind, 3, 6):
        path.write_bytes(data)
        try:
            reading = extract(path)
            assert not of_markup or untold(reading) == []
        except IngestError as error:
            assert "\n" not in str(error)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_five_hundred_mutants(kind, tmp_path, capsys):
    seed = random.randrange(1_000_000)
    path, ended, failures = tmp_path / "made.html", Counter[str](), list[str]()
    for number, (data, of_markup) in enumerate(mutants(kind, seed, 500)):
        path.write_bytes(data)
        try:
            reading = extract_isolated(path, LIMITS)
            ended["read"] += 1
            failures += [f"mutant {number}: {amount}" for amount in untold(reading) if of_markup]
        except IngestError as error:
            ended[type(error).__name__] += 1
            if isinstance(error, ReaderFailed | ReaderCrashed) or "\n" in str(error):
                failures.append(f"mutant {number}: {error}")
    with capsys.disabled():
        print(f"\n{kind}, seed {seed}: {dict(ended)}")
    assert failures == []
    assert ended["TooSlow"] == 0
