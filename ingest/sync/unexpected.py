"""What to do with an error that nobody foresaw while one address, file or folder was looked for or fetched: it is the
failure of that one, and the sync goes on. Errors of the archive end the sync; so do those of the database, which only
`run` meets.
"""

from pathlib import Path

from ingest.sync.politeness import Stopped
from warehouse.base.errors import WarehouseError
from warehouse.base.messages import _

ENDS_THE_SYNC = (WarehouseError, Stopped)
LONGEST = 200  # characters of the error's own words


def reason_of(error: Exception) -> str:
    """The reason to record, with the place in the code. Raises `error` itself where it ends the sync."""
    if isinstance(error, ENDS_THE_SYNC):
        raise error
    if isinstance(error, OSError):
        return _("cannot be read: {strerror}").format(strerror=error.strerror or error)
    return _("met an error that nobody foresaw: {name__}{place}: {strip}").format(
        name__=type(error).__name__, place=_place(error), strip=str(error).strip()[:LONGEST]
    )


def _place(error: Exception) -> str:
    """Of the line that raised it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})" if trace else ""
