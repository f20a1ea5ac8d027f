"""Where events go that no command was asked for: one line each on standard error. docs/decisions/logging.md says which.

Called once by a program (`juesuan`, a worker), never by a module that others import.
"""

import logging
import sys
from typing import Any

import structlog


def to_standard_error() -> None:
    """Events of structlog, and from a warning on those of libraries, as `key='value'` with time and level."""
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
    """Asked for at each event: standard error is what it is then."""
    return structlog.PrintLogger(sys.stderr)
