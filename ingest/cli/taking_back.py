"""The commands that take documents back: `juesuan withdraw` and `juesuan forget`."""

import sys
from collections.abc import Iterator

import click
import psycopg

from ingest.cli.guard import Guard, guarded
from ingest.cli.terminal import say
from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.messages import N_, _
from warehouse.base.visible import visible
from warehouse.work import forgetting, withdrawals
from warehouse.work.stored_documents import DIGEST, StoredDocument, find

WHAT = "[SHA256|DOCUMENT]"
NOT_PUBLISHED = N_("no longer withdrawn; no reading of it was ever published (see juesuan gate)")
WHY = click.option("--why", metavar="TEXT", help="The reason; it is stored.")


def add_commands_of_taking_back(main: click.Group, guard: Guard) -> None:
    """Adds them to `main`; `guard` prints an error of the project as one line."""
    for command in (withdraw, forget):
        guarded(command, guard)
        main.add_command(command)


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
            done = _("public again") if withdrawals.undo(connection, document) else _(NOT_PUBLISHED)
        else:
            withdrawals.withdraw(connection, document, reason)
            done = _("withdrawn")
    say(f"{_about(document)}: {done}")


@click.command()
@click.argument("what", required=False, metavar=WHAT)
@WHY
@click.option("--yes", is_flag=True, help="Do not ask; needed where there is no terminal.")
@click.option("--lift", is_flag=True, help="Let a forgotten document be fetched and loaded again.")
def forget(what: str | None, why: str | None, yes: bool, lift: bool) -> None:
    """Delete a document with its files, readings and rows, and do not take it again. Without argument: list what is
    forgotten.

    DOCUMENT is the number of mart.disclosure; of a SHA256 the first 8 digits will do, also of a file that could not
    be read. Its SHA-256, its addresses and the reason stay. No night fetches it again; `juesuan ingest` refuses it.
    There is no way back but to fetch or ingest it again after --lift.
    """
    with connect(server.start(), autocommit=True) as connection:
        if what is None:
            _require_nothing(why, yes, lift)
            _print(_forgotten(forgetting.forgotten(connection)))
        elif lift:
            say(_("{sha256}: may be taken again").format(sha256=forgetting.lift(connection, what).sha256))
        else:
            _forget(connection, what, _reason(why), yes)


def _forget(connection: psycopg.Connection, what: str, why: str, yes: bool) -> None:
    """First the database, then the archive. Repeated after a crash between both, it does what is left."""
    from ingest.sync import archive_of  # imports an HTTP client, which is slow

    archive = archive_of(Settings())
    before = forgetting.forgotten(connection, what.lower()) if DIGEST.fullmatch(what.lower()) else []
    if not before:
        document = forgetting.to_forget(connection, what)
        _confirm(visible(str(document)), yes)
        forgetting.forget(connection, document, why)
    removed = forgetting.remove_files(connection, archive)
    _print(_forgotten(before) if before else iter([_("{document}: forgotten").format(document=document)]))
    say(_("{removed} files removed from the archive").format(removed=removed))


def _confirm(document: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(_("deletes without a way back: confirm it with --yes"))
    click.confirm(
        _("{document}\ndelete this document, its readings and its files?").format(document=document), abort=True
    )


def _forgotten(listed: list[forgetting.ForgottenDocument]) -> Iterator[str]:
    if not listed:
        yield _("nothing is forgotten")
    for one in listed:
        yield _("{sha256}  forgotten on {forgotten_at:%Y-%m-%d %H:%M}: {reason}").format(
            sha256=one.sha256[:12], forgotten_at=one.forgotten_at, reason=one.reason
        )
        yield from (f"    {address}" for address in one.addresses)


def _require_nothing(why: str | None, *flags: bool) -> None:
    if why is not None or any(flags):
        raise click.UsageError(_("name the document by its SHA256 or its number"))


def _reason(why: str | None) -> str:
    if why is None or not (reason := visible(why).strip()):
        raise click.UsageError(_("say why: --why TEXT"))
    return reason


def _about(document: StoredDocument) -> str:
    return visible(str(document))


def _withdrawn(listed: list[withdrawals.Withdrawn]) -> Iterator[str]:
    if not listed:
        yield _("nothing is withdrawn")
    for one in listed:
        about = f"{one.source_name}  {one.department or '?'}  {one.fiscal_year or '?'}"
        yield _("{document_id}  {sha256}  {about}  since {withdrawn_at:%Y-%m-%d %H:%M}: {reason}").format(
            document_id=one.document_id,
            sha256=one.sha256[:12],
            about=about,
            withdrawn_at=one.withdrawn_at,
            reason=one.reason,
        )


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        say(line)
