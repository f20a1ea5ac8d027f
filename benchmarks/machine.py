"""What a benchmark ran on, and how its figures are written."""

import os
import platform
import statistics
from pathlib import Path

import psycopg

MEBIBYTE = 1 << 20


def machine(connection: psycopg.Connection, *others: str) -> str:
    """One line: processor, cores, memory, load, versions."""
    model = _first("/proc/cpuinfo", "model name") or platform.processor()
    memory = int((_first("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) // (1 << 20)
    server = connection.execute("show server_version").fetchone()[0].split()[0]
    load = f"{os.getloadavg()[0]:.1f}"
    parts = (f"{model}, {os.cpu_count()} cores, {memory} GiB, load {load} at the start", f"PostgreSQL {server}")
    return "; ".join((*parts, f"Python {platform.python_version()}", *others))


def spread(values: list[float], digits: int = 2) -> str:
    """Median, and between which values it lies."""
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def mebibytes(size: int) -> str:
    return f"{size / MEBIBYTE:,.0f}"


def table(headings: list[str], rows: list[list[str]]) -> list[str]:
    """Markdown; the first column is words, the others are numbers."""
    rule = "|".join(["---", *["--:"] * (len(headings) - 1)])
    return [f"| {' | '.join(headings)} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows)]


def _first(path: str, field: str) -> str | None:
    lines = Path(path).read_text().splitlines() if Path(path).exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(field)), None)
