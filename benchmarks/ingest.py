"""The whole ingest (read, check, load, publish) compared with pdfplumber's reading alone; two workers with one.

Both sides of a ratio run one after the other in every round, so that a change in the speed of the machine affects
both. The medians over the rounds are printed, and of a ratio also its minimum and maximum. Every round loads into a
new database.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.fresh_database import fresh_database, server_version
from benchmarks.machine import machine, page_count, pdfs
from ingest.isolation import extract_isolated, start_reading, stop_reading
from ingest.nightly.read_files import limits_of
from tests.faults.bodies import fill
from tests.ingest.truth import SAMPLES
from tests.work.nights import asked as answer
from tests.work.nights import finish, put_all, queue, workers
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.load.document import load

TIMES_PLAIN, TIMES_ONE_WORKER = 5, 1.9
WARM_UP = SAMPLES / "shifan_gongxin_2024.pdf"
PLAIN = """
import logging, sys, pdfplumber
logging.disable(logging.ERROR)
for name in sys.argv[1:]:
    with pdfplumber.open(name) as pdf:
        for page in pdf.pages:
            page.extract_tables()
"""
WORKED = """
select count(*) filter (where status = 'loaded'), extract(epoch from max(ended_at) - min(started_at))::float8
from warehouse.reading
"""


def measure(asked: argparse.Namespace) -> list[str]:
    before, files = machine(server_version()), pdfs()
    return [
        f"{before}; {len(files)} PDFs, {page_count(files)} pages; {asked.rounds} rounds.",
        "",
        *against_plain(files, asked.rounds),
        "",
        *two_workers(asked.documents, asked.rounds),
    ]


def against_plain(files: list[Path], rounds: int) -> list[str]:
    """A Markdown table: seconds of each side, and how many times as fast as pdfplumber."""
    plain, command, reading, loading = [], [], [], []
    for _ in range(rounds):
        plain.append(clock(lambda: run([sys.executable, "-c", PLAIN, *files])))
        with fresh_database() as url:
            command.append(clock(lambda: run([sys.executable, "-m", "ingest.cli", "ingest", *files], url)))
        with fresh_database() as url:
            read, loaded = steady(files, url)
            reading.append(read)
            loading.append(loaded)
    both = [a + b for a, b in zip(reading, loading, strict=True)]
    return [
        "| all files | seconds | times plain pdfplumber (min–max) | target |",
        "|---|--:|--:|--:|",
        line("plain `pdfplumber.extract_tables`", plain, plain),
        line("`juesuan ingest`, from start to end", command, plain, f"≥ {TIMES_PLAIN}"),
        line("the same without its start, one file after the other", both, plain, f"≥ {TIMES_PLAIN}"),
        line("– reading in a process of its own, with all checks", reading, plain),
        line("– loading and publishing", loading, plain),
    ]


def steady(files: list[Path], url: str) -> tuple[float, float]:
    """Seconds of reading and of loading all files, after another document was read and loaded to start everything."""
    limits, read, loaded = limits_of(Settings()), 0.0, 0.0
    start_reading()
    with connect(url) as connection:
        load(connection, extract_isolated(WARM_UP, limits))
        for file in files:
            start = time.perf_counter()
            extraction = extract_isolated(file, limits)
            between = time.perf_counter()
            load(connection, extraction)
            read, loaded = read + between - start, loaded + time.perf_counter() - between
    stop_reading()
    return read, loaded


def two_workers(documents: int, rounds: int) -> list[str]:
    """A Markdown table: seconds from the start of the first document to the end of the last one, without the start of
    the workers."""
    one, two = [], []
    with tempfile.TemporaryDirectory() as folder:
        texts, _ = fill(Path(folder) / "bodies", documents, share=0)
        for _ in range(rounds):
            one.append(worked(texts, 1))
            two.append(worked(texts, 2))
    return [
        f"| {documents} documents, each another body's accounts | seconds | times one worker (min–max) | target |",
        "|---|--:|--:|--:|",
        line("one worker", one, one),
        line("two workers", two, one, f"≥ {TIMES_ONE_WORKER}"),
    ]


def worked(texts: list[Path], number: int) -> float:
    with fresh_database() as url, tempfile.TemporaryDirectory() as archive:
        queue(url, put_all(Path(archive), texts))
        with workers(url, Path(archive), number) as started:
            finish(started, 1800)
        ((loaded, seconds),) = answer(url, WORKED)
    if loaded != len(texts):
        raise SystemExit(f"{len(texts) - loaded} of {len(texts)} documents were not loaded")
    return seconds


def clock(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(command: list[str | Path], url: str | None = None) -> None:
    environment = os.environ | ({"JUESUAN_DATABASE_URL": url} if url else {})
    subprocess.run(command, check=True, capture_output=True, env=environment)


def line(what: str, seconds: list[float], base: list[float], target: str = "") -> str:
    ratios = [b / s for b, s in zip(base, seconds, strict=True)]
    times = f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    return f"| {what} | {median(seconds):.2f} | {times} | {target} |"
