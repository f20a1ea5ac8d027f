"""The command `juesuan`."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import psycopg
from pydantic import ValidationError

from ingest import errors
from ingest.cli import output, status
from ingest.cli.compare import DocumentFirst, add_compare_commands
from ingest.cli.export import add_export_commands
from ingest.cli.nightly import add_work_commands
from ingest.cli.serve import add_serve_command
from ingest.cli.site import add_site_command
from ingest.cli.survey import add_survey_command
from ingest.cli.sync import add_sync_commands
from ingest.cli.taking_back import add_commands_of_taking_back
from ingest.cli.terminal import Console, Group, say, say_lines
from ingest.isolation import start_reading, unconfined
from ingest.nightly.batch import MOST_JOBS
from ingest.nightly.read_files import default_jobs, reading_version
from ingest.readers import suffixes
from ingest.readers.folders import look_in
from ingest.readers.parts import Part
from ingest.readers.pdf.scan.models import use_models
from warehouse import server
from warehouse.base import logs
from warehouse.base.actors import Actor, in_words, who_must_act
from warehouse.base.config import reads_pictures
from warehouse.base.database import connect, without_password
from warehouse.base.errors import WarehouseError
from warehouse.base.messages import _
from warehouse.load.body_successions import load_successions
from warehouse.load.reference import load_reference
from warehouse.load.series import load_series
from warehouse.publish import refresh
from warehouse.schema.this_version import is_this_version, require_this_version
from warehouse.work import jobs as queue

if TYPE_CHECKING:
    from warehouse.schema.upgrade import Upgraded

SOME_FAILED, WRONG_USAGE = 1, 2
# As in `ingest.cli.stages`, which is imported by `show` alone: it needs the whole reader, other commands do not.
STAGES = ("document", "tables", "matches", "items", "units", "stated", "performance", "checks", "numbers")

out, err = Console(), Console(stderr=True)


def plain_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Prints one line instead of a traceback, unless --debug was given."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (errors.IngestError, WarehouseError) as error:
            _fail(str(error), error)
        except ValidationError as error:
            _fail(_bad_setting(error), error, WRONG_USAGE)
        except BrokenPipeError:  # the reader of the output has ended: click ends the command without a word
            raise
        except OSError as error:
            _fail(f"{error.filename}: {error.strerror}", error)
        except psycopg.Error as error:
            if who_must_act(error) is not Actor.MACHINE:  # a fault of the project: the traceback is needed
                raise
            _fail(in_words(error), error)

    return guarded


def _bad_setting(error: ValidationError) -> str:
    wrong = error.errors()[0]
    return f"JUESUAN_{str(wrong['loc'][0]).upper()}={wrong['input']}: {wrong['msg']}"


def _debug() -> bool:
    return bool(click.get_current_context().find_root().params.get("debug"))


def _fail(message: str, error: Exception, status: int = SOME_FAILED) -> None:
    if _debug():
        raise error
    speak = say_lines if isinstance(error, WarehouseError) else say  # only these have lines of their own
    speak(f"juesuan: {message}", err=True)
    sys.exit(status)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="juesuan")
def main(debug: bool) -> None:
    """juesuan (决算): published budgets and final accounts of departments as a relational warehouse.

    Exit status: 0 all good, 1 something failed, 2 wrong usage.
    Environment: JUESUAN_DATABASE_URL (an existing PostgreSQL), else JUESUAN_HOME (the folder of the
    embedded server) and JUESUAN_POSTGRES (auto, system, wheel or a folder with its binaries). What reading
    one document may take: JUESUAN_MAX_MEMORY_MB (1024), JUESUAN_MAX_SECONDS (120), JUESUAN_MAX_PAGES (2000).
    JUESUAN_REQUIRE_CONFINEMENT=1 reads nothing where a reading process cannot be confined in every respect.
    JUESUAN_LANG (zh or en) is the language, else that of the locale.
    """
    logs.to_standard_error()
    use_models(reads_pictures())


@main.group()
def db() -> None:
    """Start, stop and upgrade the database."""


@db.command("start")
@plain_errors
def db_start() -> None:
    """Start the embedded PostgreSQL server unless it runs, and print its address and how psql connects.

    With JUESUAN_DATABASE_URL set nothing is started and that address is printed. No password is printed:
    `juesuan db url` does that.
    """
    say(without_password(server.start()))
    say(server.psql())


@db.command("stop")
@plain_errors
def db_stop() -> None:
    """Stop the embedded PostgreSQL server; its data stay."""
    say(_("stopped") if server.stop() else _("no embedded server was running"))


@db.command("upgrade")
@click.option("--refill", is_flag=True, help="Fill the compared tables anew, though nothing that fills them changed.")
@plain_errors
def db_upgrade(refill: bool) -> None:
    """Bring tables and views to this version, in one transaction.

    A view of yours that reads one of ours stops the upgrade; nothing is dropped then.
    """
    done = _upgrade(server.start(), refill)
    say(_("schema {revision}, {views} views").format(revision=done.revision, views=done.views))


def _upgrade(url: str, refill: bool = False) -> "Upgraded":
    """Upgrades, and prints what was repaired and what an administrator must still do."""
    from warehouse.schema.upgrade import upgrade  # imports alembic, which is slow

    server.close_other_databases()
    done = upgrade(url, server.reader_password(), refill=refill)
    for line in (*done.repaired, *done.notices):
        say(line, err=True)
    return done


@db.command("refresh")
@plain_errors
def db_refresh() -> None:
    """Make public what was loaded and is not in the public views yet, because its load was broken off."""
    with connect(server.start(), autocommit=True) as connection:
        say(_("{slots} slots became public").format(slots=refresh.refresh_stale(connection)))


@db.command("url")
@click.option("--reader", is_flag=True, help="The URL for BI tools, as juesuan_reader (may read schema mart only).")
@plain_errors
def db_url(reader: bool) -> None:
    """Print the URL of the running database, with its password: for programs, and for forms that ask for it."""
    url = server.reader_url() if reader else server.url()
    if url is None:
        raise click.ClickException(
            _("no server is running, or its reader's password is not ours: see `juesuan db status`")
            if reader
            else _("no server is running: `juesuan db start` starts it")
        )
    say(url)


@db.command("status")
@plain_errors
def db_status() -> None:
    """Say whether the database runs, where its data lie and what it holds.

    Exit status 1 where it cannot be used as it is: no server, another password, no such database, no warehouse,
    tables of another version. Documents, bodies and amounts are the public ones.
    """
    try:
        for line in status.lines():
            say(line)
    except status.NotUsable as error:
        _fail(str(error), error)


@main.group()
def reference() -> None:
    """Reference lists: divisions, functional and economic subjects, successions of bodies."""


@reference.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@plain_errors
def reference_load(file: Path | None) -> None:
    """Load the reference lists of this version; safe to repeat.

    With FILE load it instead: a CSV that says which body followed which; see docs/bodies.md. It replaces the
    list loaded before.
    """
    with connect(server.start()) as connection:
        if file is not None:
            say(_("{successions} successions of bodies").format(successions=load_successions(connection, file)))
            return
        loaded = load_reference(connection)
    say(
        _(
            "{divisions} divisions, {functional_subjects} functional subjects, {economic_subjects}"
            " economic subjects, {subject_bridges} subject bridges"
        ).format(
            divisions=loaded.divisions,
            functional_subjects=loaded.functional_subjects,
            economic_subjects=loaded.economic_subjects,
            subject_bridges=loaded.subject_bridges,
        )
    )


@reference.command("series")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@plain_errors
def reference_series(file: Path) -> None:
    """Load a CSV of population, staff, GDP or a price index by division and year; see docs/comparison.md."""
    with connect(server.start()) as connection:
        say(_("{values} values").format(values=load_series(connection, file)))


@main.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option(
    "--jobs",
    type=click.IntRange(0, MOST_JOBS),
    default=lambda: default_jobs(),
    show_default="number of cores, at most 4",
    help="How many files are read at a time; 0 reads them within this process, without limits.",
)
@click.option("--bulk", is_flag=True, help="For an empty warehouse: load all of it first, then build the keys.")
@click.option("--together", is_flag=True, help="All files are one disclosure, the first one is its main file.")
@plain_errors
def ingest_command(paths: tuple[Path, ...], jobs: int, bulk: bool, together: bool) -> None:
    """Read disclosures and load them: PDF, Word files, workbooks, web pages, text, and ZIP archives of these.

    Of a folder every file of a known format is read, in it and in the folders below it, in the order of
    their paths; what is hidden or of no known format is left out and counted.

    Each file is loaded whole or not at all; the same file twice changes nothing. A file that cannot be
    read is named with page and reason, the others are loaded all the same, and the exit status is 1.
    So is one that is held: of a year that has not ended, or in place of one that it may not replace, because
    that came from a source, or was read better, or has another total and the narrative does not say so.
    It is stored and not public; `juesuan gate` lists what is held and decides.
    Each is read in a process of its own, with limits on memory, time and pages.

    --bulk comes to the same in less time: everything in one transaction that nobody can read beside.

    Each file is a disclosure of its own. With --together all of them are one: narrative and tables in files of
    their own, for example. They are named one by one then, since the first is the main one. Of a ZIP archive those
    files are one that say they are of the same body, year and kind; see docs/archives.md.
    """
    start_reading()
    load = output.ingest_in_bulk_with_progress if bulk else output.ingest_with_progress
    if together:
        _require_several(paths)
    given, unusable = ([*paths], 0) if together else _files_in(paths)
    mains, attachments = (given[:1], tuple(map(Part.of, given[1:]))) if together else (given, ())
    with connect(server.start()) as connection:
        require_this_version(connection)
        failed = unusable + (load(connection, mains, out, err, _debug(), jobs, attachments) if mains else 0)
    for respect in unconfined():
        say(
            _("juesuan: readers are not confined in every respect: {respect}; see docs/isolation.md").format(
                respect=_(respect)
            ),
            err=True,
        )
    sys.exit(SOME_FAILED if failed else 0)


def _files_in(paths: Sequence[Path]) -> tuple[list[Path], int]:
    """The files to read: those that are named, and those of known formats in folders that are named; and how many
    folders cannot be listed or hold none. Says what it leaves out."""
    files: list[Path] = []
    unusable = 0
    for path in paths:
        if not os.path.isdir(path):
            files.append(path)
            continue
        found = look_in(path)
        files += found.documents
        wrong = [
            _("{filename}: cannot be listed: {strerror}").format(filename=error.filename, strerror=error.strerror)
            for error in found.unlisted
        ]
        wrong += (
            []
            if found.documents
            else [
                _("{path}: holds no file whose name ends in {listed}").format(
                    path=path, listed=_(" or ").join(suffixes())
                )
            ]
        )
        unusable += len(wrong)
        left_out = _("; left out: {hidden} hidden, {others} of no known format").format(
            hidden=found.hidden, others=found.others
        )
        files_in = _("{path}: {count} file") if len(found.documents) == 1 else _("{path}: {count} files")
        said = files_in.format(path=path, count=len(found.documents))
        say(f"{said}{left_out if found.hidden + found.others else ''}", err=True)
        for line in wrong:
            say(f"juesuan: {line}", err=True)
    return files, unusable


def _require_several(paths: tuple[Path, ...]) -> None:
    if len(paths) < 2 or len(set(paths)) < len(paths):
        raise click.UsageError(_("--together needs two different files or more, the main one first"))


def _require_one(files: tuple[Path, ...], together: bool) -> None:
    """One file, or the files of one disclosure."""
    if together:
        _require_several(files)
    elif len(files) > 1:
        raise click.UsageError(_("takes one file, or with --together the files of one disclosure"))


@main.command("show")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option("--stage", type=click.Choice(STAGES), default="items", show_default=True)
@click.option("--together", is_flag=True, help="All files are one disclosure, the first one is its main file.")
@plain_errors
def show_command(files: tuple[Path, ...], stage: str, together: bool) -> None:
    """Show what the reader makes of FILE at one stage; no database is needed.

    document: lines and tables in reading order. tables: every cell. matches: which standard table each
    is taken for, and why. items: profile, amounts with their printed text and place, doubts. stated: the
    figures of the narrative. performance: the self-evaluation forms. checks: the accounting identities.
    numbers: how many numbers are printed, and how many of them were loaded, doubted, or belong to nobody.
    """
    _require_one(files, together)
    from ingest.cli.stages import show as lines_of

    for line in lines_of(files, stage):
        say(line)


@main.group("report", cls=DocumentFirst)
def report() -> None:
    """Write one self-contained HTML page: about a document, or about a comparison.

    `juesuan report FILE -o page.html` is short for `juesuan report document FILE -o page.html`.
    """


@report.command("document")
@click.argument(
    "files", metavar="DOCUMENT...", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path)
)
@click.option("--together", is_flag=True, help="All files are one disclosure, the first one is its main file.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The HTML file to write.")
@plain_errors
def report_command(files: tuple[Path, ...], together: bool, output: Path) -> None:
    """Write one self-contained HTML page about DOCUMENT, a file; no database is needed.

    The page shows the profile, the tables as read, and every doubt and every broken check beside a crop
    of the page it came from, so that a person decides in seconds who erred. It makes no request.
    """
    _require_one(files, together)
    from ingest.cli.disclosures import disclosures_of, only_one
    from ingest.pages.document import render  # the template engine is needed by this command only

    with disclosures_of(files) as found:
        main_file, *attachments = only_one(files[0], found)
        output.write_text(render(main_file, list(map(Part.of, attachments))), encoding="utf-8")
    say(f"{output}: {output.stat().st_size // 1024} KB")


@main.command("demo")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="samples")
@plain_errors
def demo(folder: Path) -> None:
    """Start, upgrade, load the reference lists, ingest FOLDER and show what can be asked of it.

    What a demo before has done is not done again: an upgrade of the same version, and files that are public as this
    version reads them.
    """
    url = server.start()
    with connect(url) as connection:
        is_upgraded = is_this_version(connection)
    if not is_upgraded:
        _upgrade(url)
    with connect(url) as connection:
        load_reference(connection)
        files = _not_public(connection, folder)
        failed = output.ingest_with_progress(connection, files, out, err, jobs=default_jobs())
        output.print_comparison(connection, out)
    output.print_connection(server.reader_url() or url, server.psql(), out)
    sys.exit(SOME_FAILED if failed else 0)


def _not_public(connection: psycopg.Connection, folder: Path) -> list[Path]:
    """The documents of the folder but those that are public as this version reads them; says how many these are."""
    files = sorted(path for path in folder.iterdir() if path.suffix in suffixes() and path.stem != "README")
    sha256s = {path: sha256(path.read_bytes()).hexdigest() for path in files}
    public = queue.published(connection, [*sha256s.values()], reading_version())
    left = [path for path in files if sha256s[path] not in public]
    if len(left) < len(files):
        say(_("{public} of {files} files are public already").format(public=len(files) - len(left), files=len(files)))
    return left


add_export_commands(main, plain_errors)
add_compare_commands(main, report, plain_errors)
add_work_commands(main, plain_errors)
add_sync_commands(main, plain_errors)
add_survey_command(main, plain_errors)
add_site_command(main, plain_errors)
add_serve_command(main, plain_errors)
add_commands_of_taking_back(main, plain_errors)

if __name__ == "__main__":
    main()
