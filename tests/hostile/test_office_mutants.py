"""Spoilt workbooks and Word files: each is read, or refused in one line, within its limits."""

import random
from collections import Counter

import pytest

from ingest.errors import IngestError, ReaderCrashed, ReaderFailed
from ingest.isolation import Limits, extract_isolated
from ingest.pipeline import extract
from tests.hostile.bad_office_files import files
from tests.hostile.mutate_office import mutants, original

FORMATS = ("xlsx", "xls", "docx")
LIMITS = Limits(memory_mb=512, seconds=60)
# Files of `bad_office_files` that are read: their content decides, and what is dangerous in them is left alone.
READ = ("macros", "named", "external_reference", "cyclic", "rows")
NOT_HERE = ("rows", "bomb", "macros.xlsm", "named")  # too large for a fast test, or tested elsewhere


@pytest.mark.parametrize("name", FORMATS)
def test_the_originals_are_read(name, tmp_path):
    path = tmp_path / f"made.{name}"
    path.write_bytes(original(name))
    assert len(extract(path).amounts) > 100


@pytest.mark.parametrize("name", FORMATS)
def test_a_few_mutants_are_read_or_refused(name, tmp_path):
    path = tmp_path / f"made.{name}"
    for data in mutants(name, 3, 4):
        path.write_bytes(data)
        try:
            extract(path)
        except IngestError as error:
            assert "\n" not in str(error)


def test_files_made_to_do_harm_are_refused_in_one_line(tmp_path):
    refused = []
    for name, data in files(rows=10, bomb=0):
        if name.startswith(NOT_HERE) or any(word in name for word in NOT_HERE):
            continue
        path = tmp_path / name
        path.write_bytes(data)
        try:
            extract(path)
            assert any(word in name for word in READ), name
        except IngestError as error:
            assert str(error).startswith(f"{name}: ") and "\n" not in str(error)
            refused.append(name)
    assert len(refused) > 25


@pytest.mark.long
@pytest.mark.parametrize("name", FORMATS)
def test_five_hundred_mutants(name, tmp_path, capsys):
    seed = random.randrange(1_000_000)
    path, ended, failures = tmp_path / f"made.{name}", Counter[str](), list[str]()
    for number, data in enumerate(mutants(name, seed, 500)):
        path.write_bytes(data)
        try:
            extract_isolated(path, LIMITS)
            ended["read"] += 1
        except IngestError as error:
            ended[type(error).__name__] += 1
            if isinstance(error, ReaderFailed | ReaderCrashed) or "\n" in str(error):
                failures.append(f"mutant {number}: {error}")
    with capsys.disabled():
        print(f"\n{name}, seed {seed}: {dict(ended)}")
    assert failures == []
    assert ended["TooSlow"] == 0
