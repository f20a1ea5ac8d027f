"""Errors in a batch: a file that the database refuses affects no other file; a fault of the machine ends the batch."""

import hashlib
from pathlib import Path

import psycopg
import pytest

from ingest.errors import LoadRefused
from ingest.nightly.batch import ingest, ingest_in_bulk
from ingest.nightly.read_files import IN_THIS_PROCESS
from warehouse.base import locks
from warehouse.base.database import connect

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = [SAMPLES / "pingdingshan_gongxin_2023.txt", SAMPLES / "shifan_gongxin_2023.txt"]
NAMES = "select source_name from mart.disclosure order by source_name"


@pytest.fixture
def refusing(database):
    """A database that refuses all files but the second."""
    with connect(database) as connection:
        connection.execute(
            f"alter table warehouse.document_version add constraint another check (source_name <> '{FILES[0].name}')"
        )
    return database


def test_a_value_that_the_database_refuses_affects_only_its_file(refusing):
    with connect(refusing, autocommit=True) as connection:
        first, second = ingest(connection, FILES, jobs=IN_THIS_PROCESS)
        assert isinstance(first.error, LoadRefused) and "another" in str(first.error)
        assert second.error is None
        assert connection.execute(NAMES).fetchall() == [(FILES[1].name,)]


@pytest.mark.long
def test_a_value_that_the_database_refuses_affects_only_its_file_in_bulk(refusing):
    with connect(refusing) as connection:
        _, failed = ingest_in_bulk(connection, FILES, jobs=IN_THIS_PROCESS)
        assert [type(error) for error in failed] == [LoadRefused]
        assert connection.execute(NAMES).fetchall() == [(FILES[1].name,)]


@pytest.mark.long
def test_a_fault_of_the_project_affects_only_the_file_that_shows_it(database):
    """Of the two files only the first prints the measure."""
    with connect(database, autocommit=True) as connection:
        connection.execute(
            "update warehouse.measure set measure = 'other' where (table_code, measure) = ('GK08', 'basic')"
        )
        first, second = ingest(connection, [FILES[0], SAMPLES / "foshan_guidao_2019.pdf"], jobs=IN_THIS_PROCESS)
        assert isinstance(first.error, LoadRefused) and "GK08 basic" in str(first.error)
        assert second.error is None
        assert connection.execute(NAMES).fetchall() == [("foshan_guidao_2019.pdf",)]


def test_a_fault_of_the_machine_ends_the_batch_and_is_not_recorded_for_the_file(database):
    """Another session holds the lock of the file for longer than this session waits."""
    with connect(database) as other, connect(database, autocommit=True, options="-c lock_timeout=100") as connection:
        locks.take(other, locks.FILE, hashlib.sha256(FILES[1].read_bytes()).hexdigest())
        outcomes = ingest(connection, FILES, jobs=IN_THIS_PROCESS)
        assert next(outcomes).error is None
        with pytest.raises(psycopg.errors.LockNotAvailable):
            next(outcomes)
        other.rollback()
        assert [outcome.error for outcome in ingest(connection, FILES, jobs=IN_THIS_PROCESS)] == [None, None]
        assert connection.execute(NAMES).fetchall() == [(file.name,) for file in FILES]
