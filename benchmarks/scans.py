"""What a scanned page costs: juesuan beside tesseract and rapidocr as it comes, on the same pages.

The scans are the PDFs in the folder JUESUAN_SCANS, or pages of a sample drawn as pictures. Each is read by a process of
its own. Of juesuan everything is measured, from the file to its amounts; of the others the recognition of each page as
a whole, by which no table is known. `found`: how many of the amounts on the pages their text holds; of given scans, how
many amounts there are in it.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from benchmarks.machine import ROOT, machine, table
from ingest.pipeline import understand
from ingest.readers.pdf.scan.models import LINES, TEXTS, TEXTS_AGAIN, is_installed, path_of, use_models

SAMPLE, PAGES = ROOT / "samples" / "nanyang_gongxin_2024.pdf", (1, 9, 20)  # its cover and two tables
DPI = 200
_AMOUNT = re.compile(r"\d[\d,]*\.\d\d(?!\d)")


class Cost(NamedTuple):
    cpu: float  # seconds, of all pages
    seconds: float
    peak: int  # MB
    amounts: Counter[str]


def by_juesuan(path: Path) -> Iterator[str]:
    use_models(True)
    yield from (number.text for number in understand(path).document.numbers)


def by_tesseract(path: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages_of(path)):
            picture = Path(folder) / f"{number}.png"
            page.save(picture)
            command = ["tesseract", str(picture), "-", "-l", "chi_sim", "--psm", "11", "--dpi", str(DPI)]
            yield subprocess.run(command, env={"OMP_THREAD_LIMIT": "1"}, capture_output=True, text=True).stdout


def by_rapidocr(path: Path) -> Iterator[str]:
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    paths = {"Det.model_path": str(path_of(LINES)), "Rec.model_path": str(path_of(TEXTS))}
    engine = RapidOCR(params={**threads, **paths, "Global.log_level": "error"})
    for page in pages_of(path):
        yield from engine(page).txts or ()


TOOLS: dict[str, Callable[[Path], Iterable[str]]] = {
    "juesuan": by_juesuan,
    "tesseract": by_tesseract,
    "rapidocr": by_rapidocr,
}


def measure(asked: argparse.Namespace) -> list[str]:
    if not (is_installed() and path_of(TEXTS_AGAIN)):
        sys.exit("juesuan[ocr] or its second model is not installed: docs/scans.md")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for path, printed in _scans(Path(folder)):
            pages = len(pdfium.PdfDocument(path))
            rows += [_row(path, pages, tool, _in_a_process(tool, path), printed) for tool in TOOLS if _is_there(tool)]
    headings = ["scan", "read by", "pages", "CPU s per page", "s per document", "peak MB", "amounts found"]
    return [machine(), "", *table(headings, rows)]


def _is_there(tool: str) -> bool:
    return tool != "tesseract" or which(tool) is not None


def _scans(folder: Path) -> Iterator[tuple[Path, Counter[str] | None]]:
    """Each with the amounts on its pages, where they are known."""
    if given := os.environ.get("JUESUAN_SCANS"):
        yield from ((path, None) for path in sorted(Path(given).rglob("*.pdf")))
        return
    pdf = pdfium.PdfDocument(SAMPLE)
    shown = [pdf[number - 1] for number in PAGES]
    first, *others = (page.render(scale=DPI / 72).to_pil() for page in shown)
    path = folder / "sample.pdf"
    first.save(path, "PDF", save_all=True, append_images=others, resolution=DPI)
    yield path, amounts_in(page.get_textpage().get_text_bounded() for page in shown)


def pages_of(path: Path) -> Iterator[Any]:
    """The pages as pictures, as juesuan draws them."""
    for page in pdfium.PdfDocument(path):
        yield page.render(scale=DPI / 72).to_pil().convert("RGB")


def amounts_in(texts: Iterable[str]) -> Counter[str]:
    return Counter(found.replace(",", "") for text in texts for found in _AMOUNT.findall(text))


def _in_a_process(tool: str, path: Path) -> Cost:
    """Measured in a fork, with the processes that it starts."""
    result, to_write = os.pipe()
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        found = amounts_in(TOOLS[tool](path))
        os.write(to_write, "\n".join(found.elements()).encode())
        os._exit(0)
    os.close(to_write)
    with os.fdopen(result) as lines:
        amounts = Counter(lines.read().split())
    _, _, usage = os.wait4(pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss >> 10, amounts)


def _row(path: Path, pages: int, tool: str, cost: Cost, printed: Counter[str] | None) -> list[str]:
    count = (cost.amounts & printed if printed is not None else cost.amounts).total()
    found = f"{count} of {printed.total()}" if printed is not None else str(count)
    costs = [f"{cost.cpu / pages:.1f}", f"{cost.seconds:.0f}", str(cost.peak), found]
    return [f"{path.parent.name}/{path.name}" if printed is None else path.name, tool, str(pages), *costs]
