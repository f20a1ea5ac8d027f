"""The command `juesuan serve`: the web application, on this machine or for others."""

from dataclasses import replace

import click

from ingest.cli.guard import Guard, guarded
from ingest.cli.terminal import say
from ingest.isolation import start_reading
from ingest.nightly.read_files import limits_of
from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import READER, url_parts
from warehouse.base.messages import _
from warehouse.base.store import store_of

PORT = 8350
KEEP_ALIVE_SECONDS = 5
LONGEST_HEAD = 16_384  # bytes of a request's head


def add_serve_command(main: click.Group, guard: Guard) -> None:
    """Adds it to `main`; `guard` prints an error of the project as one line."""
    main.add_command(serve)
    guarded(serve, guard)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve pages about what is stored: each number with its printed cell; see docs/serve.md.

    Reads as juesuan_reader and changes nothing. Pictures are made of the files of the archive. Interrupt it to stop.
    """
    import uvicorn  # the application is needed by this command only

    from ingest.pages.web import application
    from ingest.pages.web.originals import SECONDS, Originals
    from ingest.pages.web.readers import Readers

    settings = Settings()
    url = reader_url(settings)
    start_reading()
    originals = Originals(
        settings.archive_folder, replace(limits_of(settings), seconds=SECONDS), store=store_of(settings)
    )
    say(_("serving on http://{host}:{port}/").format(host=host, port=port))
    uvicorn.run(
        application(Readers(url), originals, settings.evidence_url),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )


def reader_url(settings: Settings) -> str:
    """The URL of the warehouse for juesuan_reader: no other role serves strangers."""
    found = settings.database_url or server.reader_url(settings)
    if found is None:
        raise click.ClickException(
            _("no server is running, or its reader's password is not ours: see `juesuan db status`")
        )
    if url_parts(found).get("user") != READER:
        raise click.ClickException(
            _("JUESUAN_DATABASE_URL is not of {reader}, which serves strangers").format(reader=READER)
        )
    return found
