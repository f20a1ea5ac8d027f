"""The directory of an OLE container, in which old Office files keep their parts: [MS-CFB].

A Word file may hold a workbook and the other way round, so only what lies directly below the root says what it is.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from warehouse.base.messages import _

WORD, WORKBOOK = ("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
_ENTRY = 128  # bytes of an entry of the directory
_FREE = 0xFFFFFFFA  # sector numbers from here on are no sectors
_NONE = 0xFFFFFFFF  # in place of an entry
_IN_HEADER = 109  # sectors of the table that the header lists; a file of more than 7 MB lists others elsewhere
_MOST_ENTRIES = 10_000


class Stream(NamedTuple):
    """A part below the root: its name in UTF-16 as it is stored, and the number of its first sector."""

    name: bytes
    sector: int


class NotRead(ValueError):
    """The container is damaged, or larger than its header tells."""


def streams(data: bytes) -> list[Stream]:
    """The parts directly below the root. Raises NotRead."""
    try:
        size = _sector_size(data)
        directory = b"".join(_sectors(data, size, struct.unpack_from("<I", data, 48)[0]))
        return list(_below_root(directory))
    except struct.error as error:
        raise NotRead(str(error)) from error


def listing(data: bytes) -> bytes:
    """The names of these parts, each behind a NUL; all of the file where its directory is damaged."""
    try:
        return b"".join(b"\0\0" + stream.name for stream in streams(data))
    except NotRead:
        return data


def is_locked_word_file(data: bytes) -> bool:
    """Whether the first words of a Word file say that it is encrypted: [MS-DOC] 2.5.2, fEncrypted."""
    try:
        sector = next((one.sector for one in streams(data) if one.name == WORD), None)
        return sector is not None and bool(data[(sector + 1) * _sector_size(data) + 11] & 1)
    except (NotRead, IndexError):
        return False


def _sector_size(data: bytes) -> int:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise NotRead(_("sectors of 2^{shift} bytes").format(shift=shift))
    return 1 << int(shift)


def _sectors(data: bytes, size: int, first: int) -> Iterator[bytes]:
    """A chain of sectors."""
    tables = [sector for sector in struct.unpack_from(f"<{_IN_HEADER}I", data, 76) if sector < _FREE]
    per_table, seen, sector = size // 4, set[int](), first
    while sector < _FREE:
        if sector in seen or sector // per_table >= len(tables) or len(seen) * size > _MOST_ENTRIES * _ENTRY:
            raise NotRead(_("the chain of its directory"))
        seen.add(sector)
        yield data[(sector + 1) * size : (sector + 2) * size]
        at = (tables[sector // per_table] + 1) * size + 4 * (sector % per_table)
        sector = struct.unpack_from("<I", data, at)[0]


def _below_root(directory: bytes) -> Iterator[Stream]:
    """The entries of the tree that the root names: each names one before and one behind it."""
    waiting, seen = [struct.unpack_from("<I", directory, 76)[0]], {_NONE}
    while waiting:
        entry = waiting.pop()
        if entry in seen:
            continue
        seen.add(entry)
        at = entry * _ENTRY
        length = struct.unpack_from("<H", directory, at + 64)[0]
        waiting += struct.unpack_from("<II", directory, at + 68)
        sector = struct.unpack_from("<I", directory, at + 116)[0]
        yield Stream(directory[at : at + max(0, min(64, length) - 2)], sector)
