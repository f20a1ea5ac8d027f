"""Queries of analysts on 1, 5 and 20 million amounts: PostgreSQL compared with DuckDB on the same rows.

usage: python -m benchmarks.queries [--amounts N…] [--budgets SHARE] [--rounds N] [--folder FOLDER] [--into FILE.md]

PostgreSQL answers as juesuan_reader from schema mart, with one parallel worker besides the session; DuckDB has two
threads. The results must be equal. All run one after the other in every round. The ratio is the median of the ratios
of the rounds. A second ratio divides the shortest times of either: it is affected least by other users of the machine.
With a share of budgets the views of budgets are asked too.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import psycopg

from benchmarks.analyst_queries import (
    BUDGET_VIEWS,
    EXPORT,
    EXPORTED,
    FROM_AMOUNT,
    OF_BUDGETS,
    PAGES,
    QUERIES,
    SIZES,
    WHAT_PAGES,
    Query,
)
from benchmarks.duckdb_process import DuckDb
from benchmarks.fill_warehouse import fill
from benchmarks.generated_bodies import bodies
from benchmarks.generated_documents import SEED, YEARS, document_of, extraction
from benchmarks.machine import machine, mebibytes, server, spread, table
from benchmarks.warehouses import Warehouse, new_warehouse, own_server
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.publish import refresh
from warehouse.records.reading import Source

ROWS_OF_A_DOCUMENT = 500
OURS = "PostgreSQL"
ROUNDS = 15
DUCKS = {
    "parquet": "read_parquet('{folder}/rows.parquet')",
    "native": "rows",
    "sorted": "read_parquet('{folder}/sorted.parquet')",
}
NAMES = {
    "parquet": "DuckDB on Parquet",
    "native": "DuckDB, its own table",
    "sorted": "DuckDB on sorted Parquet",
    "mart.amount": "PostgreSQL on mart.amount",
}
TIMES_OF_SELECT_1 = 50
PREPARED = ", prepared"  # as a prepared statement, which drivers use for a repeated query


@dataclass
class Size:
    """The measurements with one number of amounts. `steps`: step → seconds; `seconds`: query → who answered → seconds
    of each round."""

    amounts: int
    steps: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    unequal: list[str] = field(default_factory=list)
    budgets: float = 0  # their share of the documents
    seconds_of_budgets: dict[str, dict[str, list[float]]] = field(default_factory=dict)  # view → question → seconds
    duck: str = ""  # the version of DuckDB


def main(arguments: list[str]) -> None:
    asked = _arguments().parse_args(arguments)
    text = "\n".join(["# Queries", "", *_run(asked.amounts, asked.rounds, asked.folder, asked.budgets)])
    print(text)
    if asked.into:
        asked.into.write_text(text, encoding="utf-8")


def measure(asked: argparse.Namespace) -> list[str]:
    """Called by `make bench`; uses `asked.amounts`, `asked.budgets` and the system's folder for temporary files."""
    return _run(asked.amounts, ROUNDS, None, asked.budgets)


def _run(amounts: list[int], rounds: int, parent: Path | None, budgets: float) -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix="juesuan-queries-", dir=parent))
    folder.chmod(0o755)  # PostgreSQL runs as another user and must enter it
    first, sizes = "", []
    try:
        with own_server(folder) as settings:
            for count in amounts:
                with new_warehouse(settings, f"amounts_{count}") as warehouse:
                    first = first or _machine(warehouse)
                    sizes.append(_at_size(warehouse, folder / "duck", Size(count, budgets=budgets), rounds))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        f"{first}; DuckDB {sizes[0].duck}, 2 threads",
        "",
        *(line for size in sizes for line in report(size)),
        *growth(sizes),
    ]


def _machine(warehouse: Warehouse) -> str:
    with connect(warehouse.url) as connection:
        return machine(server(connection))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--amounts", type=int, nargs="+", default=[1_000_000, 5_000_000, 20_000_000])
    parser.add_argument("--budgets", type=float, default=0, help="the share of documents that are budgets, up to 0.5")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, help="for temporary files: 20 million amounts take 25 GB")
    parser.add_argument("--into", type=Path, help="write the tables to this file")
    return parser


