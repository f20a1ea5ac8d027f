"""Output of the command line about files, tables and connections."""

import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.cli.terminal import Console, Table
from ingest.errors import IngestError
from ingest.nightly.batch import ingest, ingest_in_bulk
from ingest.readers.parts import Part
from warehouse.base.database import libpq_url
from warehouse.base.messages import N_, _
from warehouse.base.visible import visible
from warehouse.load.document import Loaded
from warehouse.load.document import Outcome as Stored
from warehouse.records.reading import Extraction, TableStatus
from warehouse.work import withdrawals

HEADINGS = (
    N_("file"),
    N_("department"),
    N_("place"),
    N_("year"),
    N_("tables"),
    N_("amounts"),
    N_("repaired"),
    N_("doubts"),
    N_("outcome"),
)
NUMBERS = ("year", "tables", "amounts", "repaired", "doubts")  # columns that are aligned right
SAY_SECONDS = 30.0  # between two lines about the progress, where there is no terminal
WITH_FIGURES = (TableStatus.PRESENT, TableStatus.PARTIAL)
COMPARISON = """
    select place, department, fiscal_year, total, basic, project, project / nullif(total, 0) * 100
    from (
        select
            coalesce(county, city) as place, department, fiscal_year,
            max(amount_wan) filter (where metric = 'expenditure') as total,
            max(amount_wan) filter (where metric = 'basic') as basic,
            max(amount_wan) filter (where metric = 'project') as project
        from mart.metric_value
        group by place, department, fiscal_year
    ) as totals
    order by fiscal_year desc, total desc
"""


def ingest_with_progress(
    connection: psycopg.Connection,
    paths: Sequence[Path],
    out: Console,
    err: Console,
    debug: bool = False,
    jobs: int = 1,
    attachments: Sequence[Part] = (),
) -> int:
    """Ingest with a progress bar, print what was found and what failed; return how many failed or were held."""
    rows, held, failed, loaded = [], [], [], {}
    with _progress(len(paths), err) as advance:
        for outcome in ingest(connection, paths, advance, jobs, attachments=attachments):  # too large to keep them all
            if outcome.extraction and outcome.loaded:
                rows.append(tuple(_found(outcome.extraction, outcome.loaded)))
                held += [_held(outcome.path, outcome.loaded)] if outcome.loaded.outcome is Stored.HELD else []
                loaded[outcome.loaded.document_id] = outcome.path
            failed += [outcome.error] if outcome.error else []
    if rows:
        out.print(_found_table(rows))
    for line in [*held, *_withdrawn(connection, loaded)]:
        err.print(visible(line), markup=False, soft_wrap=True)
    return len(held) + _print_failed(failed, err, debug)


def ingest_in_bulk_with_progress(
    connection: psycopg.Connection,
    paths: Sequence[Path],
    out: Console,
    err: Console,
    debug: bool = False,
    jobs: int = 1,
    attachments: Sequence[Part] = (),
) -> int:
    """Fill an empty warehouse with a progress bar, print how much it holds and what failed; return how many failed."""
    with _progress(len(paths), err) as advance:
        rebuilt, failed = ingest_in_bulk(connection, paths, advance, jobs, attachments=attachments)
    out.print(
        _("{documents} documents, {amounts} amounts; {repeated} files came twice").format(
            documents=rebuilt.documents, amounts=rebuilt.amounts, repeated=rebuilt.repeated
        )
    )
    return _print_failed(failed, err, debug)


@contextmanager
def _progress(total: int, err: Console) -> Iterator[Callable[[Path], None]]:
    """A progress bar; without a terminal a line every SAY_SECONDS."""
    if not err.is_terminal:
        yield _Counted(total, err).advance
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(_("reading"), total=total)
        yield lambda path: progress.advance(task)


