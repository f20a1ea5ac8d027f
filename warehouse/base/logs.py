"""Sets up logging: one line per event on standard error. docs/decisions/logging.md says what is logged.

Called once by a program (`juesuan`, a worker), never by a module that others import.
"""

import logging
import sys
from typing import Any

import structlog

from warehouse.base.visible import visible, visible_lines


def to_standard_error() -> None:
    """Prints events of structlog, and warnings and errors of libraries, as `key='value'` with time and level."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=_printer,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("timestamp='%(asctime)s' level=%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class _OneLine(logging.Formatter):
    """An event of a library on one line, its traceback below; what a file says begins no line of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        return visible_lines(super().formatException(ei))


def _printer(*_: Any) -> structlog.PrintLogger:
    """Looks up sys.stderr when an event is logged: tests and the command line replace it."""
    return structlog.PrintLogger(sys.stderr)
