"""An archive as the disclosures in it: its documents are unpacked into a folder, and grouped by what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest import errors
from ingest.about.files import Groups, InArchive, Said, grouped
from ingest.readers import is_archive
from ingest.readers.parts import Part
from ingest.readers.zip_archive import unpacked

Ask = Callable[[Path], Said]  # what a file says of itself; raises an IngestError


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The files of one disclosure, the main one first. `label` names it in messages, with its archive."""

    files: tuple[Part, ...]
    label: str

    @property
    def main(self) -> Part:
        return self.files[0]


@dataclass(frozen=True, slots=True)
class Opened:
    """What an archive holds: its disclosures, and the files in it that are not read, with the reason."""

    disclosures: tuple[Disclosure, ...]
    refused: tuple[errors.IngestError, ...]


def disclosures_in(path: Path, folder: Path, ask: Ask) -> Opened:
    """The disclosures of an archive, unpacked into `folder`; of any other file itself.

    Raises an IngestError about the archive as a whole.
    """
    part = Part.of(path)
    if not is_archive(path):
        return Opened((Disclosure((part,), part.name),), ())
    found: dict[InArchive, Path] = {}
    refused: list[errors.IngestError] = []
    for number, one in enumerate(unpacked(path, part.name)):
        if isinstance(one, errors.IngestError):
            refused.append(one)
            continue
        (file := folder / str(number)).write_bytes(one.data)
        try:
            found[InArchive(PurePosixPath(one.name), ask(file))] = file
        except errors.IngestError as error:
            refused.append(renamed(error, f"{part.name}: {one.name}"))
    groups = grouped(list(found))
    refused += (errors.WhoseIsNotSaid(f"{part.name}: {file.path}") for file in groups.nobodys)
    if not groups.disclosures and not refused:
        raise errors.NothingInArchive(part.name)
    return Opened(tuple(_disclosures(groups, found, part.name)), tuple(refused))


def _disclosures(groups: Groups, found: dict[InArchive, Path], archive: str) -> list[Disclosure]:
    return [
        Disclosure(tuple(Part(found[file], file.path.name) for file in group), f"{archive}: {group[0].path}")
        for group in groups.disclosures
    ]


def renamed(error: errors.IngestError, name: str) -> errors.IngestError:
    """The same error about a file under the name that its reader knows."""
    return type(error)(name, error.page, **error.details)
