"""Fixtures of the fault tests. They compare the result with a database in which the same files were loaded without
faults."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from ingest.nightly.attempt import archived
from ingest.pipeline import extract
from tests.conftest import new_database
from tests.parallel import recorded_values
from tests.reader_role import as_reader
from tests.work.nights import READ, asked
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries
from warehouse.load.document import load
from warehouse.work.jobs import File

# For each document what a reader sees at one moment: counts and sums of the public views.
SEEN = """
select sha256, (select count(*) from mart.amount where amount.document_id = disclosure.document_id),
    (select sum(amount_wan) from mart.amount where amount.document_id = disclosure.document_id),
    (select count(*) from mart.metric_value where metric_value.document_id = disclosure.document_id),
    checks_exact
from mart.disclosure
"""
LOADS = """
select sha256, count(*) from warehouse.publication join warehouse.document_version using (version_id) group by 1
"""
# This audit query searches every view for double rows and takes a second to plan. The query SEEN would show double rows
# too, and a nightly run executes the audit query.
LONG_AUDIT = "010_grain_of_marts"
LINE = "fault"


@dataclass(slots=True)
class Account:
    """The result of one fault test, for the table at the end. `half` counts the moments in which a reader saw a
    document incompletely."""

    documents: int = 0
    once: int = 0
    amounts: int = 0
    different: int = 0
    polls: int = 0
    half: int = 0

    def __str__(self) -> str:
        return (
            f"{self.documents} documents, loaded exactly once {self.once}; {self.amounts:,} amounts compared with"
            f" a clean run, different {self.different}; a reader looked {self.polls} times, saw {self.half} half"
        )


@pytest.fixture
def account(request: pytest.FixtureRequest) -> Iterator[Account]:
    """The result of this test; all are printed at the end of the run."""
    own = Account()
    yield own
    said = " ".join((request.function.__doc__ or request.node.name).split("\n")[0].split()).rstrip(".")
    which = f" ({request.node.callspec.id})" if hasattr(request.node, "callspec") else ""
    request.node.user_properties.append((LINE, f"{said}{which}: {own}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if lines := list(recorded_values(terminalreporter, LINE)):
        terminalreporter.section("faults", sep="-")
        for line in lines:
            terminalreporter.write_line(line)


class Clean:
    """A database in which each file is loaded once, by one process, one after another."""

    def __init__(self, url: str):
        self.url, self.known = url, set()

    def load(self, archive: Path, files: Iterable[File]) -> None:
        with connect(self.url) as connection:
            for file in files:
                if file.sha256 not in self.known:
                    extraction = extract(archived(archive, file.sha256), file.address)
                    load(connection, replace(extraction, source=replace(extraction.source, name=file.name)))
                    self.known.add(file.sha256)

    def amounts(self, files: Iterable[File]) -> list[tuple]:
        wanted = {file.sha256 for file in files}
        return [row for row in asked(self.url, READ) if row[0] in wanted]

    def seen(self) -> dict[str, tuple]:
        return {sha256: tuple(counts) for sha256, *counts in asked(self.url, SEEN)}


@pytest.fixture(scope="session")
def clean(server_url: str, template: str) -> Iterator[Clean]:
    with new_database(server_url, template) as created:
        yield Clean(created)


@pytest.fixture
def same_as_clean(clean: Clean, account: Account) -> Callable[[str, Path, list[File]], None]:
    """A function that asserts that every file is loaded exactly once, with the numbers of the clean database."""

    def compare(url: str, archive: Path, files: list[File]) -> None:
        clean.load(archive, files)
        loads, read, expected = dict(asked(url, LOADS)), asked(url, READ), clean.amounts(files)
        account.documents, account.amounts = len(files), len(expected)
        account.once = sum(loads.get(file.sha256) == 1 for file in files)
        account.different = len(set(read) ^ set(expected)) + abs(len(read) - len(expected))
        assert loads == {file.sha256: 1 for file in files}
        assert read == expected
        audits = {name: query for name, query in audit_queries().items() if name != LONG_AUDIT}
        assert {name: rows for name, query in audits.items() if (rows := asked(url, query))} == {}
        assert asked(url, "select count(*) from procrastinate.procrastinate_jobs") == [(0,)]

    return compare


@pytest.fixture
def watched(clean: Clean, account: Account) -> Callable:
    """A context in which a reader queries again and again; it counts the moments in which a document is incomplete."""

    @contextmanager
    def watch(url: str, archive: Path, files: list[File]) -> Iterator[None]:
        clean.load(archive, files)
        expected, over, half = clean.seen(), Event(), []
        reader = as_reader(url)

        def look() -> None:
            took = 0.0
            while not over.wait(0.05):
                with suppress(psycopg.OperationalError), connect(reader, autocommit=True) as connection:
                    while not over.wait(max(0.05, took)):  # until the database is killed
                        began = time.monotonic()
                        rows = connection.execute(SEEN).fetchall()
                        took = time.monotonic() - began
                        account.polls += 1
                        half.extend(row for row in rows if tuple(row[1:]) != expected[row[0]])

        thread = Thread(target=look)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
        account.half = len(half)
        assert half == []
        assert account.polls, "the reader saw nothing"

    return watch
