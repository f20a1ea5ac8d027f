"""Mutated ZIP archives: each is unpacked or refused by an error of the project, in little time."""

import random
import time
from pathlib import Path

import pytest

from ingest.errors import PublisherError
from ingest.readers import FORMATS, is_archive
from ingest.readers.zip_archive import unpacked
from tests.ingest.archives import parts_of_sample, zip_of

MUTANTS = 500
DIRECTORY = 600  # bytes at the end of the archive, which list its files
LONGEST = 2.0  # seconds for one archive


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, left out or put in, most of them where the archive lists its files."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        first = 0 if chance.random() < 0.3 else len(made) - DIRECTORY
        at = chance.randrange(max(0, first), len(made))
        end = at + chance.randint(0, 20)
        made[at:end] = chance.choice((b"", bytes(end - at), chance.randbytes(chance.randint(1, 20)), b"PK\x01\x02"))
    return bytes(made)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_a_mutant_is_unpacked_or_refused(seed, tmp_path: Path):
    chance, path = random.Random(seed), tmp_path / "x.zip"
    whole = zip_of({**parts_of_sample("示范市审计局"), "in.zip": zip_of({"a.txt": b"text" * 50})})
    refused = 0
    for _ in range(MUTANTS):
        path.write_bytes(mutated(whole, chance))
        began = time.monotonic()
        try:
            is_archive(path)
            list(unpacked(path, path.name, FORMATS))
        except PublisherError:
            refused += 1
        assert time.monotonic() - began < LONGEST
    print(f"seed {seed}: {MUTANTS} archives, {refused} refused as a whole")
    assert 0 < refused < MUTANTS
