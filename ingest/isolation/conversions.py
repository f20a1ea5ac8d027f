"""Has LibreOffice make a .docx of the files that a reader cannot read itself, before a reader is started."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from ingest.errors import IngestError
from ingest.isolation.limits import Limits
from ingest.readers import format_at, format_named, read_bytes
from ingest.readers.formats import Format
from ingest.readers.office_program.conversions import conversions
from ingest.readers.parts import Part

IN_ONE_START = 20  # files at most: they and what is made of them are in memory


def made_for(
    files: Sequence[Part], formats: Sequence[Format | None], limits: Limits, folder: Path
) -> Iterator[tuple[str, Path]]:
    """SHA-256 and what LibreOffice makes of each file that a reader cannot read itself, in `folder`.

    Raises NeedsLibreOffice, Encrypted, NotConverted and NotConfined.
    """
    for part, one in zip(files, formats, strict=True):
        if one and one.office_filter:
            data = read_bytes(part.path)
            sha256 = hashlib.sha256(data).hexdigest()
            made = conversions.made_of(part.name, data, one, limits.seconds, limits.must_confine)
            (folder / sha256).write_bytes(made)
            yield sha256, folder / sha256


def each_made_ahead(paths: Iterable[Path], limits: Limits) -> Iterator[Path]:
    """The paths as they are; what LibreOffice has to make for the next of them it makes in one start."""
    waiting = iter(paths)
    while some := list(islice(waiting, IN_ONE_START)):
        _make_ahead(some, limits)
        yield from some


def _make_ahead(paths: Iterable[Path], limits: Limits) -> None:
    """A file that cannot be read or made is left to whoever reads it and says why."""
    files: dict[str, list[bytes]] = defaultdict(list)
    for path in paths:
        one = format_at(path)
        if one and one.office_filter:
            with suppress(IngestError):
                files[one.name].append(read_bytes(path))
    for name, originals in files.items():
        if len(originals) > 1:
            conversions.convert(originals, format_named(name), limits.seconds, limits.must_confine)
