"""What several benchmarks share: the description of the machine, the list of files, CPU time, Markdown tables."""

import os
import platform
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

if TYPE_CHECKING:  # psycopg is not installed in the environment of the other tools
    import psycopg

ROOT = Path(__file__).parents[1]
MEBIBYTE = 1 << 20
PARENT, USER, SYSTEM, CHILDREN_SYSTEM = 0, 10, 11, 13  # indexes into the list that `_stat` returns


def machine(*others: str) -> str:
    """One line: processor, cores, memory, load average before the run, versions."""
    model = _first("/proc/cpuinfo", "model name") or platform.processor()
    memory = int((_first("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) // (1 << 20)
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    parts = (f"{model}, {os.cpu_count()} cores, {memory} GiB", f"load before the run {load}")
    return "; ".join((*parts, f"Python {platform.python_version()}", *others))


def server(connection: "psycopg.Connection") -> str:
    return f"PostgreSQL {connection.execute('show server_version').fetchone()[0].split()[0]}"


def pdfs() -> list[Path]:
    """The PDFs of JUESUAN_CORPUS if it is set, otherwise those of samples/."""
    corpus = os.environ.get("JUESUAN_CORPUS")
    return sorted(Path(corpus).resolve().glob("*/*.pdf") if corpus else (ROOT / "samples").glob("*.pdf"))


def page_count(files: list[Path]) -> int:
    count = 0
    for file in files:
        with pdfium.PdfDocument(file) as pdf:
            count += len(pdf)
    return count


class Processor:
    """CPU seconds of this process, of its finished children, and of all processes of the PostgreSQL server."""

    def __init__(self, connection: "psycopg.Connection"):
        self._postmaster = _stat(connection.info.backend_pid)[PARENT]

    def seconds(self) -> float:
        server = _stat(self._postmaster)
        ticks = sum(server[USER : CHILDREN_SYSTEM + 1])  # includes the server processes that have ended
        for other in Path("/proc").glob("[0-9]*/stat"):
            stat = _stat(int(other.parent.name))
            if stat and stat[PARENT] == self._postmaster:
                ticks += stat[USER] + stat[SYSTEM]
        return ticks / os.sysconf("SC_CLK_TCK") + sum(os.times()[:4])


def cpu_seconds(pid: int) -> float:
    """Of a process and its children that have ended."""
    return sum(_stat(pid)[USER : CHILDREN_SYSTEM + 1]) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[int]:
    """The numbers of /proc/PID/stat from the parent's pid on; empty if the process has ended."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(field) for field in line.rpartition(")")[2].split()[1:16]]


def spread(values: list[float], digits: int = 2) -> str:
    """Median, minimum and maximum as text."""
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def mebibytes(size: int) -> str:
    return f"{size / MEBIBYTE:,.0f}"


def table(headings: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a Markdown table; the first column is text, the others are numbers aligned right."""
    rule = "|".join(["---", *["--:"] * (len(headings) - 1)])
    return [f"| {' | '.join(headings)} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows)]


def _first(path: str, field: str) -> str | None:
    lines = Path(path).read_text().splitlines() if Path(path).exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(field)), None)
