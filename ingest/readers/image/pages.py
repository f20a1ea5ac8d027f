"""The pages of an image file: which of its frames are pages, and each as it is to be seen."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from ingest import errors
from warehouse.base.messages import N_, _

FORMATS = [kind.format for kind in (PngImageFile, JpegImageFile, TiffImageFile)]
LABEL = N_("picture (PNG/JPEG/TIFF)")
MOST_PIXELS = 100_000_000  # of a page: an A3 sheet at 600 dpi has 70 million
POINTS = 72  # in an inch
A4 = (595.0, 842.0)  # points: the page that a picture shows which does not say how large it is
SHORTEST, LONGEST = 400.0, 1300.0  # points of a side of a page, from A5 to A3
BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)
_PREVIEW, _IS_PREVIEW = 254, 1  # a tag of TIFF and its bit: the same page once more, smaller
Image.MAX_IMAGE_PIXELS = None  # how large a picture is, is looked at before it is unpacked


@contextmanager
def opened(path: Path, data: bytes) -> Iterator[Image.Image]:
    """Raises Damaged and TooManyPixels, also for what is found while a page is unpacked."""
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(BytesIO(data), formats=FORMATS) as image,
        ):
            yield image
    except UnidentifiedImageError as error:  # its text names no file but an object in memory
        raise errors.Damaged(path.name, label=LABEL, cause=_("its beginning is that of no picture")) from error
    except BROKEN as error:
        raise errors.Damaged(path.name, label=LABEL, cause=error) from error


def pages_of(image: Image.Image, path: Path, limit: int) -> list[int]:
    """The frames that are pages: all of a TIFF but previews, the first of other files. Raises TooManyPages."""
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if count > limit:
        raise errors.TooManyPages(path.name, pages=count, limit=limit)
    frames = []
    for frame in range(count):
        image.seek(frame)
        _require_small(image, path)
        if not _is_preview(image):
            frames.append(frame)
    return frames or [0]


def _require_small(image: Image.Image, path: Path) -> None:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise errors.TooManyPixels(path.name, pixels=pixels // 1_000_000, limit=MOST_PIXELS // 1_000_000)


def _is_preview(image: Image.Image) -> bool:
    tags = getattr(image, "tag_v2", {})
    return bool(int(tags.get(_PREVIEW, 0)) & _IS_PREVIEW)


def page(image: Image.Image, frame: int) -> tuple[Image.Image, float]:
    """A page in red, green and blue as it is to be seen, on white paper, and its pixels per inch."""
    image.seek(frame)
    seen = ImageOps.exif_transpose(image) or image
    return _on_paper(seen), dpi_of(seen.size, image.info.get("dpi"))


def _on_paper(image: Image.Image) -> Image.Image:
    """In three colours of 8 bits; what is transparent is white."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def dpi_of(size: tuple[int, int], said: tuple[float, float] | None) -> float:
    """As the file says where the page then has the size of a sheet; else as of an A4 sheet."""
    shorter, longer = sorted(size)
    told = float(said[0]) if said else 0.0
    if told > 0 and POINTS * shorter / told >= SHORTEST and POINTS * longer / told <= LONGEST:
        return told
    return POINTS * max(shorter / A4[0], longer / A4[1])
