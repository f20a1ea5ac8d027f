"""Reads and loads mutants, and prints the results.

usage: python -m tests.hostile.run --seed 1 --count 500 [--only NUMBER]

A new database is made on the server that `juesuan` uses, and dropped. The exit status is 1 if there is a failure: a
crash, a wrong amount, a file or process that was left.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from ingest import errors
from ingest.isolation import Limits
from ingest.isolation.messages import Ended
from ingest.isolation.parent import extract_measured
from tests.hostile.mutate import Mutant, mutants
from tests.hostile.unprinted_amounts import changed, unsaid
from warehouse.base.errors import WarehouseError
from warehouse.load.document import load
from warehouse.records.reading import Extraction

LIMITS = Limits(memory_mb=512, seconds=20)
OVERHEAD_MB = 64  # memory of a reader before it reads, and of the parent while it checks the answer
UNCLEAR = re.compile(r"Traceback|object at 0x|^$|: *$|\n")


@dataclass(slots=True)
class Report:
    """Counts, remarks for a person to look at, and failures."""

    limits: Limits = LIMITS
    accepted: int = 0
    changed: int = 0  # amounts that differ from the original and were searched in the mutant's text
    refused: Counter[str] = field(default_factory=Counter)
    by_mutation: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    longest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")
    load_longest: tuple[float, str] = (0.0, "")

    def ended(self, mutant: Mutant, ended: Ended) -> None:
        self.longest = max(self.longest, (ended.seconds, _called(mutant)))
        self.largest = max(self.largest, (ended.peak_kb // 1024, _called(mutant)))
        if ended.seconds > self.limits.seconds + 5:
            self.failures.append(f"{_called(mutant)}: ran for {ended.seconds:.0f} s")
        if ended.peak_kb // 1024 > self.limits.memory_mb + OVERHEAD_MB:
            self.failures.append(f"{_called(mutant)}: took {ended.peak_kb // 1024} MB")

    def lines(self) -> Iterator[str]:
        contained = sum(self.refused[name] for name in ("ReaderCrashed", "ReaderKilled"))
        limits = sum(self.refused[name] for name in ("TooMuchMemory", "TooSlow", "TooMuchOutput", "TooManyPages"))
        yield f"accepted {self.accepted}, refused {self.refused.total()}, of these stopped at a limit {limits}"
        yield f"crashes contained {contained}"
        yield f"amounts that differ from the original's, each looked up in the mutant: {self.changed}"
        yield from (f"  {count:4} {name}" for name, count in self.refused.most_common())
        yield f"longest reading {self.longest[0]:.1f} s ({self.longest[1]}), limit {self.limits.seconds:g} s"
        most = self.limits.memory_mb
        yield f"largest reader {self.largest[0]} MB ({self.largest[1]}), limit {most} MB beyond its start"
        yield f"longest loading {self.load_longest[0]:.1f} s ({self.load_longest[1]})"
        yield f"must not happen: {len(self.failures)}"
        yield from (f"  {failure}" for failure in self.failures)


def run(connection: psycopg.Connection, chosen: Iterable[Mutant], report: Report) -> None:
    """Reads and loads each mutant. An exception that is not an IngestError is a fault of this program and ends it."""
    with tempfile.TemporaryDirectory(prefix="juesuan-hostile-") as folder:
        for mutant in chosen:
            path = Path(os.fsdecode(os.fsencode(folder) + b"/" + mutant.name.encode("utf-8", "surrogateescape")))
            path.write_bytes(mutant.data)
            _one(connection, mutant, path, report)
            path.unlink()
            _nothing_left(Path(folder), mutant, report)


def _one(connection: psycopg.Connection, mutant: Mutant, path: Path, report: Report) -> None:
    try:
        extraction = extract_measured(path, report.limits, measured=lambda ended: report.ended(mutant, ended))
    except errors.IngestError as error:
        _refused(mutant, error, report)
        return
    began = time.monotonic()
    try:
        load(connection, extraction)
    except (psycopg.DatabaseError, WarehouseError) as error:
        report.refused[f"load: {type(error).__name__}"] += 1
        if not isinstance(error, psycopg.DataError):
            report.failures.append(f"{_called(mutant)}: {type(error).__name__} {str(error).splitlines()[0]}")
        return
    report.load_longest = max(report.load_longest, (time.monotonic() - began, _called(mutant)))
    _accepted(mutant, extraction, report)


def _refused(mutant: Mutant, error: errors.IngestError, report: Report) -> None:
    report.refused[type(error).__name__] += 1
    report.by_mutation[f"{mutant.mutation}: {type(error).__name__}"] += 1
    if UNCLEAR.search(str(error)) or not str(error).isprintable():
        report.failures.append(f"{_called(mutant)}: unclear error {str(error)!r}")
    if isinstance(error, (errors.ReaderFailed, errors.ReaderLost, errors.FileChanged)):
        report.failures.append(f"{_called(mutant)}: {error}")


def _accepted(mutant: Mutant, extraction: Extraction, report: Report) -> None:
    report.accepted += 1
    report.by_mutation[f"{mutant.mutation}: accepted"] += 1
    report.changed += len(changed(mutant.original, extraction))
    for wrong in unsaid(mutant.original, mutant.data, extraction):
        report.failures.append(f"{_called(mutant)}: {wrong}")


def _nothing_left(folder: Path, mutant: Mutant, report: Report) -> None:
    """Reports a failure for a file that is left in the folder, for a process that is left, and for a file that an
    action of a mutant would write."""
    for left in folder.iterdir():
        report.failures.append(f"{_called(mutant)}: wrote {left.name!r}")
        left.unlink()
    server = [process for process in psutil.Process().children() if "ingest.isolation.server" in process.cmdline()]
    for process in (child for one in server for child in one.children(recursive=True)):
        report.failures.append(f"{_called(mutant)}: left the process {process.pid}")
    for wrote in (Path("written"), Path("/tmp/written")):
        if wrote.exists():
            report.failures.append(f"{_called(mutant)}: wrote {wrote}")


def _called(mutant: Mutant) -> str:
    return f"{mutant.number} {mutant.mutation} of {mutant.original.name}"


@contextmanager
def scratch() -> Iterator[psycopg.Connection]:
    from tests.conftest import new_database
    from warehouse import server
    from warehouse.base.database import connect
    from warehouse.load.reference import load_reference
    from warehouse.schema.upgrade import upgrade

    with new_database(server.start()) as url:
        upgrade(url, reader_password="reader")
        with connect(url) as connection:
            load_reference(connection)
            yield connection


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--only", type=int, action="append", help="the numbers of the mutants to run")
    parser.add_argument("-v", "--verbose", action="store_true", help="what became of each mutation")
    asked = parser.parse_args()
    report = Report()
    chosen = (one for one in mutants(asked.seed, asked.count) if not asked.only or one.number in asked.only)
    with scratch() as connection:
        run(connection, chosen, report)
    print(f"seed {asked.seed}, {asked.count} mutants")
    if asked.verbose:
        print(*(f"  {count:4} {what}" for what, count in sorted(report.by_mutation.items())), sep="\n")
    print(*report.lines(), sep="\n")
    sys.exit(bool(report.failures))


if __name__ == "__main__":
    main()
