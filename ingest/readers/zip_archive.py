"""ZIP archives of documents: their names, what of them is no document, and the limits within which they are unpacked.

An archive is no document: who opens one reads the documents in it. Nothing here is written to a disk, and no name in an
archive becomes a path on this machine.
"""

import re
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest import errors
from ingest.readers.formats import UNFINISHED, Format, NoFormat, ends_of, labels_of, told
from warehouse.base.messages import _

MOST_FILES = 2_000  # in an archive and in the archives in it
LARGEST_MB = 256  # of all of them unpacked
LARGEST_RATIO, SMALL_MB = 200, 8  # unpacked to packed; a small file that is nothing but blanks may have more
DEEPEST = 3  # an archive in an archive in an archive
_MEGABYTE = 1 << 20
_WITH_PASSWORD, _IN_UTF8 = 0x1, 0x800  # bits of a file's flags
_LEFT_BY_SYSTEMS = ("__macosx", "thumbs.db", "desktop.ini")
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Packed:
    """A document in an archive; `name` is its path there, with those of the archives around it."""

    name: str
    data: bytes


@dataclass(slots=True)
class _Opened:
    """What was unpacked until now. `file` is the name of the outermost archive, `formats` are those that are known."""

    file: str
    formats: Sequence[Format]
    files: int = 0
    size: int = 0
    names: set[str] = field(default_factory=set)

    def named(self, name: str) -> str:
        """How a message names a file in it."""
        return f"{self.file}: {name}"


def unpacked(archive: Path, file: str, formats: Sequence[Format]) -> Iterator[Packed | errors.PublisherError]:
    """The documents in an archive, and for each other file the error that names it and says why it is not read.

    What systems and programs leave behind is passed over. Raises Damaged and TooMuchInArchive of the whole archive.
    """
    with archive.open("rb") as opened:
        yield from _unpacked(opened, _Opened(file, formats), "", 1)


def why_unread(archive: Path, formats: Sequence[Format]) -> errors.PublisherError:
    """Why an archive from which nothing came is not read."""
    try:
        found = list(unpacked(archive, archive.name, formats))
    except errors.PublisherError as error:
        return error
    refused = (one for one in found if isinstance(one, errors.PublisherError))
    return next(refused, errors.AnArchive(archive.name) if found else errors.NothingInArchive(archive.name))


def _unpacked(source: IO[bytes], opened: _Opened, folder: str, depth: int) -> Iterator[Packed | errors.PublisherError]:
    try:
        with ZipFile(source) as archive:
            _require_small(archive, opened, folder)
            for info in archive.infolist():
                yield from _one(archive, info, opened, folder, depth)
    except _BROKEN as error:
        name = opened.named(folder.rstrip("/")) if folder else opened.file
        raise errors.Damaged(name, label=_("ZIP archive"), cause=error) from error


def _require_small(archive: ZipFile, opened: _Opened, folder: str) -> None:
    """By the sizes that the archive names: no more of a file is unpacked than that."""
    files = archive.infolist()
    opened.files += len(files)
    opened.size += sum(info.file_size for info in files)
    is_bomb = any(_is_blown_up(info) for info in files)
    if is_bomb or opened.files > MOST_FILES or opened.size > LARGEST_MB * _MEGABYTE:
        raise errors.TooMuchInArchive(
            opened.file, files=opened.files, size=opened.size // _MEGABYTE, limit=LARGEST_MB, most=MOST_FILES
        )


def _is_blown_up(info: ZipInfo) -> bool:
    return info.file_size > max(SMALL_MB * _MEGABYTE, LARGEST_RATIO * info.compress_size)


def _one(
    archive: ZipFile, info: ZipInfo, opened: _Opened, folder: str, depth: int
) -> Iterator[Packed | errors.PublisherError]:
    name = folder + _name(info)
    if name.endswith("/") or _is_left_over(name):
        return
    if why := _why_not(info, name, opened):
        yield errors.NotUnpacked(opened.named(name), cause=why)
        return
    opened.names.add(name)
    try:
        data = archive.read(info)
    except _BROKEN as error:
        yield errors.Damaged(opened.named(name), label=_("packed file"), cause=error)
        return
    yield from _told(name, data, opened, depth)


def _told(name: str, data: bytes, opened: _Opened, depth: int) -> Iterator[Packed | errors.PublisherError]:
    """By its content: a document, an archive with its documents, or what is neither."""
    ends = ends_of(data)
    if not data:
        yield errors.EmptyFile(opened.named(name))
        return
    try:
        found = told(ends, opened.formats)
    except NoFormat as other:
        yield errors.UnknownFormat(opened.named(name), known=labels_of(opened.formats), looks_like=other)
        return
    if not found.is_archive:
        yield Packed(name, data)
    elif depth == DEEPEST:
        yield errors.NotUnpacked(
            opened.named(name), cause=_("more than {deepest} archives are in one another").format(deepest=DEEPEST)
        )
    else:
        try:
            yield from _unpacked(BytesIO(data), opened, f"{name}/", depth + 1)
        except errors.Damaged as damaged:
            yield damaged


def _name(info: ZipInfo) -> str:
    """The path in the archive. Without a flag it is in the encoding of the system that packed it: in China GBK."""
    name = info.orig_filename
    if not info.flag_bits & _IN_UTF8:
        packed = name.encode("cp437", "replace")
        name = next(filter(None, (_decoded(packed, encoding) for encoding in ("utf-8", "gb18030"))), name)
    return "".join(one if one.isprintable() else "�" for one in name.replace("\\", "/"))


def _decoded(packed: bytes, encoding: str) -> str | None:
    try:
        return packed.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_left_over(name: str) -> bool:
    """What a system or a program leaves in a folder: lock files, previews, its own notes."""
    parts = [part for part in name.lower().split("/") if part not in ("", ".", "..")]
    return any(part.startswith(UNFINISHED) or part in _LEFT_BY_SYSTEMS for part in parts)


def _why_not(info: ZipInfo, name: str, opened: _Opened) -> str | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name):
        return _("its path leads out of the archive")
    if kind not in (0, stat.S_IFREG):
        return _("is a link") if kind == stat.S_IFLNK else _("is no file")
    if info.flag_bits & _WITH_PASSWORD:
        return _("is encrypted and needs a password")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return _("is packed by a method that is not read ({compress_type})").format(compress_type=info.compress_type)
    return _("another file in the archive has the same name") if name in opened.names else None
