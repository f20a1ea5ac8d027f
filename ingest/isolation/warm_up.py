"""What the reader server loads before it forks readers: they share it, and may not open it themselves.

A reader that has given up root cannot open a Python or a project that only root may read.
"""

import codecs
import importlib
import inspect
import os
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from ingest import readers
from ingest.isolation.messages import Answer, Ended, Recognised, Request, adapter, encode
from ingest.pipeline import extract
from warehouse.kinds.kind import DocumentKind, load_kinds

SMALLEST_DISCLOSURE = """海州市粮食局2024年度部门决算
国有资本经营预算财政拨款支出决算表
单位:万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1.00\t0.00\t1.00
"""
# Formats with a package of their own, and the reading of scans, whose libraries are an extra.
_LATER = (*(one.package for one in readers.FORMATS if one.package), f"{readers.__name__}.pdf.scan")
ENCODINGS = (
    "utf-8-sig",
    "gb18030",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "latin-1",
    "ascii",
    "big5hkscs",
    "cp437",
    "gbk",
    "cp1252",
)


def warm_up() -> None:
    """Loads messages, readers, encodings, and all declarations and lists; reads a tiny disclosure.

    Formats with a package of their own are loaded when the first file of theirs is to be read.
    """
    adapter(Answer), adapter(Request), adapter(Ended), adapter(Recognised)
    for module in pkgutil.walk_packages(readers.__path__, f"{readers.__name__}.", onerror=None):
        if not module.name.startswith(_LATER):
            importlib.import_module(module.name)  # formats import their readers only where a file is read
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    if os.geteuid() == 0:
        import pdfplumber  # noqa: F401  the reader imports it for few files, because that takes longer than reading one
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "smallest.txt"
        path.write_text(SMALLEST_DISCLOSURE, encoding="utf-8")
        encode(Answer(extract(path)))
    _load_declarations()


def _load_declarations() -> None:
    """Calls each cached function of no argument, or of a kind of document: so everything declared is loaded."""
    for function in [*_cached_functions()]:
        annotations = [one.annotation for one in inspect.signature(function).parameters.values()]
        if not annotations:
            function()
        elif annotations == [DocumentKind]:
            for kind in load_kinds():
                function(kind)


def _cached_functions() -> Iterator[Callable[..., Any]]:
    for module in [*filter(_is_ours, sys.modules.values())]:
        yield from (one for one in vars(module).values() if hasattr(one, "cache_parameters"))


def _is_ours(module: ModuleType) -> bool:
    return module.__name__.startswith(("ingest.", "warehouse."))
