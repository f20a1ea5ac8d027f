"""The wrapper around every command, which prints an error of the project as one line."""

from collections.abc import Callable
from typing import Any

import click

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


def guarded(command: click.Command, guard: Guard) -> None:
    assert command.callback is not None
    command.callback = guard(command.callback)
