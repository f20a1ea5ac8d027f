"""Writes the accounts as a page that a program makes of a PDF: each text an element with a place of its own."""

from collections.abc import Iterator
from html import escape
from io import BytesIO

import pdfplumber

from tests.variants.look import Look
from tests.variants.pdf import pdf_of

Run = list[dict]  # adjacent characters


def placed_html_of(look: Look) -> bytes:
    with pdfplumber.open(BytesIO(pdf_of(look))) as pdf:
        pages = [WAYS[look.placed](page, _runs(page.chars, one_each=look.placed == "characters")) for page in pdf.pages]
    style = "".join(f".f{size}{{font-size:{size}px}}\n" for size in range(6, 60))
    head = f'<meta charset="utf-8"><title>{look.body}</title><style>{style}</style>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(pages)}</body></html>".encode()


def _runs(chars: list[dict], one_each: bool) -> Iterator[Run]:
    run: Run = []
    for char in chars:
        follows = run and abs(char["top"] - run[-1]["top"]) < 0.5 and abs(char["x0"] - run[-1]["x1"]) < 0.1
        if run and (one_each or not follows):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _text(run: Run) -> str:
    return escape("".join(char["text"] for char in run))


def _in_points(page, runs: Iterator[Run]) -> str:
    body = "".join(
        f'<div style="top:{run[0]["top"]:.4f}pt;left:{run[0]["x0"]:.3f}pt;font-size:{run[0]["size"]:.2f}pt;'
        f'width:auto;position:absolute;">{_text(run)}</div>\n'
        for run in runs
    )
    return f'<div class="page" style="position:relative;width:{page.width}pt;height:{page.height}pt">{body}</div>'


def _in_classes(page, runs: Iterator[Run]) -> str:
    """Whole pixels, half as large again, the size of the font in a class."""
    body = "".join(
        f'<p style="position:absolute;top:{run[0]["top"] * 1.5:.0f}px;left:{run[0]["x0"] * 1.5:.0f}px" '
        f'class="f{run[0]["size"] * 1.5:.0f}">{_text(run)}</p>'
        for run in runs
    )
    return f'<div style="position:relative;height:{page.height * 1.5}px">{body}</div>'


def _from_below(page, runs: Iterator[Run]) -> str:
    """Spans in a box in a page, placed by the distance from the foot of the page."""
    height = float(page.height)
    body = "".join(
        f'<span style="position:absolute;left:{run[0]["x0"]:.2f}px;bottom:{height - run[0]["bottom"]:.2f}px;'
        f'font-size:{run[0]["size"]:.1f}px"><span>{_text(run)}</span></span>'
        for run in runs
    )
    box = f'<div style="position:absolute;left:0;top:0;height:{height}px">{body}</div>'
    return f'<div style="position:relative;height:{height}px">{box}</div>'


WAYS = {"runs": _in_points, "characters": _in_points, "classes": _in_classes, "from_below": _from_below}
