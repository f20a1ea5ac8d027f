"""The pictures in the files of a disclosure: each is recognised by a process of its own, and its result is kept.

A reader asks `page_of_picture` for each picture that is a page. What it gets depends on what its process is there
for: what was recognised before; or nothing, and the picture is noted; or the reading ends with the one that was wanted.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

from ingest.document import Block, Laid, PrintedNumber
from ingest.readers.pdf.scan.models import is_installed


class PictureOf(NamedTuple):
    """A picture by the SHA-256 of its file and the number of its page, or its own number where there are no pages."""

    sha256: str
    number: int


class PageRead(NamedTuple):
    """What is recognised on a page, in places of the page as it was laid."""

    blocks: tuple[Block, ...]
    numbers: tuple[PrintedNumber, ...]
    laid: Laid


class Wanted(Exception):
    """Ends a reading: the page that was wanted is recognised."""

    def __init__(self, page: PageRead):
        self.page = page
        super().__init__()


class _Task:
    """What this process does with pictures. One that is given nothing and wants nothing recognises all of them."""

    given: Mapping[PictureOf, PageRead] | None = None
    wanted: PictureOf | None = None
    noted: list[PictureOf] | None = None


def use_only(given: Mapping[PictureOf, PageRead]) -> None:
    """This process recognises nothing: it takes these results, and notes the pictures that have none."""
    _Task.given, _Task.wanted, _Task.noted = MappingProxyType(dict(given)), None, []


def want(picture: PictureOf) -> None:
    """This process recognises this picture alone, and then reads no further."""
    _Task.given, _Task.wanted, _Task.noted = None, picture, None


def noted() -> tuple[PictureOf, ...]:
    """The pictures that were met and have no result."""
    return tuple(dict.fromkeys(_Task.noted or ()))


def page_of_picture(data: bytes, number: int, recognise: Callable[[], PageRead]) -> PageRead | None:
    """What is on a picture of the file with these bytes; None where it is not read. Raises Wanted."""
    if _Task.noted is None and _Task.wanted is None:
        return recognise() if is_installed() else None
    picture = PictureOf(_digest(data), number)
    if picture == _Task.wanted:
        raise Wanted(recognise())
    if _Task.noted is not None and picture not in (_Task.given or {}):
        _Task.noted.append(picture)
    return (_Task.given or {}).get(picture)


def recognised_before(data: bytes, number: int) -> PageRead | None:
    """The result that this process was given of a picture of the file with these bytes."""
    return (_Task.given or {}).get(PictureOf(_digest(data), number))


@lru_cache(maxsize=1)  # a file is digested once, and not once for each of its pages
def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