def _at_size(warehouse: Warehouse, folder: Path, size: Size, rounds: int) -> Size:
    _fill(warehouse, size)
    folder.mkdir()
    try:
        with DuckDb(folder / "rows.duckdb") as duck, connect(warehouse.reader, autocommit=True) as reader:
            size.duck = duck.ask("select version()")[1][0][0]
            _export(warehouse, duck, folder, size)
            reader.prepare_threshold = None
            reader.execute("set max_parallel_workers_per_gather = 1")
            _compare(reader, duck, folder, size, rounds)
            if size.budgets:
                _ask_budgets(reader, size, rounds)
        _sizes(warehouse, folder, size)
    finally:
        shutil.rmtree(folder)
    _refresh(warehouse, size)
    return size


def _fill(warehouse: Warehouse, size: Size) -> None:
    start = time.perf_counter()

    def reached(step: str) -> None:
        size.steps[step] = time.perf_counter() - start - sum(size.steps.values())

    with connect(warehouse.url) as connection:
        fill(connection, size.amounts // ROWS_OF_A_DOCUMENT, reached, size.budgets)
    with connect(warehouse.url, autocommit=True) as connection:
        connection.execute("vacuum analyze")
    reached("vacuum analyze")


def _export(warehouse: Warehouse, duck: DuckDb, folder: Path, size: Size) -> None:
    """Copy mart.amount to DuckDB and Parquet, in the order in which the rows were loaded; and once more sorted."""
    start = time.perf_counter()
    with connect(warehouse.url) as connection, (folder / "rows.csv").open("wb") as file:
        connection.execute("set max_parallel_workers_per_gather = 0")
        with connection.cursor().copy(EXPORT) as copy:
            for block in copy:
                file.write(block)
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in EXPORTED.items())
    for sql in (
        f"create table rows as from read_csv('{folder}/rows.csv', header = false, columns = {{{columns}}})",
        f"copy rows to '{folder}/rows.parquet'",
        f"copy (from rows order by fiscal_year, province, city, row_key) to '{folder}/sorted.parquet'",
        "checkpoint",
    ):
        duck.ask(sql)
    (folder / "rows.csv").unlink()
    size.steps["export to DuckDB and Parquet"] = time.perf_counter() - start


def _compare(reader: psycopg.Connection, duck: DuckDb, folder: Path, size: Size, rounds: int) -> None:
    department_id = reader.execute("select min(department_id) from mart.published_document").fetchone()[0]
    values = {"department_id": department_id}
    for round_ in range(rounds + 1):  # the first is not timed: it fills the caches, and its results are compared
        for query in QUERIES:
            answers = {OURS: _ask(reader, query.postgres.format(**values))}
            for name in query.targets:
                rows = DUCKS[name].format(folder=folder)
                answers[name] = duck.ask(query.duck.format(rows=rows, **values))
            if query.name in FROM_AMOUNT:
                answers["mart.amount"] = _ask(reader, FROM_AMOUNT[query.name].format(**values))
            _note(size, query.name, answers, round_)
        for name, sql in PAGES.items():
            for prepare, suffix in ((False, ""), (True, PREPARED)):
                answers = {"select 1": _select_1(reader, prepare), OURS: _ask(reader, sql, prepare)}
                _note(size, name + suffix, answers, round_, is_compared=False)


def _ask_budgets(reader: psycopg.Connection, size: Size, rounds: int) -> None:
    body = reader.execute(
        "select department_id, province, city from mart.disclosure where document_kind = 'budget' limit 1"
    )
    values = dict(zip(("department_id", "province", "city"), body.fetchone(), strict=True))
    for view in BUDGET_VIEWS:
        size.seconds_of_budgets[view] = {
            question: [
                _ask(reader, f"select * from mart.{view} where {condition.format(**values)}")[0] for _ in range(rounds)
            ]
            for question, condition in OF_BUDGETS.items()
        }


def _note(size: Size, name: str, answers: dict[str, tuple[float, list]], round_: int, is_compared: bool = True) -> None:
    if round_ == 0:
        results = {who: sorted(map(_plain, rows)) for who, (_, rows) in answers.items()}
        if not answers[OURS][1] or (is_compared and any(r != results[OURS] for r in results.values())):
            size.unequal.append(name)
        return
    for who, (seconds, _) in answers.items():
        size.seconds.setdefault(name, {}).setdefault(who, []).append(seconds)


def _plain(row: tuple) -> tuple[str, ...]:
    """The values as text in one spelling, so that 5 and 5.000000 are equal."""
    return tuple(str(Decimal(v).normalize()) if str(v).replace(".", "").isdigit() else str(v) for v in row)


def _ask(connection: psycopg.Connection, sql: str, prepare: bool = False) -> tuple[float, list[tuple]]:
    start = time.perf_counter()
    rows = connection.execute(sql, prepare=prepare).fetchall()
    return time.perf_counter() - start, rows


