"""Fifty readers at once of `juesuan serve`, over HTTP: how long answers take.

usage: python -m benchmarks readers [--seconds N] [--readers N]

The warehouse has the corpus, with its files, and generated documents without files. Each reader asks for one page after
another without a pause, each time for another one of its kind as long as there are others: evidence with the picture of
its row, bodies, documents, searches and comparisons. The report says how many of the answers were the first at their
address. No picture is there before; a page of a file is drawn for the first number on it that is asked for. Before that
each kind of page is asked for alone, for the CPU time that it takes of the application and of PostgreSQL. Readers are
threads of a process of their own on the same machine.
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
from itertools import cycle
from pathlib import Path

import httpx
from psycopg import Connection

from benchmarks.fill_warehouse import fill
from benchmarks.generated_documents import PARSER
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
GENERATED = 1000  # documents: ten years of a hundred bodies
WORDS = 500  # that are searched, of two to four characters
CELLS = """
select amount.document_id, concat_ws('/', amount.table_code, amount.row_key, amount.measure), amount.page
from mart.amount
inner join mart.published_document as document on document.document_id = amount.document_id
where
    amount.is_current
    and amount.presence = 'number'
    and amount.page is not null
    and document.parser_version <> %s
"""
TEXTS = """
(select text from mart.document_text order by md5(text) limit 1000)
union all
select department from mart.department
"""
BODIES = "select distinct department_id from mart.published_document where department_id is not null"
DOCUMENTS = "select document_id from mart.published_document where is_current"
COMPARISONS = "select distinct metric, fiscal_year from mart.city_comparison where fiscal_year is not null"
ALL_OF_A_KIND = 3000  # addresses at most


@dataclass
class Answers:
    """Kind of page → seconds of each answer, and the addresses asked for; those that were not answered with 200."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
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
            fill(connection, GENERATED)
            _load(connection, folder / "archive")
            pages, drawn = _pages(connection), len({(document, page) for document, _, page in _cells(connection)})
            connection.rollback()
            with _serving(made, folder) as (base, process):
                alone = _alone(base, pages, process.pid, Processor(connection))
                together = _together(base, pages, asked.readers, asked.seconds)
    said = (
        f"{asked.readers} readers for {asked.seconds} s; {len(pages['document'])} documents, of which {len(pdfs())}"
        f" have files, with numbers on {drawn} pages."
    )
    return [first, "", said, "", *alone, "", *_report(together, asked.seconds)]


def _load(connection: Connection, folder: Path) -> None:
    archive = Archive(folder)
    for path in pdfs():
        read = extract_isolated(path)
        load(connection, read)
        kept = archive.path(read.source.sha256)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)


def _cells(connection: Connection) -> list[tuple[int, str, int]]:
    """Document, place and page of the numbers of the corpus."""
    return connection.execute(CELLS, [PARSER]).fetchall()


def _pages(connection: Connection) -> Mapping[str, Sequence[str]]:
    """Kind of page → addresses, in a random order."""
    cells = _cells(connection)
    comparisons = [page_address("zh", "compare", *row) for row in connection.execute(COMPARISONS)]
    found = {
        "evidence": [address(document, place, "zh") for document, place, _ in cells],
        "picture": [address(document, place, "zh", picture="row") for document, place, _ in cells],
        "body": [page_address("zh", "bodies", *row) for row in connection.execute(BODIES)],
        "document": [page_address("zh", "documents", *row) for row in connection.execute(DOCUMENTS)],
        "search": [page_address("zh", "search", q=word) for word in _words(connection)],
        "comparison": comparisons,
    }
    chance = random.Random(SEED)
    return {kind: chance.sample(some, min(ALL_OF_A_KIND, len(some))) for kind, some in found.items()}


def _words(connection: Connection) -> list[str]:
    """Pieces of what is stored."""
    chance, words = random.Random(SEED), set[str]()
    texts = [text for (text,) in connection.execute(TEXTS) if len(text) > 4]
    while len(words) < WORDS:
        text = chance.choice(texts)
        start = chance.randrange(len(text) - 4)
        words.add(text[start : start + chance.randint(2, 4)].strip())
    return sorted(word for word in words if len(word) > 1)


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
    following = {kind: cycle(addresses) for kind, addresses in pages.items()}
    with ThreadPoolExecutor(readers) as pool:
        for done in [pool.submit(_read, base, following, number, end, answers) for number in range(readers)]:
            done.result()
    return answers


def _read(base: str, following: Mapping[str, Iterator[str]], number: int, end: float, answers: Answers) -> None:
    chance = random.Random(SEED + number)
    with httpx.Client(base_url=base, timeout=TIMEOUT) as client:
        while (start := time.perf_counter()) < end:
            (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
            asked = next(following[kind])
            answers.asked[kind].add(asked)
            try:
                status = client.get(asked).status_code
            except httpx.HTTPError as error:
                status = type(error).__name__
            answers.seconds[kind].append(time.perf_counter() - start)
            if status != httpx.codes.OK:
                answers.failed.append(f"{status} {asked}")


def _report(answers: Answers, seconds: float) -> list[str]:
    every = [one for some in answers.seconds.values() for one in some]
    rows = [[kind, *_shown(some), str(len(answers.asked[kind]))] for kind, some in sorted(answers.seconds.items())]
    verdict = "reached" if _p95(every) <= TARGET and not answers.failed else "**missed**"
    failed = [f"- {one}" for one in answers.failed[:5]]
    return [
        *table(
            ["page, asked for by all", "answers", "median ms", "p95 ms", "longest ms", "different addresses"],
            [*rows, ["all", *_shown(every), str(sum(map(len, answers.asked.values())))]],
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
