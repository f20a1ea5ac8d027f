"""The disclosures of the files that a command is given, for commands that read within this process."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.about.archives import disclosures_in, with_packed
from ingest.about.files import Said, said_of
from ingest.cli.terminal import say
from ingest.errors import SeveralInArchive
from ingest.readers import is_archive, read
from ingest.readers.parts import Part
from warehouse.kinds.kind import load_kinds

Files = Sequence[Path]  # of one disclosure: the main one first


@contextmanager
def disclosures_of(paths: Files) -> Iterator[list[Files]]:
    """The given files as one disclosure; of a single archive those in it. What is unpacked is there as long as the
    context lasts.

    Says which files of an archive are not read. Raises an IngestError.
    """
    with tempfile.TemporaryDirectory() as folder:
        if len(paths) > 1 or not is_archive(paths[0]):
            yield [[part.path for part in with_packed([Part.of(path) for path in paths], Path(folder))]]
            return
        opened = disclosures_in(
            paths[0], Part.of(paths[0]).name, Path(folder), lambda path: said_of(read(path), load_kinds())
        )
        for error in opened.refused:
            say(f"juesuan: {error}", err=True)
        yield [[part.path for part in disclosure.files] for disclosure in opened.disclosures]


def _said(path: Path) -> Said:
    return said_of(read(path), load_kinds())


def only_one(archive: Path, disclosures: Sequence[Files]) -> Files:
    """Raises SeveralInArchive."""
    if len(disclosures) > 1:
        raise SeveralInArchive(Part.of(archive).name, count=len(disclosures))
    return disclosures[0]
