"""A digest of the extraction of each sample: `python -m tests.readings` computes and writes them.

It refuses if an extraction has changed and `ingest.version.READING` has not: the number must be raised first.
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
from ingest.readers.pdf.scan.models import use_models
from ingest.version import READING
from warehouse.records.reading import Extraction

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "expected" / "readings.json"
RECORD = TypeAdapter(Extraction)


def sample_files() -> Iterator[Path]:
    """Every file of samples/, including those that are refused."""
    for folder in ("samples", "samples/budgets", "samples/forms", "samples/bad"):
        yield from sorted(
            path for path in (ROOT / folder).iterdir() if path.is_file() and path.suffix in {".pdf", ".txt", ""}
        )


def digest(path: Path) -> str:
    """The SHA-256 of the extraction of a file, without its version, or of the message with which it is refused."""
    try:
        said = RECORD.dump_json(replace(extract(path), parser_version=""))
    except IngestError as error:
        said = f"{type(error).__name__}: {error}".encode()
    return hashlib.sha256(said).hexdigest()


def readings() -> dict[str, str]:
    """Without the models for pictures, which not every machine has."""
    use_models(False)
    return {path.relative_to(ROOT).as_posix(): digest(path) for path in sample_files()}


def recorded() -> dict:
    """`reading`: READING when the digests were written; `samples`: file → digest."""
    return json.loads(FILE.read_text("utf-8"))


def _write() -> None:
    known, now = recorded() if FILE.exists() else {"reading": None, "samples": {}}, readings()
    changed = [name for name, value in known["samples"].items() if now.get(name, value) != value]
    if changed and known["reading"] == READING:
        sys.exit(f"raise READING in ingest/version.py: {', '.join(changed)} read otherwise than with {READING}")
    FILE.write_text(json.dumps({"reading": READING, "samples": now}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    _write()
