"""Where a benchmark ran, and the files that several of them read."""

import os
import platform
from pathlib import Path

import pypdfium2 as pdfium

ROOT = Path(__file__).parents[1]


def machine() -> str:
    """Processor, versions and how busy the machine is before the run."""
    model = next((line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")), "?")
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}; load before the run {load}"


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def pdfs() -> list[Path]:
    """The PDFs of JUESUAN_CORPUS, else those of samples/."""
    corpus = os.environ.get("JUESUAN_CORPUS")
    return sorted(Path(corpus).resolve().glob("*/*.pdf") if corpus else (ROOT / "samples").glob("*.pdf"))


def page_count(files: list[Path]) -> int:
    count = 0
    for file in files:
        with pdfium.PdfDocument(file) as pdf:
            count += len(pdf)
    return count
