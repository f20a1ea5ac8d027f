"""The commands that take documents back: `juesuan withdraw` and `juesuan forget`."""

from collections.abc import Iterator

import click

from ingest.cli.guard import Guard, guarded
from ingest.cli.terminal import say
from warehouse import server
from warehouse.base.database import connect
from warehouse.base.visible import visible
from warehouse.work import withdrawals
from warehouse.work.stored_documents import StoredDocument, find

WHAT = "[SHA256|DOCUMENT]"
WHY = click.option("--why", metavar="TEXT", help="The reason; it is stored.")


def add_commands_of_taking_back(main: click.Group, guard: Guard) -> None:
    """Adds them to `main`; `guard` prints an error of the project as one line."""
    guarded(withdraw, guard)
    main.add_command(withdraw)


@click.command()
@click.argument("what", required=False, metavar=WHAT)
@WHY
@click.option("--undo", is_flag=True, help="Make the document public again.")
def withdraw(what: str | None, why: str | None, undo: bool) -> None:
    """Take a document out of the public views; it stays stored. Without argument: list what is withdrawn.

    DOCUMENT is the number of mart.disclosure; of a SHA256 the first 8 digits will do. The version before it becomes
    current again, if there is one. No night and no new reading of the same file makes it public again, only --undo; a
    newer file of the publisher becomes current as usual. mart.withdrawn lists it.
    """
    with connect(server.start(), autocommit=True) as connection:
        if what is None:
            _require_nothing(why, undo)
            _print(_withdrawn(withdrawals.withdrawn(connection)))
            return
        reason = None if undo else _reason(why)
        document = find(connection, what)
        if reason is None:
            withdrawals.undo(connection, document)
        else:
            withdrawals.withdraw(connection, document, reason)
    say(f"{_about(document)}: {'public again' if undo else 'withdrawn'}")


def _require_nothing(why: str | None, *flags: bool) -> None:
    if why is not None or any(flags):
        raise click.UsageError("name the document by its SHA256 or its number")


def _reason(why: str | None) -> str:
    if why is None or not (reason := visible(why).strip()):
        raise click.UsageError("say why: --why TEXT")
    return reason


def _about(document: StoredDocument) -> str:
    return visible(str(document))


def _withdrawn(listed: list[withdrawals.Withdrawn]) -> Iterator[str]:
    if not listed:
        yield "nothing is withdrawn"
    for one in listed:
        about = f"{one.source_name}  {one.department or '?'}  {one.fiscal_year or '?'}"
        yield f"{one.document_id}  {one.sha256[:12]}  {about}  since {one.withdrawn_at:%Y-%m-%d %H:%M}: {one.reason}"


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        say(visible(line))