def _select_1(connection: psycopg.Connection, prepare: bool) -> tuple[float, list[tuple]]:
    asked = [_ask(connection, "select 1", prepare)[0] for _ in range(20)]
    return statistics.median(asked), [(1,)]


def _sizes(warehouse: Warehouse, folder: Path, size: Size) -> None:
    with connect(warehouse.url) as connection:
        size.bytes = {name: connection.execute(sql).fetchone()[0] for name, sql in SIZES.items()}
    for name, file in (("Parquet", "rows.parquet"), ("Parquet, sorted", "sorted.parquet"), ("DuckDB", "rows.duckdb")):
        size.bytes[name] = (folder / file).stat().st_size


def _refresh(warehouse: Warehouse, size: Size) -> None:
    """Times a load with its refresh: of a corrected file, which changes the ranks of all its peers, and of the first
    file of a new year."""
    body = bodies(SEED)[0]
    corrected = replace(
        extraction(document_of(body, YEARS[-2])), source=Source("corrected.pdf", "0" * 64, "pdf", 1, 30)
    )
    with connect(warehouse.url) as connection:
        for name, made in (("a correction", corrected), ("a new year", extraction(document_of(body, YEARS[-1] + 1)))):
            start = time.perf_counter()
            load(connection, made, refresh=False)
            loaded = time.perf_counter()
            refresh.refresh_stale(connection)
            size.steps[f"load {name}"] = loaded - start
            size.steps[f"refresh after {name}"] = time.perf_counter() - loaded


def report(size: Size) -> list[str]:
    headings = ["query", "PostgreSQL ms", "compared with", "its ms", "ratio", "of the best", "target", "", "equal"]
    rows = [row for query in QUERIES for row in _query_rows(size, query)]
    rows += [_page_row(size, name + suffix) for name in PAGES for suffix in ("", PREPARED)]
    lines = [f"## {size.amounts:,} amounts", "", *table(headings, rows), ""]
    return lines + _budget_report(size) if size.budgets else lines


def _budget_report(size: Size) -> list[str]:
    rows = [
        [view, *(spread([1000 * value for value in seconds]) for seconds in asked.values())]
        for view, asked in size.seconds_of_budgets.items()
    ]
    title = f"### Views of budgets, ms; {size.budgets:.0%} of the documents are budgets"
    return [title, "", *table(["view", *OF_BUDGETS], rows), ""]


def _query_rows(size: Size, query: Query) -> Iterator[list[str]]:
    taken = size.seconds[query.name]
    for other in (name for name in taken if name != OURS):
        row = _row(f"{query.name} {query.what}", taken[OURS], other, taken[other], query.targets.get(other))
        yield [*row, "no" if query.name in size.unequal else "yes"]


def _page_row(size: Size, name: str) -> list[str]:
    taken = size.seconds[name]
    page, one = taken[OURS], taken["select 1"]
    return [*_row(f"{name[:2]} {WHAT_PAGES[name[:2]]}{name[2:]}", page, "select 1", one, TIMES_OF_SELECT_1), ""]


def _row(what: str, ours: list[float], other: str, theirs: list[float], target: float | None) -> list[str]:
    ratios = [mine / other_seconds for mine, other_seconds in zip(ours, theirs, strict=True)]
    milliseconds = [spread([1000 * value for value in seconds]) for seconds in (ours, theirs)]
    reached = "" if target is None else "reached" if statistics.median(ratios) <= target else "**missed**"
    return [
        what,
        milliseconds[0],
        NAMES.get(other, other),
        milliseconds[1],
        spread(ratios, 3),
        f"{min(ours) / min(theirs):.3f}",
        "" if target is None else f"≤ {target:g}",
        reached,
    ]


def growth(sizes: list[Size]) -> list[str]:
    """A table of times and sizes by number of amounts."""
    headings = ["", *(f"{size.amounts:,}" for size in sizes)]
    seconds = [[f"{step}, s", *(f"{size.steps[step]:,.2f}" for size in sizes)] for step in sizes[0].steps]
    held = [[f"{what}, MiB", *(mebibytes(size.bytes[what]) for size in sizes)] for what in sizes[0].bytes]
    asked = [
        [
            f"{name} in PostgreSQL, ms",
            *(f"{1000 * statistics.median(s.seconds[name][OURS]):,.2f}" for s in sizes),
        ]
        for name in sizes[0].seconds
    ]
    return ["## Growth", "", *table(headings, seconds + held + asked), ""]


if __name__ == "__main__":
    main(sys.argv[1:])
