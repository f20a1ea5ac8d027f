"""The text of a CSV list that a person keeps: UTF-8, or GB18030 as spreadsheet programs in Chinese save it."""

from io import StringIO
from pathlib import Path

from warehouse.base.errors import WarehouseError
from warehouse.base.messages import _

_ENCODINGS = ("utf-8-sig", "gb18030")


def opened_list(file: Path, refusal: type[WarehouseError]) -> StringIO:
    """Raises `refusal`, naming the file."""
    data = file.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return StringIO(data.decode(encoding), newline="")
        except UnicodeDecodeError:
            continue
    raise refusal(_("{name}: is text in neither UTF-8 nor GB18030").format(name=file.name))
