"""What the reader makes of each sample, as one digest per file: `python -m tests.readings` writes it down anew.

It is refused while `ingest.version.READING` is what it was: whoever changes a reading raises the number first.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from ingest.errors import IngestError
from ingest.pipeline import extract
from ingest.version import READING
from warehouse.records.reading import Extraction

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "expected" / "readings.json"
RECORD = TypeAdapter(Extraction)


def sample_files() -> Iterator[Path]:
    """Every sample, those that are refused as well."""
    for folder in ("samples", "samples/forms", "samples/bad"):
        yield from sorted(
            path for path in (ROOT / folder).iterdir() if path.is_file() and path.suffix in {".pdf", ".txt", ""}
        )


def digest(path: Path) -> str:
    """A SHA-256 of the extraction of a file, or of the reason it is refused for; the version itself left out."""
    try:
        said = RECORD.dump_json(replace(extract(path), parser_version=""))
    except IngestError as error:
        said = f"{type(error).__name__}: {error}".encode()
    return hashlib.sha256(said).hexdigest()


def readings() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): digest(path) for path in sample_files()}


def recorded() -> dict:
    """`reading`: the number they were made with; `samples`: file → digest."""
    return json.loads(FILE.read_text("utf-8"))


def _write() -> None:
    known, now = recorded() if FILE.exists() else {"reading": None, "samples": {}}, readings()
    changed = [name for name, value in known["samples"].items() if now.get(name, value) != value]
    if changed and known["reading"] == READING:
        sys.exit(f"raise READING in ingest/version.py: {', '.join(changed)} read otherwise than with {READING}")
    FILE.write_text(json.dumps({"reading": READING, "samples": now}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    _write()
