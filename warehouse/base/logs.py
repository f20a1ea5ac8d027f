"""Sets up logging: one line per event on standard error. docs/decisions/logging.md says what is logged.

Called once by a program (`juesuan`, a worker), never by a module that others import.
"""

import logging
import sys
from typing import Any

import structlog


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
    logging.basicConfig(
        level=logging.WARNING, format="timestamp='%(asctime)s' level=%(levelname)s %(name)s: %(message)s"
    )


def _printer(*_: Any) -> structlog.PrintLogger:
    """Looks up sys.stderr when an event is logged: tests and the command line replace it."""
    return structlog.PrintLogger(sys.stderr)
