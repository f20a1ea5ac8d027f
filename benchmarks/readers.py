"""Fifty readers at once of `juesuan serve`, over HTTP, on a warehouse of the corpus: how long answers take.

usage: python -m benchmarks readers [--seconds N] [--readers N]

Each reader asks for one page after another without a pause: evidence with the picture of its row, bodies, documents,
searches and comparisons. Before that each kind of page is asked for alone, for the CPU time that it takes of the
application and of PostgreSQL. Readers are threads of a process of their own on the same machine.
"""

import argparse
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from psycopg import Connection

from benchmarks.machine import Processor, cpu_seconds, machine, pdfs, server, table
from benchmarks.warehouses import Warehouse, new_warehouse, own_server
from ingest.isolation import extract_isolated
from ingest.pages.web.answers import address, page_address
from ingest.sync.archive import Archive
from warehouse.base.database import connect
from warehouse.load.document import load

SEED = 17
ALONE = 30  # requests of each kind, one after another
TARGET = 1000  # ms
TIMEOUT = 60.0
SHARES = {"evidence": 30, "picture": 20, "body": 15, "document": 5, "search": 15, "comparison": 15}
WORDS = ("预算", "三公", "项目", "满意", "人员经费", "减少", "工业和信息化", "数量指标", "增长", "培训")
CELLS = """
select document_id, concat_ws('/', table_code, row_key, measure) from mart.amount
where is_current and presence = 'number' and page is not null order by md5(document_id || row_key || measure) limit 300
"""
BODIES = "select distinct department_id from mart.published_document where department_id is not null"
DOCUMENTS = "select document_id from mart.published_document where is_current"
COMPARISONS = "select distinct metric, fiscal_year from mart.city_comparison where fiscal_year is not null"


@dataclass
class Answers:
    """Kind of page → seconds of each answer; addresses that were not answered with 200."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)


def measure(asked: argparse.Namespace) -> list[str]:
    """Called by `make bench`; uses `asked.readers` and `asked.seconds`."""
    with tempfile.TemporaryDirectory(prefix="juesuan-readers-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as another user and must enter it
        with (
            own_server(folder) as settings,
            new_warehouse(settings, "readers") as made,
            connect(made.url) as connection,
        ):
            first = machine(server(connection))
            connection.rollback()  # each load is a transaction of its own
            _load(connection, folder / "archive")
            pages = _pages(connection)
            connection.rollback()
            with _serving(made, folder) as (base, process):
                alone = _alone(base, pages, process.pid, Processor(connection))
                together = _together(base, pages, asked.readers, asked.seconds)
    said = f"{asked.readers} readers for {asked.seconds} s, {len(pages['document'])} documents."
    return [first, "", said, "", *alone, "", *_report(together, asked.seconds)]


def _load(connection: Connection, folder: Path) -> None:
    archive = Archive(folder)
    for path in pdfs():
        read = extract_isolated(path)
        load(connection, read)
        kept = archive.path(read.source.sha256)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)


def _pages(connection: Connection) -> Mapping[str, Sequence[str]]:
    """Kind of page → addresses."""
    cells = connection.execute(CELLS).fetchall()
    return {
        "evidence": [address(document, place, "zh") for document, place in cells],
        "picture": [address(document, place, "zh", picture="row") for document, place in cells],
        "body": [page_address("zh", "bodies", *row) for row in connection.execute(BODIES)],
        "document": [page_address("zh", "documents", *row) for row in connection.execute(DOCUMENTS)],
        "search": [page_address("zh", "search", q=word) for word in WORDS],
        "comparison": [page_address("zh", "compare", *row) for row in connection.execute(COMPARISONS)],
    }


@contextmanager
def _serving(made: Warehouse, folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of the application, when it answers, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"JUESUAN_DATABASE_URL": made.reader, "JUESUAN_ARCHIVE": str(folder / "archive")}
    command = [Path(sys.executable).with_name("juesuan"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base)
        yield base, process
    finally:
        process.terminate()
        process.wait()


def _wait_for(base: str) -> None:
    for _ in range(300):
        try:
            httpx.get(base, timeout=TIMEOUT)
            return
        except httpx.ConnectError:
            time.sleep(0.2)
    raise TimeoutError(base)


def _alone(base: str, pages: Mapping[str, Sequence[str]], pid: int, postgres: Processor) -> list[str]:
    rows, own = [], os.times
    with httpx.Client(base_url=base, timeout=TIMEOUT) as client:
        for kind, addresses in pages.items():
            client.get(addresses[-1])
            spent, start = (cpu_seconds(pid), postgres.seconds() - sum(own()[:4])), time.perf_counter()
            for number in range(ALONE):
                client.get(addresses[number % len(addresses)])
            elapsed = time.perf_counter() - start
            of_application, of_postgres = (cpu_seconds(pid), postgres.seconds() - sum(own()[:4]))
            ms = (elapsed, of_application - spent[0], of_postgres - spent[1])
            rows.append([kind, *(f"{1000 * one / ALONE:.1f}" for one in ms)])
    return table(["page, asked for alone", "ms", "CPU ms of the application", "CPU ms of PostgreSQL"], rows)


def _together(base: str, pages: Mapping[str, Sequence[str]], readers: int, seconds: float) -> Answers:
    answers, end = Answers(), time.perf_counter() + seconds
    with ThreadPoolExecutor(readers) as pool:
        for done in [pool.submit(_read, base, pages, number, end, answers) for number in range(readers)]:
            done.result()
    return answers


def _read(base: str, pages: Mapping[str, Sequence[str]], number: int, end: float, answers: Answers) -> None:
    chance = random.Random(SEED + number)
    with httpx.Client(base_url=base, timeout=TIMEOUT) as client:
        while (start := time.perf_counter()) < end:
            (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
            asked = chance.choice(pages[kind])
            try:
                status = client.get(asked).status_code
            except httpx.HTTPError as error:
                status = type(error).__name__
            answers.seconds[kind].append(time.perf_counter() - start)
            if status != httpx.codes.OK:
                answers.failed.append(f"{status} {asked}")


def _report(answers: Answers, seconds: float) -> list[str]:
    every = [one for some in answers.seconds.values() for one in some]
    rows = [[kind, *_shown(some)] for kind, some in sorted(answers.seconds.items())]
    verdict = "reached" if _p95(every) <= TARGET and not answers.failed else "**missed**"
    failed = [f"- {one}" for one in answers.failed[:5]]
    return [
        *table(
            ["page, asked for by all", "answers", "median ms", "p95 ms", "longest ms"], [*rows, ["all", *_shown(every)]]
        ),
        "",
        f"{len(every) / seconds:.0f} answers a second; {len(answers.failed)} errors; p95 ≤ {TARGET} ms: {verdict}.",
        *failed,
    ]


def _p95(seconds: Sequence[float]) -> float:
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


def _shown(seconds: Sequence[float]) -> list[str]:
    ms = (1000 * statistics.median(seconds), _p95(seconds), 1000 * max(seconds))
    return [str(len(seconds)), *(f"{one:.0f}" for one in ms)]
