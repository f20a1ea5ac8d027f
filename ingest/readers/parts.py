"""Several files that are one disclosure: narrative and tables apart, or a page and its attachments.

Who reads them together was told that they belong together; nothing here guesses it.
"""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import TypeVar

from ingest.document import Block, Document, Line, PrintedNumber, RawRow, Remark
from ingest.errors import IngestError, Scanned, TooManyFiles
from ingest.readers import format_of, read, read_bytes
from ingest.readers.formats import ends_of

MOST_FILES = 50  # of one disclosure
LONGEST_NAME = 120  # characters of a file's name
Piece = TypeVar("Piece", Line, RawRow, Remark)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a disclosure: where it lies, what it was called where it came from, and that address."""

    path: Path
    name: str
    url: str | None = None

    @classmethod
    def of(cls, path: Path) -> "Part":
        """A file under its own name; bytes of the name that are no UTF-8 become �."""
        return cls(path, os.fsencode(path.name).decode("utf-8", "replace"))


def clean_name(text: str) -> str:
    """One printable line without path separators, at most LONGEST_NAME characters, with its suffix kept."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", text).strip())[-1]
    printable = "".join(character for character in last if character.isprintable()).strip(" .")
    stem, dot, suffix = printable.rpartition(".")
    if len(printable) > LONGEST_NAME and dot and len(suffix) < 10:
        return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    return printable[:LONGEST_NAME]


def require_few(main: Part, attachments: Sequence[Part]) -> None:
    """Raises TooManyFiles: a request to a reading process has room for so many."""
    files = 1 + len(attachments)
    if files > MOST_FILES:
        raise TooManyFiles(main.name, files=files, limit=MOST_FILES)


def read_parts(main: Part, attachments: Sequence[Part], max_pages: int) -> list[Document]:
    """Each file by itself, the main one first. Raises TooManyFiles, and an IngestError that names the file at fault."""
    require_few(main, attachments)
    return [read(main.path, max_pages), *(_read(part, max_pages) for part in attachments)]


def _read(part: Part, max_pages: int) -> Document:
    """A picture that is not read here is named in a doubt: it may be a seal, and no disclosure rests on it alone."""
    try:
        return read(part.path, max_pages)
    except IngestError as error:
        if isinstance(error, Scanned) and format_of(ends_of(read_bytes(part.path))).is_image:
            return _unread_picture(str(error.details["pages"]))
        raise type(error)(part.name, error.page, **error.details) from error


def _unread_picture(pages: str) -> Document:
    count = int(pages)
    return Document("image", (), count, tuple(f"第{n}页只有图像,未读(需要OCR)" for n in range(1, count + 1)))


def joined(documents: Sequence[Document], attachments: Sequence[Part]) -> Document:
    """One document of what `read_parts` gave; format and pages are those of the main file."""
    main, *others = documents
    named = zip(attachments, others, strict=True)
    return reduce(_with, (_numbered(document, part.name, n) for n, (part, document) in enumerate(named, start=2)), main)


def _with(before: Document, after: Document) -> Document:
    return replace(
        before,
        blocks=before.blocks + after.blocks,
        notes=before.notes + after.notes,
        numbers=before.numbers + after.numbers,
        remarks=before.remarks + after.remarks,
        recognised={**before.recognised, **after.recognised},
        unread=before.unread | after.unread,
    )


def _numbered(document: Document, name: str, file_no: int) -> Document:
    """The document with the number of its file in every place; what its reader was unsure of names the file."""
    return replace(
        document,
        blocks=tuple(_in_file(block, file_no) for block in document.blocks),
        notes=tuple(f"{name}:{note}" for note in document.notes),
        numbers=tuple(_number_in_file(number, file_no) for number in document.numbers),
        remarks=tuple(_placed(remark, file_no) for remark in document.remarks),
        recognised={(file_no, page): laid for (_, page), laid in document.recognised.items()},
        unread=frozenset((file_no, page) for _, page in document.unread),
    )


def _in_file(block: Block, file_no: int) -> Block:
    if isinstance(block, Line):
        return _placed(block, file_no)
    return replace(block, rows=tuple(_placed(row, file_no) for row in block.rows))


def _placed(piece: Piece, file_no: int) -> Piece:
    return replace(piece, place=replace(piece.place, file_no=file_no))


def _number_in_file(number: PrintedNumber, file_no: int) -> PrintedNumber:
    return number._replace(place=replace(number.place, file_no=file_no))


def web_address(address: str | None) -> str | None:
    """The address, if it is one of the web: a file: address names a path of one machine and is not published."""
    return address if (address or "").startswith(("http:", "https:")) else None
