"""What the commands write to the terminal. All of it goes through here, because it may hold what a file or a server
says: no control character but our own line feeds gets out (`warehouse.base.visible`). Without a terminal no table is
cut.
"""

import sys
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any

import click
import rich.console
import rich.table
from rich.console import ConsoleOptions, RenderableType
from rich.segment import Segment

from ingest.cli.language import speak_to_the_user
from warehouse.base.visible import visible, visible_lines

PIPED_WIDTH = 10_000  # characters of a line where the output is no terminal: wider than any table


class Console(rich.console.Console):
    """Prints on standard output, or with `stderr` on standard error."""

    def __init__(self, **settings: Any):
        written = settings.get("file") or (sys.stderr if settings.get("stderr") else sys.stdout)
        if not written.isatty():  # FORCE_COLOR in the environment would make rich take a pipe for a terminal
            settings = {"force_terminal": False, "width": PIPED_WIDTH} | settings
        super().__init__(highlight=False, **settings)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible_lines(segment.text))

    def print(self, *objects: Any, **settings: Any) -> None:
        """Without a terminal the blanks that fill a table's last column are left out."""
        if self.is_terminal:
            super().print(*objects, **settings)
            return
        with self.capture() as captured:
            super().print(*objects, **settings)
        self.file.write("\n".join(line.rstrip() for line in captured.get().split("\n")))

    def print_lines(self, lines: Iterable[RenderableType]) -> None:
        """Prints texts, each a line, and tables between them."""
        for line in lines:
            if isinstance(line, str):
                self.print(visible(line), soft_wrap=True)
            else:
                self.print(line)


class Table(rich.table.Table):
    """A table whose cells are one line each."""

    def add_row(self, *cells: RenderableType | None, **settings: Any) -> None:
        super().add_row(*(visible(cell) if isinstance(cell, str) else cell for cell in cells), **settings)


def say(line: str, err: bool = False) -> None:
    """Prints one line."""
    click.echo(visible(line), err=err)


def say_lines(text: str, err: bool = False) -> None:
    """Prints a text whose line ends are ours; the last one is added where it is missing."""
    click.echo(visible_lines(text).removesuffix("\n"), err=err)


def say_traceback(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Prints an error of the project, with its place in the code, as `sys.excepthook` does."""
    say_lines("".join(traceback.format_exception(kind, error, trace)), err=True)


class Group(click.Group):
    """The command itself: all it says is in the language of the user, and a message of click, which may name an
    argument, is one line."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        speak_to_the_user(self)
        return super().main(*args, **kwargs)

    def invoke(self, context: click.Context) -> Any:
        sys.excepthook = say_traceback
        try:
            return super().invoke(context)
        except click.ClickException as error:
            error.message = visible(error.message)  # type: ignore[misc]  # click's own errors have no other way
            raise
