"""The models that recognise text in pictures. They come with the wheels; each is known by its digest.

PP-OCRv6 of `rapidocr` finds lines of text and reads them. PP-OCRv4 of `rapidocr-onnxruntime` reads numbers a second
time: that wheel is installed without what it asks for, which would be another OpenCV. Nothing is fetched at run time.
"""

import hashlib
import importlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

NEEDED = ("rapidocr", "onnxruntime", "cv2")
PACKAGE = "juesuan[ocr]"  # what has to be installed
SURE = 0.5  # a text of which a model is less sure is taken as not read


class Model(NamedTuple):
    """A file of an installed package, and its SHA-256."""

    package: str
    file: str
    sha256: str


LINES = Model(
    "rapidocr",
    "models/PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)
TEXTS = Model(
    "rapidocr",
    "models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
TEXTS_AGAIN = Model(
    "rapidocr_onnxruntime",
    "models/ch_PP-OCRv4_rec_infer.onnx",
    "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b",
)


ALL = (LINES, TEXTS, TEXTS_AGAIN)


class Read(NamedTuple):
    """What a model read, and how sure it is: 0 to 1."""

    text: str
    confidence: float


_is_used = True


def use_models(is_used: bool) -> None:
    """Whether this process is to read pictures, where it can."""
    global _is_used
    _is_used = is_used


def is_installed() -> bool:
    """Whether pictures can be read here."""
    return _is_used and all(map(find_spec, NEEDED)) and None not in (path_of(LINES), path_of(TEXTS))


@cache  # a model of some ten megabytes is digested once per process
def path_of(model: Model) -> Path | None:
    """None where the package is not installed or holds another model than the one that was tested."""
    spec = find_spec(model.package)
    path = Path(spec.origin).parent / model.file if spec and spec.origin else None
    if path is None or not path.is_file():
        return None
    return path if hashlib.sha256(path.read_bytes()).hexdigest() == model.sha256 else None


def find_lines(picture: Any) -> list[tuple[float, ...]]:
    """Left, top, right and bottom of each line of text in a picture with three colours, in pixels."""
    boxes = _engine(TEXTS)(picture, use_det=True, use_cls=False, use_rec=False).boxes
    return [] if boxes is None else [(*map(float, (*box.min(0), *box.max(0))),) for box in boxes]


def read_texts(pictures: Sequence[Any]) -> list[Read]:
    """The text of each picture of one line."""
    return _read(TEXTS, pictures)


def read_again(pictures: Sequence[Any]) -> list[Read] | None:
    """The same by the second model; None where it is not installed."""
    return None if path_of(TEXTS_AGAIN) is None else _read(TEXTS_AGAIN, pictures)


def load_models() -> None:
    """Loads libraries and models now, since a confined process cannot open their files later."""
    import numpy

    for module in ("page", "sheets"):
        importlib.import_module(f"ingest.readers.pdf.scan.{module}")
    blank = numpy.full((64, 256, 3), 255, numpy.uint8)
    find_lines(blank), read_texts([blank]), read_again([blank])


def _read(model: Model, pictures: Sequence[Any]) -> list[Read]:
    if not pictures:
        return []
    found = _engine(model).recognize_txt(list(pictures))
    return [
        Read(text.strip() if score >= SURE else "", float(score))
        for text, score in zip(found.txts, found.scores, strict=True)
    ]


@cache  # a model is loaded once per process
def _engine(model: Model) -> Any:
    """The models, each in one thread: a confined process may start no other."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    paths = {"Det.model_path": str(path_of(LINES)), "Rec.model_path": str(path_of(model))}
    return RapidOCR(params={**threads, **paths, "Global.log_level": "error"})