class _Counted:
    def __init__(self, total: int, err: Console):
        self.total, self.err, self.done = total, err, 0
        self.began = self.said = time.monotonic()

    def advance(self, path: Path) -> None:
        self.done, now = self.done + 1, time.monotonic()
        if now - self.said >= SAY_SECONDS:
            self.said = now
            self.err.print(
                _("{done:,} of {total:,} files read, {seconds:.0f} s").format(
                    done=self.done, total=self.total, seconds=now - self.began
                ),
                markup=False,
            )


def _held(path: Path, loaded: Loaded) -> str:
    return _("juesuan: {name}: is stored but not public (`juesuan gate`): {reason}").format(
        name=path.name, reason=loaded.reason
    )


def _withdrawn(connection: psycopg.Connection, loaded: Mapping[int, Path]) -> Iterator[str]:
    """Of the documents with these numbers."""
    for one in withdrawals.withdrawn(connection):
        if one.document_id in loaded:
            undo = f"`juesuan withdraw --undo {one.document_id}`"
            name, since = loaded[one.document_id].name, f"{one.withdrawn_at:%Y-%m-%d}"
            yield _("juesuan: {name}: is withdrawn since {since} ({undo}): {reason}").format(
                name=name, since=since, undo=undo, reason=one.reason
            )


def _print_failed(failed: Sequence[IngestError], err: Console, debug: bool) -> int:
    for error in failed:
        if debug:
            err.print("".join(traceback.format_exception(error)), markup=False, soft_wrap=True)
        err.print(f"juesuan: {error}", markup=False, soft_wrap=True)
    return len(failed)


def _found_table(rows: Sequence[Sequence[str]]) -> Table:
    """One row per loaded document."""
    table = Table(box=None, padding=(0, 1))
    for heading in HEADINGS:
        table.add_column(_(heading), justify="right" if heading in NUMBERS else "left", no_wrap=True)
    for row in rows:
        table.add_row(*map(escape, row))  # a department may be called [/]
    return table


def _found(extraction: Extraction, loaded: Loaded) -> Iterator[str]:
    profile = extraction.profile
    with_figures = [table for table in extraction.tables if table.status in WITH_FIGURES]
    more = len(extraction.source.attachments)
    yield extraction.source.name + (f" +{more}" if more else "")
    yield profile.department or "?"
    yield profile.county or profile.city or profile.province or "?"
    yield str(profile.fiscal_year or "?")
    yield str(len(with_figures))
    yield str(len(extraction.amounts))
    yield str(sum(amount.status == "repaired" for amount in extraction.amounts))
    yield str(len(extraction.doubts))
    yield _(loaded.outcome.value.replace("_", " "))


def print_comparison(connection: psycopg.Connection, out: Console) -> None:
    """A small cross-city table from a public view."""
    table = Table(title=_("mart.metric_value: expenditure of each body, 万元"), box=None, padding=(0, 1))
    for heading in (_("city"), _("department")):
        table.add_column(heading)
    for heading in (_("year"), _("expenditure"), _("basic"), _("project"), _("project %")):
        table.add_column(heading, justify="right")
    for city, department, year, *figures in connection.execute(COMPARISON):
        numbers = ("—" if figure is None else f"{figure:,.2f}" for figure in figures)
        table.add_row(*map(escape, (city or "?", department or "?", str(year or "?"), *numbers)))
    out.print()
    out.print(table)


def print_connection(url: str, psql: str, out: Console) -> None:
    """How to connect psql and Metabase, without a password. `url` is that of the reader, else of the owner."""
    parts = psycopg.conninfo.conninfo_to_dict(libpq_url(url))
    out.print()
    for line in (
        f"psql:     {psql} -c 'select * from mart.disclosure'",
        _(
            "Metabase: Add database → PostgreSQL, host {host}, port {port}, database {database},"
            " user {user}, schema mart"
        ).format(
            host=parts.get("host"), port=parts.get("port", 5432), database=parts.get("dbname"), user=parts.get("user")
        ),
        _("password: `juesuan db url --reader` prints it, for a form that asks for it"),
    ):
        out.print(line, markup=False, soft_wrap=True)
