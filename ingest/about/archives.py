"""An archive as the disclosures in it: its documents are unpacked into a folder, and grouped by what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest import errors
from ingest.about.files import InArchive, Said, grouped
from ingest.readers import FORMATS, is_archive
from ingest.readers.parts import Part, clean_name
from ingest.readers.zip_archive import Packed, unpacked

LONGEST_ON_DISK = 200  # bytes of a name; file systems take 255
Ask = Callable[[Path], Said]  # what a file says of itself; raises an IngestError


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The files of one disclosure, the main one first, and their paths within the archive."""

    files: tuple[Part, ...]
    packed: tuple[str, ...] = ()

    @property
    def main(self) -> Part:
        return self.files[0]


@dataclass(frozen=True, slots=True)
class Opened:
    """What an archive holds: its disclosures, and the files in it that are not read, with the reason."""

    disclosures: tuple[Disclosure, ...]
    refused: tuple[errors.IngestError, ...] = ()


def disclosures_in(path: Path, name: str, folder: Path, ask: Ask) -> Opened:
    """The disclosures of an archive that is called `name`, unpacked into `folder`.

    Raises a PublisherError where nothing in it can be read, and a MachineError of `ask`.
    """
    found: dict[InArchive, Path] = {}
    refused: list[errors.IngestError] = []
    for number, one in enumerate(unpacked(path, name, FORMATS)):
        if isinstance(one, errors.IngestError):
            refused.append(one)
            continue
        file = _written(one, folder / str(number))
        try:
            found[InArchive(PurePosixPath(one.name), ask(file))] = file
        except errors.PublisherError as error:
            refused.append(renamed(error, f"{name}: {one.name}"))
    groups = grouped(list(found))
    refused += (errors.WhoseIsNotSaid(f"{name}: {file.path}") for file in groups.nobodys)
    if not groups.disclosures:
        raise refused[0] if refused else errors.NothingInArchive(name)
    return Opened(tuple(_disclosure(group, found) for group in groups.disclosures), tuple(refused))


def with_packed(files: Sequence[Part], folder: Path) -> list[Part]:
    """The files of a disclosure; in place of an archive among them the documents in it, unpacked into `folder`.

    Raises a PublisherError where one of them is not read: then something of the disclosure would be missing.
    """
    return [part for number, file in enumerate(files) for part in _packed_in(file, folder / str(number))]


def _packed_in(file: Part, folder: Path) -> list[Part]:
    if not is_archive(file.path):
        return [file]
    folder.mkdir()
    found = list(unpacked(file.path, file.name, FORMATS))
    if refused := next((one for one in found if isinstance(one, errors.IngestError)), None):
        raise refused
    packed = [one for one in found if isinstance(one, Packed)]
    return [Part(_written(one, folder / str(number)), clean_name(one.name)) for number, one in enumerate(packed)]


def _written(one: Packed, folder: Path) -> Path:
    """The file on this machine, under the last part of its name as far as a file system takes it."""
    name = clean_name(one.name).encode()[:LONGEST_ON_DISK].decode(errors="ignore").strip(". ") or "file"
    folder.mkdir()
    (folder / name).write_bytes(one.data)
    return folder / name


def _disclosure(group: list[InArchive], found: dict[InArchive, Path]) -> Disclosure:
    files = (Part(found[file], clean_name(file.path.name)) for file in group)
    return Disclosure(tuple(files), tuple(str(file.path) for file in group))


def renamed(error: errors.IngestError, name: str) -> errors.IngestError:
    """The same error about a file under the name that its reader knows."""
    return type(error)(name, error.page, **error.details)
