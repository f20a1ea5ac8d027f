"""`juesuan sync`: fetches new and changed documents of the sources of a manifest into the archive."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import psycopg
from rich.cells import cell_len

from ingest.cli import manifests
from ingest.cli.guard import Guard, guarded
from ingest.cli.terminal import say
from ingest.nightly.read_files import reading_version
from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.messages import _
from warehouse.records.sources import FetchOutcome
from warehouse.schema.this_version import require_this_version
from warehouse.work import jobs, newest_files, sources

if TYPE_CHECKING:  # these modules import an HTTP client, which is slow
    from ingest.sync.find import Target
    from ingest.sync.report import SyncItem

SOME_FAILED = 1
QUIET = (
    FetchOutcome.UNCHANGED,
    FetchOutcome.ABSENT,
    FetchOutcome.FORGOTTEN,
)  # outcomes that are counted but not listed


def add_sync_commands(main: click.Group, guard: Guard) -> None:
    """Adds them to `main`; `guard` prints an error of the project as one line."""
    guarded(sync, guard)
    main.add_command(sync)


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only print what would be looked at; listing pages are read for it.")
@click.option("--full", is_flag=True, help="Fetch every document whole, even if its server says it is unchanged.")
def sync(manifest: Path, dry_run: bool, full: bool) -> None:
    """Fetch what is new or changed at the sources of MANIFEST (TOML or CSV) into the archive.

    Nothing is read or loaded yet: what came, or came earlier and was not loaded, is queued for `juesuan work`. A line
    per document that is new, changed, back, gone or failed, and a summary; exit status 1 if anything failed, 2 if the
    manifest cannot be used. The format of the manifest: docs/nightly.md.
    """
    from ingest.nightly.read_files import asking
    from ingest.sync import archive_of, plan  # HTTP is needed by this command only
    from ingest.sync import sync as run

    settings = Settings()
    given = manifests.usable(manifest, settings)
    archive, allowed = archive_of(settings), settings.networks
    with connect(server.start()) as connection:
        require_this_version(connection)
        if dry_run:
            failed: Sequence[SyncItem] = _print_plan(*plan(connection, given, archive, allowed))
        else:
            report = run(connection, given, archive, allowed, full=full, said=_say, ask=asking(settings))
            failed = report.failed
            say(summary(report.counts))
            if report.adopted.moved:
                say(
                    _("{moved} files loaded before now belong to the bodies that the manifest names").format(
                        moved=report.adopted.moved
                    )
                )
            for sha256, why in report.adopted.refused:
                say(_("{sha256}: could not take its place: {why}").format(sha256=sha256, why=why))
            _queue(connection)
    sys.exit(SOME_FAILED if failed else 0)


def _queue(connection: psycopg.Connection) -> None:
    """Queues every archived file that is not loaded, and notes where a publisher went back to a former file."""
    with connection.transaction():
        files = [jobs.File(known.sha256, known.file_name, known.address) for known in sources.not_loaded(connection)]
        jobs.enqueue(connection, files, reading_version())
    newest_files.restore(connection)
    waiting = jobs.open_jobs(connection, reading_version())
    if waiting:
        say(_("{waiting} waiting to be read: juesuan work --until-empty").format(waiting=waiting))


def summary(counts: dict[FetchOutcome, int]) -> str:
    """`2 new, 0 changed, …`: the count of every outcome, also 0; of forgotten files only where there are any."""
    unsaid = (
        {FetchOutcome.RETRIED} if counts[FetchOutcome.FORGOTTEN] else {FetchOutcome.RETRIED, FetchOutcome.FORGOTTEN}
    )
    outcomes = [outcome for outcome in FetchOutcome if outcome not in unsaid]
    return ", ".join(f"{counts[outcome]} {_(outcome)}" for outcome in outcomes)


def _say(item: "SyncItem") -> None:
    if item.outcome in QUIET and not item.reason:
        return
    if item.outcome in QUIET and item.purpose == "document" and item.counts_as != "whole":
        return
    place = item.address if item.source == item.address else f"{item.source}: {item.address}"
    about = _("listing ") if item.purpose == "listing" else _("whole ") if item.counts_as == "whole" else ""
    reason = f": {item.reason}" if item.reason else ""
    say(f"{_wide(about + _(item.outcome))} {place}{reason}", err=item.outcome is FetchOutcome.FAILED)


def _wide(said: str) -> str:
    """As wide as 10 columns; a Chinese character takes two."""
    return said + " " * (10 - cell_len(said))


def _print_plan(targets: "list[Target]", items: "list[SyncItem]") -> "Sequence[SyncItem]":
    for target in targets:
        known = _("known") if target.held else _("forgotten") if target.forgotten else _("not known")
        say(f"{_wide(known)} {target.address}")
    failed = [item for item in items if item.outcome is FetchOutcome.FAILED]
    for item in items:
        _say(item)
    say(_("{count} documents would be looked at").format(count=len(targets)))
    return failed
