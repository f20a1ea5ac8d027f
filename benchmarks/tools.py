"""Reads files with one tool in this process and prints the result as JSON.

usage: python -m benchmarks.tools TOOL FILE.pdf…

seconds, cpu: elapsed and CPU time of reading, without imports; cpu includes child processes.
tables: file → its tables; a table is a list of rows, a row a list of cell texts.
peak_mib: the greatest memory of the process minus its memory after the imports.
refused: the files on which the tool failed.
fallen_back: pages of the files after which the module pdfplumber was imported, which means the reader used it.
"""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from benchmarks.machine import page_count

Table = list[list[str | None]]


def juesuan_read(path: Path) -> Iterator[Table]:
    from ingest.readers import read

    for table in read(path).tables():
        yield [row.texts() for row in table.rows]


def juesuan_extract(path: Path) -> Iterator[Table]:
    from ingest.pipeline import extract

    extract(path)
    yield from ()


def pdfplumber(path: Path) -> Iterator[Table]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            yield from page.extract_tables()


def pymupdf(path: Path) -> Iterator[Table]:
    import pymupdf

    with pymupdf.open(path) as pdf:
        for page in pdf:
            for table in page.find_tables().tables:
                yield table.extract()


def camelot(path: Path) -> Iterator[Table]:
    import camelot

    for table in camelot.read_pdf(str(path), pages="all", flavor="lattice"):
        yield table.df.values.tolist()


def tabula(path: Path) -> Iterator[Table]:
    import tabula

    for table in tabula.read_pdf(path, pages="all", lattice=True, pandas_options={"header": None, "dtype": str}):
        yield table.fillna("").values.tolist()


def img2table(path: Path) -> Iterator[Table]:
    from img2table.document import PDF

    for tables in PDF(str(path)).extract_tables().values():
        for table in tables:
            yield [[cell.value for cell in row] for row in table.content.values()]


# tool → function that reads one file, module to import before the measurement, distribution whose version is printed
TOOLS: dict[str, tuple[Callable[[Path], Iterator[Table]], str, str]] = {
    "juesuan read": (juesuan_read, "ingest.readers", "juesuan"),
    "juesuan extract": (juesuan_extract, "ingest.pipeline", "juesuan"),
    "pdfplumber": (pdfplumber, "pdfplumber", "pdfplumber"),
    "PyMuPDF": (pymupdf, "pymupdf", "pymupdf"),
    "camelot": (camelot, "camelot", "camelot-py"),
    "tabula": (tabula, "tabula", "tabula-py"),
    "img2table": (img2table, "img2table.document", "img2table"),
}


def cpu_seconds() -> float:
    """CPU time of this process and its finished children."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def held_kib(field: str) -> int:
    """VmRSS (memory now) or VmHWM (its maximum) of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))


def read_all(reads: Callable[[Path], Iterator[Table]], files: list[Path]) -> dict:
    """Tables by file, the files on which the tool failed, and those after which pdfplumber was imported."""
    tables: dict[str, list[Table]] = {}
    refused: list[str] = []
    with_pdfplumber: list[Path] = []
    for file in files:
        try:
            tables[str(file)] = list(reads(file))
        except subprocess.CalledProcessError:  # tabula: its Java process failed on the file
            tables[str(file)] = []
            refused.append(file.name)
        if "pdfplumber" in sys.modules:
            with_pdfplumber.append(file)
    return {"tables": tables, "refused": refused, "with_pdfplumber": with_pdfplumber}


def main(tool: str, files: list[Path]) -> None:
    logging.disable(logging.ERROR)
    reads, module, distribution = TOOLS[tool]
    import_module(module)
    before = held_kib("VmRSS")
    start, worked = time.perf_counter(), cpu_seconds()
    found = read_all(reads, files)
    answer = {"seconds": time.perf_counter() - start, "cpu": cpu_seconds() - worked}
    answer["peak_mib"] = (held_kib("VmHWM") - before) / 1024
    answer["fallen_back"] = page_count(found.pop("with_pdfplumber"))
    print(json.dumps(answer | found | {"version": version(distribution)}))


if __name__ == "__main__":
    main(sys.argv[1], [*map(Path, sys.argv[2:])])
