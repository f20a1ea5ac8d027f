"""The commands of the nightly work: `juesuan nightly`, `work`, `queue` and `gate`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
import psycopg
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.cli import manifests, nightly_tables
from ingest.cli.guard import Guard, guarded
from ingest.cli.terminal import Console, say
from ingest.nightly import night, worker_processes
from ingest.nightly.exit_statuses import ANOTHER_NIGHT, MACHINE_FAILED, NIGHT_TOO_LONG
from ingest.nightly.read_files import reading_version
from warehouse import server
from warehouse.base.actors import CONNECTION_LOST, Actor, in_words, who_must_act
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.errors import AnotherNight, MachineError, NightTooLong
from warehouse.base.messages import _
from warehouse.schema.this_version import require_this_version
from warehouse.work import decisions, jobs, readings

LOOK_SECONDS = 1.0
JOBS = click.option("--jobs", type=click.IntRange(1, 256), default=os.cpu_count() or 1, help="Workers on this machine.")

err = Console(stderr=True)


def add_work_commands(main: click.Group, guard: Guard) -> None:
    """Adds them to `main`; `guard` prints an error of the project as one line."""
    for command in (nightly_command, work, queue, gate):
        main.add_command(command)
    for command in (nightly_command, work, queue, release, gate, publish, reject):
        guarded(command, guard)


@click.command("nightly")
@click.argument("manifest", type=click.Path(readable=False, path_type=Path))
@JOBS
def nightly_command(manifest: Path, jobs: int) -> None:
    """Fetch what MANIFEST names, read what is new, verify, and print and store a report: the command for cron.

    Exit status: 0 all good, 1 something was not fetched, read or published, 2 wrong usage, 3 another night is
    running, 4 the warehouse is not in order, 5 the machine failed, 6 another night has been running for longer
    than JUESUAN_NIGHT_HOURS; see docs/nightly.md.
    """
    from ingest.nightly.fetch import fetch  # HTTP is needed by this command only

    settings = Settings()
    given = manifests.usable(manifest, settings)
    try:
        with _progress() as watch:
            report = night.night(settings, given.name, lambda url: fetch(url, settings, given), jobs, watch)
    except AnotherNight as error:
        say(f"juesuan: {error}", err=True)
        sys.exit(NIGHT_TOO_LONG if isinstance(error, NightTooLong) else ANOTHER_NIGHT)
    except MachineError as error:
        _machine_failed(str(error))
    except OSError as error:
        _machine_failed(f"{error.filename}: {error.strerror}")
    except psycopg.Error as error:
        if who_must_act(error) is not Actor.MACHINE:
            raise
        _machine_failed(in_words(error))
    Console().print_lines(nightly_tables.night(report))
    sys.exit(report.exit_status)


def _machine_failed(message: str) -> NoReturn:
    say(f"juesuan: {message}", err=True)
    sys.exit(MACHINE_FAILED)


@click.command()
@JOBS
@click.option("--until-empty", is_flag=True, help="End when nothing waits or runs any more, here or elsewhere.")
def work(jobs: int, until_empty: bool) -> None:
    """Read and load what is queued, until stopped.

    Any number of workers on any number of machines may run; they share the database and the archive
    (JUESUAN_ARCHIVE). A signal ends them after the file at hand; kill -9 loses nothing.
    """
    _require_warehouse(server.start())
    with _progress() as watch:
        all_ended = worker_processes.work(jobs, until_empty, watch)
    if not all_ended:
        _machine_failed(_("a worker gave up: the database did not come back in time, or the worker died too often"))


def _require_warehouse(url: str) -> None:
    """One message where the database is not of this version; workers would fail on it again and again. For a database
    that is away they wait."""
    try:
        with connect(url) as connection:
            require_this_version(connection)
    except CONNECTION_LOST as error:
        say(
            _("juesuan: {in_words}; the workers wait for it (JUESUAN_DATABASE_WAIT_SECONDS)").format(
                in_words=in_words(error)
            ),
            err=True,
        )


@click.group(invoke_without_command=True)
@click.pass_context
def queue(context: click.Context) -> None:
    """Show what waits, runs, failed or is in quarantine, with reasons."""
    if context.invoked_subcommand is None:
        with connect(server.start()) as connection:
            Console().print_lines(nightly_tables.queue(connection))


@queue.command("release")
@click.argument("sha256")
def release(sha256: str) -> None:
    """Take the file SHA256 (its beginning will do) out of quarantine and queue it again.

    It gets three new attempts.
    """
    with connect(server.start(), autocommit=True) as connection:
        files = [jobs.File(*row) for row in readings.release(connection, sha256)]
        jobs.enqueue(connection, files, reading_version())
    for file in files:
        say(_("{sha256} {name}: queued").format(sha256=file.sha256[:12], name=file.name))


@click.group(invoke_without_command=True)
@click.pass_context
def gate(context: click.Context) -> None:
    """Show the readings that are stored but not published, and why.

    No load publishes a reading of a year that has not ended, of a source that may not publish for its body, one
    that moves a total without saying so, or one markedly worse than what is public in its place; nor does a
    night one that would drop more than JUESUAN_GATE_DROP_SHARE (0.05) of the public amounts
    of a document, or change one of them without a new file. A person decides.
    """
    if context.invoked_subcommand is None:
        with connect(server.start()) as connection:
            Console().print_lines(nightly_tables.held(decisions.held_readings(connection)))


@gate.command("publish")
@click.argument("numbers", nargs=-1, type=int, metavar="NUMBER...")
@click.option("--all", "every", is_flag=True, help="Every reading that is held now.")
def publish(numbers: tuple[int, ...], every: bool) -> None:
    """Publish the held readings NUMBER, each in a transaction of its own."""
    _decide(decisions.publish, numbers, every, _("published"))


@gate.command("reject")
@click.argument("numbers", nargs=-1, type=int, metavar="NUMBER...")
@click.option("--all", "every", is_flag=True, help="Every reading that is held now.")
def reject(numbers: tuple[int, ...], every: bool) -> None:
    """Leave the held readings NUMBER unpublished; they stay stored."""
    _decide(decisions.reject, numbers, every, _("rejected"))


def _decide(do: Callable[[psycopg.Connection, int], None], numbers: tuple[int, ...], every: bool, done: str) -> None:
    if bool(numbers) is every:
        raise click.UsageError(_("give the numbers of the readings, or --all"))
    with connect(server.start(), autocommit=True) as connection:
        for number in numbers or [one.parse_id for one in decisions.held_readings(connection)]:
            do(connection, number)
            say(f"{number}: {done}")


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """A progress bar of the files read. Shown on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield nightly_tables.Watch(progress, LOOK_SECONDS).look if err.is_terminal else lambda: None
