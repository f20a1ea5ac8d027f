"""What one document costs in each format: processor time and memory beyond the start of the process that reads it.

The document is the accounts of one synthetic department, or those of each folder of JUESUAN_FORMATS, whose files are
one document each. As in production the process is forked from one that has loaded the reader.
"""

import argparse
import gc
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.machine import machine
from ingest.errors import IngestError
from ingest.isolation.warm_up import warm_up
from ingest.pipeline import extract
from ingest.readers import format_at
from ingest.readers.office_program import libreoffice
from ingest.readers.office_program.conversions import conversions
from tests.variants.look import Look
from tests.variants.variant import WRITERS

MEGABYTE = 1 << 20
FORMATS = ("pdf", "text", "xlsx", "docx", "html")


def measure(asked: argparse.Namespace) -> list[str]:
    warm_up()
    gc.collect()
    gc.freeze()  # as the server of the readers does before it forks
    lines = [
        machine(),
        "",
        "| file | amounts | CPU s | MB beyond the start | CPU s of LibreOffice |",
        "|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for path in (*_made(Path(folder)), *_given()):
            lines.append(_line(path, asked.rounds))
    return lines


def _made(folder: Path) -> Iterator[Path]:
    for name in FORMATS:
        path = folder / f"{name}.{'txt' if name == 'text' else name}"
        path.write_bytes(WRITERS[name](Look()))
        yield path


def _given() -> list[Path]:
    folder = os.environ.get("JUESUAN_FORMATS")
    found = sorted(path for path in Path(folder).rglob("*") if path.is_file()) if folder else []
    return [path for path in found if path.suffix in {".xlsx", ".xls", ".docx", ".doc", ".html", ".pdf"}]


def _line(path: Path, rounds: int) -> str:
    one = format_at(path)
    if one is None:
        return f"| {path.name} | no format | | | |"
    one.load()
    converting = _converted(path) if one.office_filter else ""
    found = [_in_a_process(path) for _ in range(rounds)]
    if "refused" in found[0]:
        return f"| {path.parent.name}/{path.name} | {found[0]['refused']} | | | |"
    seconds, memory = (median(one[what] for one in found) for what in ("seconds", "memory"))
    name = path.name if path.stem in FORMATS else f"{path.parent.name}/{path.name}"
    return f"| {name} | {found[0]['amounts']} | {seconds:.2f} | {memory / MEGABYTE:.0f} | {converting} |"


def _converted(path: Path) -> str:
    one, began = format_at(path), resource.getrusage(resource.RUSAGE_CHILDREN)
    if one is None or libreoffice.program() is None:
        return "not installed"
    conversions.convert([path.read_bytes()], one, 120)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return f"{ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime:.1f}"


def _in_a_process(path: Path) -> dict[str, float]:
    """CPU seconds, bytes beyond the start, and amounts, measured in a fork; why it is refused."""
    result, to_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(to_write, json.dumps(_measured(path)).encode())
        os._exit(0)
    os.close(to_write)
    with os.fdopen(result, "rb") as file:
        found = json.loads(file.read())
    os.waitpid(pid, 0)
    return found


def _measured(path: Path) -> dict[str, float | str]:
    start, began = _resident(), time.process_time()
    try:
        amounts = len(extract(path).amounts)
    except IngestError as error:
        return {"refused": type(error).__name__}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": time.process_time() - began, "memory": max(0, peak - start), "amounts": amounts}


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
