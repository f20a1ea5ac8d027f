"""ZIP archives that were fetched: their documents come into the archive as files of their own."""

import tempfile
from collections.abc import Container, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from ingest.about.archives import Ask, Disclosure, disclosures_in
from ingest.errors import IngestError
from ingest.readers import FORMATS
from ingest.readers.parts import clean_name
from ingest.readers.zip_archive import unpacked
from ingest.sync.archive import Archive
from ingest.sync.results import Refused
from ingest.sync.urls import LONGEST
from warehouse.base.messages import _
from warehouse.records.reading import FileRole
from warehouse.records.sources import SourcePart

WITHIN = "#/"  # between the address of an archive and a path in it; no address of a file has a fragment


@dataclass(frozen=True, slots=True)
class Found:
    """`wholes`: the disclosures in an archive, each with its address and the list of its files."""

    wholes: tuple[tuple[str, tuple[SourcePart, ...]], ...]
    refused: tuple[str, ...]


def is_within(address: str) -> bool:
    return WITHIN in address


def around(address: str) -> str:
    """The address of the archive that a disclosure is in."""
    return address.partition(WITHIN)[0]


def opened(archive: Archive, archived: str, name: str, address: str, ask: Ask, forgotten: Container[str] = ()) -> Found:
    """What a fetched archive holds, without disclosures with a file whose SHA-256 is in `forgotten`.

    Raises an IngestError where nothing in it can be read, and Refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = disclosures_in(archive.file(archived), name, Path(folder), ask)
        is_alone = len(found.disclosures) == 1
        wholes = tuple(
            (_address(address, "" if is_alone else one.packed[0]), _kept(archive, one, address))
            for one in found.disclosures
            if not any(_digest(part.path) in forgotten for part in one.files)
        )
    return Found(wholes, tuple(map(str, found.refused)))


def documents(archive: Archive, archived: str, name: str, address: str) -> tuple[SourcePart, ...]:
    """All documents of a fetched archive that is part of a disclosure, whatever they say. Raises Refused."""
    try:
        found = list(unpacked(archive.file(archived), name, FORMATS))
    except IngestError as error:
        raise Refused(str(error)) from error
    packed = [one for one in found if not isinstance(one, IngestError)]
    return tuple(_part(archive, one.data, one.name, address) for one in packed)


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _kept(archive: Archive, disclosure: Disclosure, address: str) -> tuple[SourcePart, ...]:
    parts = (
        _part(archive, file.path.read_bytes(), packed, address)
        for file, packed in zip(disclosure.files, disclosure.packed, strict=True)
    )
    return with_main(parts)


def with_main(parts: Iterable[SourcePart]) -> tuple[SourcePart, ...]:
    """Each content once; the first is the main one."""
    once: dict[str, SourcePart] = {}
    for part in parts:
        role = FileRole.ATTACHMENT if once else FileRole.MAIN
        once.setdefault(part.sha256, SourcePart(role, part.sha256, part.file_name, part.address))
    return tuple(once.values())


def _part(archive: Archive, data: bytes, packed: str, address: str) -> SourcePart:
    with archive.receive() as incoming:
        incoming.write(data)
        kept = incoming.keep()
    name = clean_name(packed.rpartition("/")[2])
    return SourcePart(FileRole.ATTACHMENT, kept.sha256, name, _address(address, packed))


def _address(archive: str, packed: str) -> str:
    address = f"{archive}{WITHIN}{quote(packed)}"
    if len(address) > LONGEST:
        raise Refused(_("the address of a file in it is longer than {longest} characters").format(longest=LONGEST))
    return address
