"""The search of `juesuan serve` in a million generated sentences: how long an answer takes, and what the index costs.

usage: python -m benchmarks search [--sentences N]

Sentences are of made-up words, of which few are frequent and most are rare, as in a language. Asked are words of two
and of four characters, the most frequent ones, pairs of characters that stand beside each other in few sentences though
each is frequent, and words that no sentence has. An answer has all parts that a page of the search shows.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from pathlib import Path

from psycopg import Connection

from benchmarks.generated_documents import SEED, Made, documents, extraction
from benchmarks.machine import machine, mebibytes, server, table
from benchmarks.warehouses import Warehouse, new_warehouse, own_server
from ingest.pages.web.readers import Readers
from ingest.pages.web.search import searched
from warehouse.base.database import connect
from warehouse.load.bulk import without_keys
from warehouse.load.bulk_documents import BulkDocuments
from warehouse.records.places import Place
from warehouse.records.reading import Extraction, Indicator, PerformanceProject, StatedFigure

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]
WORDS = 8000
STATED, INDICATORS = 69, 30  # and a project: a hundred texts of a document
CHUNK = 200
OF_A_KIND = 60  # words that are asked for
INDEX = "mart.document_text_searched_idx"
ANALYZED = "analyze mart.document_text"
TARGET = 100  # ms


@dataclass
class Language:
    """Made-up words of two characters; the n-th is n times rarer than the first."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    def __post_init__(self) -> None:
        pairs = {"".join(self.chance.choices(CHARACTERS, k=2)) for _ in range(2 * WORDS)}
        self.words = sorted(pairs)[:WORDS]
        self.chance.shuffle(self.words)
        self._weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))

    def sentence(self, words: int) -> str:
        return "".join(self.chance.choices(self.words, cum_weights=self._weights, k=words))

    def asked(self) -> Mapping[str, Sequence[str]]:
        """Kind of words → words."""
        word, frequent = self.chance.choice, self.words[:OF_A_KIND]
        return {
            "the most frequent": frequent,
            "of two characters": [word(self.words) for _ in range(OF_A_KIND)],
            "of four characters": [word(frequent) + word(frequent) for _ in range(OF_A_KIND)],
            "frequent characters": [word(frequent)[1] + word(frequent)[0] for _ in range(OF_A_KIND)],
            "in no sentence": ["".join(self.chance.choices(CHARACTERS, k=3)) for _ in range(OF_A_KIND)],
        }


def measure(asked: argparse.Namespace) -> list[str]:
    """Called by `make bench`; uses `asked.sentences`."""
    with tempfile.TemporaryDirectory(prefix="juesuan-search-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user and must enter it
        with own_server(Path(folder)) as settings, new_warehouse(settings, "sentences") as made:
            return _measured(made, asked.sentences)


def _measured(made: Warehouse, sentences: int) -> list[str]:
    language = Language()
    with connect(made.url) as connection:
        first = machine(server(connection))
        connection.rollback()
        _fill(connection, language, sentences // (STATED + INDICATORS + 1))
        costs = _costs(connection)
    readers = Readers(made.reader)
    readers.open()
    try:
        seconds = {kind: [_seconds(readers, word) for word in words] for kind, words in language.asked().items()}
    finally:
        readers.close()
    return [first, "", *costs, "", *_report(seconds)]


def _fill(connection: Connection, language: Language, count: int) -> None:
    made = documents(count)
    with without_keys(connection):
        added = BulkDocuments(connection)
        while chunk := list(islice(made, CHUNK)):
            added.add([_with_sentences(one, language) for one in chunk])
        added.finish()


def _with_sentences(made: Made, language: Language) -> Extraction:
    form = PerformanceProject(language.sentence(4), "project", place=Place(25), indicators=tuple(_indicators(language)))
    return replace(extraction(made, with_amounts=False), stated=tuple(_stated(language)), projects=(form,))


def _stated(language: Language) -> Iterator[StatedFigure]:
    for number in range(STATED):
        said = language.sentence(16)
        yield StatedFigure("year_over_year", f"{number}", "reason", None, None, said, text=said, place=Place(21))


def _indicators(language: Language) -> Iterator[Indicator]:
    for number in range(1, INDICATORS + 1):
        names = (language.sentence(2) for _ in range(3))
        yield Indicator(number, *names, target=language.sentence(2), reason=language.sentence(6), place=Place(26))


def _costs(connection: Connection) -> list[str]:
    """How many texts there are, and what their index takes."""
    start = time.perf_counter()
    connection.execute(f"reindex index {INDEX}")
    built = time.perf_counter() - start
    connection.execute(ANALYZED)
    texts, rows, index = connection.execute(
        "select count(*), pg_table_size('mart.document_text'), pg_relation_size(%s) from mart.document_text", [INDEX]
    ).fetchone()
    connection.commit()
    return [
        f"{texts:,} texts in {mebibytes(rows)} MiB; the index of pairs has {mebibytes(index)} MiB and is built in"
        f" {built:.0f} s."
    ]


def _seconds(readers: Readers, words: str) -> float:
    start = time.perf_counter()
    searched(readers, words)
    return time.perf_counter() - start


def _report(seconds: Mapping[str, Sequence[float]]) -> list[str]:
    rows = {**seconds, "all": [one for some in seconds.values() for one in some]}
    return table(
        ["words", "asked", "median ms", "p95 ms", "longest ms", "target", ""],
        [[kind, str(len(some)), *_shown(some), f"p95 ≤ {TARGET}", _verdict(some)] for kind, some in rows.items()],
    )


def _p95(seconds: Sequence[float]) -> float:
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


def _shown(seconds: Sequence[float]) -> list[str]:
    return [f"{ms:.1f}" for ms in (1000 * statistics.median(seconds), _p95(seconds), 1000 * max(seconds))]


def _verdict(seconds: Sequence[float]) -> str:
    return "reached" if _p95(seconds) <= TARGET else "**missed**"
