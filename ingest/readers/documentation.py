"""The table of docs/formats.md, written from the registry of formats.

`python -m ingest.readers.documentation` writes it anew, in a checkout only; a test fails while the file is not current.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from ingest.readers import FORMATS
from ingest.readers.formats import Format

FILE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
_ROWS = re.compile(r"(?<=^\|---\|---\|---\|---\|---\|---\|\n)(?:\|.*\n)*", re.MULTILINE)


def render(text: str, formats: Iterable[Format]) -> str:
    """The document with one row per format in its table, in the order in which they are asked."""
    return _ROWS.sub("".join(map(_row, formats)).replace("\\", r"\\"), text, count=1)


def _row(one: Format) -> str:
    names, types = (", ".join(f"`{text}`" for text in texts) for texts in (one.suffixes, one.media_types))
    return f"| `{one.name}` | {one.label} | {names} | {types} | × {one.memory_times:g} | × {one.seconds_times:g} |\n"


if __name__ == "__main__":
    FILE.write_text(render(FILE.read_text("utf-8"), FORMATS), "utf-8")
