"""Pictures in a Word file, workbook or page that are as large as a page or a table: what they print is not read."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml.etree import _Element
from PIL import Image

from ingest.readers.image.pages import BROKEN, FORMATS
from ingest.readers.zip_parts import part_of

WIDEST, HIGHEST = 500, 250  # pixels: a picture of a table has at least so many
FEWEST = 250_000  # pixels; the picture of a seal has fewer
LARGEST_DRAWN = 20_000  # bytes of a drawing that has no pixels: with more it is no rule and no logo
_DRAWN = (".emf", ".wmf")


def notes_on_media(archive: ZipFile, folder: str) -> Iterator[str]:
    """A note for each large picture among the parts of an Office file."""
    names = sorted(name for name in archive.namelist() if name.startswith(folder))
    return _notes((name.rpartition("/")[2], part_of(archive, name)) for name in names)


def notes_on_images(root: _Element) -> Iterator[str]:
    """A note for each large picture of a page; of one that lies elsewhere only the page tells how large it is."""
    for number, image in enumerate(root.iter("img"), start=1):
        source = image.get("src", "")
        size = _size_of(_bytes_of(source)) if source.startswith("data:") else _told(image)
        if size and _is_large(*size):
            yield _note(f"网页的第{number}幅图像", f"{size[0]}×{size[1]}像素")


def _notes(pictures: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    for name, data in pictures:
        if name.lower().endswith(_DRAWN):
            if len(data) > LARGEST_DRAWN:
                yield _note(f"文件内的图像{name}", "矢量图")
        elif (size := _size_of(data)) and _is_large(*size):
            yield _note(f"文件内的图像{name}", f"{size[0]}×{size[1]}像素")


def _note(which: str, size: str) -> str:
    return f"{which}({size})可能是一页或一张表,其上的文字未读:只识别单独成文件的图像和PDF中的图像页"


def _is_large(width: int, height: int) -> bool:
    return width >= WIDEST and height >= HIGHEST and width * height >= FEWEST


def _size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels by the head of a picture, which is not unpacked."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            return image.size
    except BROKEN:
        return None


def _bytes_of(source: str) -> bytes:
    try:
        return base64.b64decode(source.partition(",")[2])
    except binascii.Error:
        return b""


def _told(image: _Element) -> tuple[int, int] | None:
    width, height = (image.get(name, "").removesuffix("px") for name in ("width", "height"))
    return (int(width), int(height)) if _is_count(width) and _is_count(height) else None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6
