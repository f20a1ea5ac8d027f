"""The command `juesuan site`: the pages of `juesuan serve` as files."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from ingest.cli.guard import Guard, guarded
from ingest.cli.serve import reader_url
from ingest.cli.terminal import say
from ingest.isolation import start_reading
from ingest.nightly.read_files import limits_of
from warehouse.base.config import Settings
from warehouse.base.messages import _
from warehouse.base.store import store_of


def add_site_command(main: click.Group, guard: Guard) -> None:
    """Adds it to `main`; `guard` prints an error of the project as one line."""
    main.add_command(site)
    guarded(site, guard)


@click.command("site")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--address", help="Where the site will be reached, for its feed; else JUESUAN_EVIDENCE_URL.")
def site(folder: Path, address: str | None) -> None:
    """Write the pages of `juesuan serve` into FOLDER, as files for any web server; see docs/serve.md.

    A site that is there is replaced when the new one is complete.
    """
    from ingest.pages.web.originals import SECONDS, Originals
    from ingest.pages.web.site import Snapshot, write_site

    settings = Settings()
    readers = Snapshot(reader_url(settings))
    start_reading()
    originals = Originals(
        settings.archive_folder, replace(limits_of(settings), seconds=SECONDS), store=store_of(settings)
    )
    base = (address or settings.evidence_url or "").rstrip("/") or None
    with ended_by_a_signal():
        done = write_site(folder, readers, originals, base)
    say(_("{files} files in {folder}: {pages} pages").format(files=done.files, folder=folder, pages=done.pages))


@contextmanager
def ended_by_a_signal() -> Iterator[None]:
    """SIGTERM ends the command as an error does, which removes what is not complete."""
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
