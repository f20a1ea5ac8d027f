"""Loading amounts in three ways: document by document, by psql's COPY into the same table, and in bulk.

usage: python -m benchmarks.loading [--documents N] [--rounds N] [--bulk N] [--folder FOLDER] [--into FILE.md]

All run one after the other in every round, on one server, with all keys, indexes and triggers. A ratio is of one
round; medians are printed, by elapsed time and by CPU time of clients and server together. On a machine with other
users only the CPU time is steady. psql copies the rows that the loader has just stored; they are deleted before each
COPY. The loader also writes tables found, doubts, checks, sentences and versions; psql writes amounts only.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import psycopg

from benchmarks.fill_warehouse import fill
from benchmarks.generated_bodies import bodies
from benchmarks.generated_documents import SEED, YEARS, extraction, extractions
from benchmarks.generated_documents import documents as made_documents
from benchmarks.machine import Processor, machine, server, spread, table
from benchmarks.warehouses import new_warehouse, own_server
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.load.bulk import rebuild
from warehouse.load.document import load
from warehouse.load.tables_and_doubts import AMOUNT_COLUMNS
from warehouse.publish import refresh
from warehouse.records.reading import Extraction

SETTLE_SECONDS = 0.2
DOCUMENTS, IN_BULK = 200, 2000  # documents per round
STEADY = 500  # documents that are loaded before the first round
LOADER, PUBLISHED = "loader, a transaction per document", "loader, made public together"
PER_FILE, PER_DOCUMENT, ONE_FILE = "psql, one file a document", "one psql, a COPY a document", "psql, one file of all"
BULK, BULK_PUBLISHED = "bulk, keys built at the end", "bulk, made public"
TARGET, BULK_TARGET = 0.75, 4
NEW_PARSES = "select parse_id from warehouse.parse where parse_id > %s order by parse_id"
# A trigger refuses to delete amounts of a parse; as a replica the session fires no triggers.
TAKE_OUT = "set local session_replication_role = replica; delete from warehouse.amount where parse_id > {}"


Moment = tuple[float, float]  # elapsed seconds, CPU seconds


@dataclass
class Timed:
    """Way of loading → rows per second in each round, by elapsed time and by CPU time."""

    processor: Processor
    rates: dict[str, list[float]] = field(default_factory=dict)
    by_work: dict[str, list[float]] = field(default_factory=dict)

    def now(self) -> Moment:
        return time.perf_counter(), self.processor.seconds()

    def settled(self) -> Moment:
        """The elapsed time now, and the CPU time a moment later, when sessions that are ending have ended."""
        clock = time.perf_counter()
        time.sleep(SETTLE_SECONDS)
        return clock, self.processor.seconds()

    def note(self, way: str, rows: int, start: Moment, end: Moment | None = None) -> None:
        clock, work = end or self.now()
        self.rates.setdefault(way, []).append(rows / (clock - start[0]))
        self.by_work.setdefault(way, []).append(rows / (work - start[1]))


def main(arguments: list[str]) -> None:
    asked = _arguments().parse_args(arguments)
    text = "\n".join(["# Loading", "", *_run(asked.documents, asked.bulk, asked.rounds, asked.folder)])
    print(text)
    if asked.into:
        asked.into.write_text(text, encoding="utf-8")


def measure(asked: argparse.Namespace) -> list[str]:
    """Called by `make bench`; uses `asked.rounds`."""
    return _run(DOCUMENTS, IN_BULK, asked.rounds, None)


def _run(documents: int, in_bulk: int, rounds: int, parent: Path | None) -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix="juesuan-loading-", dir=parent))
    folder.chmod(0o755)  # PostgreSQL runs as another user and must enter it
    try:
        with own_server(folder) as settings:
            first, timed = _rounds(settings, documents, in_bulk, rounds, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said = (
        f"{documents} documents of 500 amounts a round, in a warehouse that held {STEADY} before; {in_bulk} in bulk;"
        f" {rounds} rounds. The loader stores 18 other rows a document."
    )
    return [first, "", said, "", *_report(timed), ""]


def _rounds(settings: Settings, documents: int, in_bulk: int, rounds: int, folder: Path) -> tuple[str, Timed]:
    others = _other_documents()
    with new_warehouse(settings, "steady") as steady, connect(steady.url) as connection:
        first, timed = machine(server(connection)), Timed(Processor(connection))
        connection.rollback()
        fill(connection, STEADY)
        for round_ in range(rounds):
            _document_by_document(connection, steady.url, list(islice(others, documents)), folder, timed)
            with new_warehouse(settings, f"bulk_{round_}") as empty, connect(empty.url) as other:
                _in_bulk(other, list(extractions(in_bulk)), timed)
    return first, timed


def _other_documents() -> Iterator[Extraction]:
    """Documents of bodies of which none is loaded yet."""
    there = {made.body for made in made_documents(STEADY)}
    return (extraction(made) for made in made_documents(len(bodies(SEED)) * len(YEARS)) if made.body not in there)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="loaded one by one in a round")
    parser.add_argument("--bulk", type=int, default=IN_BULK, help="loaded in bulk in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--into", type=Path, help="write the tables to this file")
    return parser


def _document_by_document(
    connection: psycopg.Connection, url: str, documents: list[Extraction], folder: Path, timed: Timed
) -> None:
    (last,) = connection.execute("select max(parse_id) from warehouse.parse").fetchone()
    connection.rollback()
    rows = sum(len(document.amounts) for document in documents)
    start = timed.now()
    for document in documents:
        load(connection, document, refresh=False)
    timed.note(LOADER, rows, start)
    refresh.refresh_stale(connection)
    timed.note(PUBLISHED, rows, start)
    files = _files(connection, last, folder)
    for way, commands in _by_psql(files, folder, url):
        _take_out(connection, url, last)
        start = timed.now()
        for command in commands:
            subprocess.run(command, check=True, capture_output=True)
        timed.note(way, rows, start, timed.settled())


def _files(connection: psycopg.Connection, last: int, folder: Path) -> list[Path]:
    files = []
    for (parse_id,) in connection.execute(NEW_PARSES, [last]).fetchall():
        files.append(folder / f"{parse_id}.copy")
        query = f"copy (select {AMOUNT_COLUMNS} from warehouse.amount where parse_id = {parse_id}) to stdout"
        with files[-1].open("wb") as file, connection.cursor().copy(query) as copy:
            for block in copy:
                file.write(block)
    connection.rollback()
    return files


def _by_psql(files: list[Path], folder: Path, url: str) -> Iterator[tuple[str, list[list[str]]]]:
    whole, script = folder / "all.copy", folder / "all.sql"
    whole.write_bytes(b"".join(file.read_bytes() for file in files))
    script.write_text("".join(f"{_copy_of(file)}\n" for file in files))
    psql = ["psql", url, "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    yield PER_FILE, [[*psql, f"--command={_copy_of(file)}"] for file in files]
    yield PER_DOCUMENT, [[*psql, f"--file={script}"]]
    yield ONE_FILE, [[*psql, f"--command={_copy_of(whole)}"]]


def _copy_of(file: Path) -> str:
    return f"\\copy warehouse.amount ({AMOUNT_COLUMNS}) from '{file}'"


def _take_out(connection: psycopg.Connection, url: str, last: int) -> None:
    connection.execute(TAKE_OUT.format(last))
    connection.commit()
    with connect(url, autocommit=True) as other:
        other.execute("vacuum warehouse.amount")


def _in_bulk(connection: psycopg.Connection, documents: list[Extraction], timed: Timed) -> None:
    rows = sum(len(document.amounts) for document in documents)
    start = timed.now()
    reached: dict[str, Moment] = {}
    rebuild(connection, documents, lambda step: reached.update({step: timed.now()}))
    timed.note(BULK, rows, start, reached["keys built"])
    timed.note(BULK_PUBLISHED, rows, start)


def _report(timed: Timed) -> list[str]:
    rows = [[way, spread(rates, 0), spread(timed.by_work[way], 0)] for way, rates in timed.rates.items()]
    ratios = [_ratio(timed, LOADER, other, TARGET) for other in (PER_FILE, PER_DOCUMENT, ONE_FILE)]
    ratios += [_ratio(timed, BULK, LOADER, BULK_TARGET), _ratio(timed, BULK_PUBLISHED, PUBLISHED, BULK_TARGET)]
    return [
        *table(["way", "amounts/s", "amounts per second of CPU"], rows),
        "",
        *table(["", "ratio", "by CPU", "target", ""], ratios),
    ]


def _ratio(timed: Timed, one: str, other: str, target: float) -> list[str]:
    ratios, by_work = (
        [a / b for a, b in zip(rates[one], rates[other], strict=True)] for rates in (timed.rates, timed.by_work)
    )
    reached = "reached" if statistics.median(ratios) >= target else "**missed**"
    return [f"{one} : {other}", spread(ratios), spread(by_work), f"≥ {target:g}", reached]


if __name__ == "__main__":
    main(sys.argv[1:])
