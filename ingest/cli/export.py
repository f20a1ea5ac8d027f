"""The export commands: `juesuan export`, `juesuan workbook`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from ingest.cli.guard import Guard, guarded
from ingest.cli.terminal import say
from warehouse import server
from warehouse.base.database import snapshot
from warehouse.base.messages import _

if TYPE_CHECKING:  # these modules import Arrow, which is slow
    from warehouse.export.data_package import Part
    from warehouse.export.manifest import ExportedFile

DIFFERENT = 1
FORMATS = ("parquet", "csv")


def add_export_commands(main: click.Group, guard: Guard) -> None:
    """Adds them to `main`; `guard` prints an error of the project as one line."""
    for command in (export, workbook):
        guarded(command, guard)
        main.add_command(command)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice([*FORMATS, "both"]), default="both", show_default=True)
@click.option("--view", "views", multiple=True, metavar="NAME", help="Only this one; may be repeated.")
@click.option("--dataset", is_flag=True, help="Parquet by fiscal year and province; only what changed is written.")
@click.option("--verify", is_flag=True, help="Write nothing: hold FOLDER against its manifest.")
def export(folder: Path, kind: str, views: tuple[str, ...], dataset: bool, verify: bool) -> None:
    """Write every table and view of schema mart to FOLDER, as Parquet and CSV with a manifest.

    All files show one moment. They are written beside FOLDER and take its place at the end; FOLDER must be
    new, empty or an earlier export. --verify reads every file again, prints one line per difference and
    exits with 1 if there is any; no database is needed for it.

    --dataset writes folders of Parquet files that DuckDB and Spark read as one table each, described in
    datapackage.json. Where FOLDER holds a dataset, the files whose rows have not changed are kept.
    """
    if verify:
        _verify(folder)
        return
    if dataset:
        _write_dataset(folder, views)
        return
    from warehouse.export import export as write_export  # Arrow is needed by this command only

    with snapshot(server.start()) as connection:
        made = write_export(connection, folder, FORMATS if kind == "both" else (kind,), views, _say)
    say(
        _("{count} files in {folder}, as of {exported_at}").format(
            count=len(made.files), folder=folder, exported_at=made.exported_at
        )
    )


def _write_dataset(folder: Path, views: tuple[str, ...]) -> None:
    from warehouse.export.dataset import write_dataset

    with snapshot(server.start()) as connection:
        made = write_dataset(connection, folder, views, _say_part)
    say(
        _("{count} files in {folder}, {changed} of them new, as of {exported_at}").format(
            count=len(made.package.files),
            folder=folder,
            changed=len(made.changed),
            exported_at=made.package.created,
        )
    )


def _say(file: "ExportedFile") -> None:
    _say_written(file.file, file.rows, file.bytes)


def _say_part(part: "Part") -> None:
    _say_written(part.path, part.rows, part.bytes)


def _say_written(file: str, rows: int, size: int) -> None:
    say(_("{rows:>12,} rows  {bytes:>14,} bytes  {file}").format(rows=rows, bytes=size, file=file))


def _verify(folder: Path) -> None:
    from warehouse.export import differences

    found = differences(folder)
    for line in found:
        say(line)
    if found:
        sys.exit(DIFFERENT)
    say(_("{folder}: as its manifest says").format(folder=folder))


@click.command()
@click.argument("document")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write."
)
def workbook(document: str, output: Path) -> None:
    """Write the standard tables of a loaded DOCUMENT as an XLSX workbook in the official layout.

    DOCUMENT is its number (document_id), its file name or the first six or more digits of its sha256.
    Repaired and doubtful numbers are coloured and carry what was printed and why as a comment.
    """
    from warehouse.kinds.kind import load_kind
    from warehouse.workbook import find, read
    from warehouse.workbook import workbook as render

    with snapshot(server.start()) as connection:
        found = find(connection, document)
        made = render(read(connection, found), load_kind(found.kind))
    _replace(output, made)
    say(f"{output}: {found}")


def _replace(output: Path, content: bytes) -> None:
    """Writes a temporary file and renames it, so that `output` is never half written."""
    output.parent.stat()  # raises an error that names the folder if it is missing
    unfinished = output.with_name(f".{output.name}.{uuid4().hex[:8]}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
