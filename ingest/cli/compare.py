"""The comparison commands: `juesuan compare`, `juesuan trend`, `juesuan report compare`."""

from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import click
from rich.console import RenderableType

from ingest.cli.compare_tables import comparison_tables, trend_tables
from ingest.cli.guard import Guard, guarded
from ingest.cli.terminal import PIPED_WIDTH, Console, say, say_lines
from warehouse import server
from warehouse.base.database import snapshot
from warehouse.base.visible import visible
from warehouse.comparison import queries
from warehouse.comparison.choices import department_like, metrics_of_years, question
from warehouse.comparison.files import csv_of, json_of
from warehouse.comparison.rows import LEVELS, SCOPES, ChangeRow, ComparedRow

FORMATS = ("table", "csv", "json")

a_kind = click.option("--kind", required=True, help="The department kind, e.g. 工业和信息化.")
a_year = click.option("--year", type=int, required=True, help="The fiscal year.")
metrics_of = click.option(
    "--metric",
    "metrics",
    multiple=True,
    help="A key or Chinese name of mart.metric; may be repeated.  [default: those of mart.metric.is_usual]",
)
a_format = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: as FILE is named (.csv, .json), else table."
)
an_output = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")


class DocumentFirst(click.Group):
    """Makes `juesuan report FILE` mean `juesuan report document FILE`, unless FILE is the name of a command."""

    default = "document"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


def add_compare_commands(main: click.Group, report: click.Group, guard: Guard) -> None:
    """Adds them to `main` and `report`; `guard` prints an error of the project as one line."""
    for group, command in ((main, compare), (main, trend), (report, report_compare)):
        guarded(command, guard)
        group.add_command(command)


@click.command()
@a_kind
@a_year
@metrics_of
@click.option("--level", type=click.Choice([name for name in LEVELS if name]), help="Only this jurisdiction level.")
@click.option("--scope", type=click.Choice([name for name in SCOPES if name]), help="Only this scope.")
@a_format
@an_output
def compare(
    kind: str,
    year: int,
    metrics: tuple[str, ...],
    level: str | None,
    scope: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Rank the bodies of one kind and year, metric by metric.

    Each jurisdiction level and each scope (department: with subordinate units; unit: the body alone) is
    ranked by itself. A figure that cannot be compared is left out and says why. CSV and JSON hold every
    column of mart.city_comparison that names the figure, its place among its peers and its cell.
    """
    with snapshot(server.start()) as connection:
        asked = question(connection, kind, year, metrics, level, scope)
        compared = queries.compare(connection, asked)
    texts = {
        "csv": lambda: csv_of(ComparedRow, compared.rows, str if output else visible),
        "json": lambda: json_of(
            kind=compared.kind,
            fiscal_year=compared.fiscal_year,
            metrics=compared.metrics,
            rows=compared.rows,
            not_read=compared.unread,
            no_such_figure=compared.without(),
        ),
        "table": lambda: _drawn(comparison_tables(compared), output),
    }
    _write(texts[form or _form_of(output)](), output)


@click.command()
@click.argument("department")
@metrics_of
@a_format
@an_output
def trend(department: str, metrics: tuple[str, ...], form: str | None, output: Path | None) -> None:
    """Show the years of one DEPARTMENT side by side, and each year's change on the last.

    DEPARTMENT is its name, or words that fit only one: parts of its name, of its division, the division's
    code. Last year's figure is the one last year's document published, else what this year's sentence
    implies; where both are known they are held against each other. Without --metric every change that a
    document states is listed too.
    """
    with snapshot(server.start()) as connection:
        found = department_like(connection, department)
        shown = queries.trend(connection, found, metrics_of_years(connection, found, metrics), with_said=not metrics)
    texts = {
        "csv": lambda: csv_of(ChangeRow, shown.rows, str if output else visible),
        "json": lambda: json_of(department=shown.department, metrics=shown.metrics, rows=shown.rows, said=shown.said),
        "table": lambda: _drawn(trend_tables(shown), output),
    }
    _write(texts[form or _form_of(output)](), output)


@click.command("compare")
@a_kind
@a_year
@metrics_of
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The HTML file to write.")
def report_compare(kind: str, year: int, metrics: tuple[str, ...], output: Path) -> None:
    """Write one self-contained HTML page that compares the bodies of one kind and year.

    Charts are inline SVG with their data below them: rankings per level and scope, shares, 三公, changes on
    last year, performance scores against execution, data quality, and who was left out and why.
    """
    from ingest.pages.comparison import render  # the template engine is needed by this command only

    with snapshot(server.start()) as connection:
        asked = question(connection, kind, year, metrics)
        page = render(queries.overview(connection, asked))
    output.write_text(page, encoding="utf-8")
    say(f"{output}: {output.stat().st_size // 1024} KB")


def _form_of(output: Path | None) -> str:
    suffix = output.suffix.lstrip(".").lower() if output else ""
    return suffix if suffix in FORMATS else "table"


def _drawn(tables: Iterable[RenderableType], output: Path | None) -> str:
    """The tables at their full width, so that no number is wrapped: as text for a file, else printed at once."""
    buffer = StringIO()
    Console(file=buffer if output else None, width=PIPED_WIDTH, markup=False).print_lines(tables)
    return buffer.getvalue()


def _write(text: str, output: Path | None) -> None:
    if output is None:
        if text:
            say_lines(text)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    say(str(output))
