"""Variants of text as other programs write it: HTML tables, commas, other encodings, columns aligned by blanks."""

import tomllib
from collections.abc import Callable
from functools import partial
from html import escape
from unicodedata import east_asian_width

from tests.variants.forms import ABOVE, LEFT
from tests.variants.look import Look, plain
from tests.variants.variant import Variant
from warehouse.kinds.wordings import FOLDER

Texts = list[list[str]]


def _spans(rows: Texts, r: int, c: int) -> str:
    across = next((n for n in range(1, len(rows[r]) - c) if rows[r][c + n] != LEFT), len(rows[r]) - c)
    down = next((n for n in range(1, len(rows) - r) if rows[r + n][c] != ABOVE), len(rows) - r)
    return (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")


def _html_row(rows: Texts, r: int) -> str:
    cells = ((c, text) for c, text in enumerate(rows[r]) if text not in (LEFT, ABOVE))
    return "<tr>" + "".join(f"<td{_spans(rows, r, c)}>{escape(text)}</td>" for c, text in cells) + "</tr>"


def html(rows: Texts, between: str = "\n") -> list[str]:
    made = ["<table>", *(_html_row(rows, r) for r in range(len(rows))), "</table>"]
    return between.join(made).split("\n")


def _over_lines(rows: Texts) -> list[str]:
    """Each cell in a line of its own, as a converter indents it; an attribute may stand in the next line."""
    lines = "\n".join(html(rows)).replace("<td", "\n  <td").replace(' rowspan="', '\n    rowspan="')
    return lines.split("\n")


def _without_spans(rows: Texts) -> list[str]:
    """Merged cells repeated, as a converter writes them that knows no spans."""
    filled: Texts = []
    for row in rows:
        cells: list[str] = []
        for n, text in enumerate(row):
            cells.append(cells[n - 1] if text == LEFT else filled[-1][n] if text == ABOVE else text)
        filled.append(cells)
    return html(filled)


def _commas(cells: list[str]) -> str:
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


def _traditional(text: str) -> str:
    """Each letter that is declared, in its first traditional form; the name of the body stays as it is."""
    pairs = tomllib.loads((FOLDER / "traditional.toml").read_text("utf-8"))["pairs"]
    written = text.translate({ord(pair[0]): pair[1] for pair in pairs})
    return written


def _width(text: str, wide: int) -> int:
    return sum(wide if east_asian_width(char) in "WF" else 1 for char in text)


def aligned(rows: Texts, wide: int = 2, gap: int = 3) -> list[str]:
    """Amounts to the right of their columns, names to the left, headings in the middle of what they cover."""
    heads = next((n for n, row in enumerate(rows) if any("." in text for text in row)), len(rows))
    widths = [
        max(_width(row[c], wide) for row in rows if row[c] not in (LEFT, ABOVE) and row[c + 1 : c + 2] != [LEFT])
        for c in range(len(rows[0]))
    ]
    starts = [sum(widths[:c]) + gap * c for c in range(len(widths))]
    return [_aligned_row(rows, r, heads, starts, widths, wide) for r in range(len(rows))]


def _aligned_row(rows: Texts, r: int, heads: int, starts: list[int], widths: list[int], wide: int) -> str:
    line, reach = "", 0
    for c, text in enumerate(rows[r]):
        if text in (LEFT, ABOVE, ""):
            continue
        end = next((n for n in range(c + 1, len(starts)) if rows[r][n] != LEFT), len(starts)) - 1
        room = starts[end] + widths[end] - starts[c] - _width(text, wide)
        is_amount = text[-1].isdigit() and r >= heads and "." in text
        place = starts[c] + (room if is_amount else max(room // 2, 0) if r < heads else 0)
        line += " " * (place - reach) + text
        reach = place + _width(text, wide)
    return line


def _text(name: str, legible: bool = True, **look) -> Variant:
    return Variant("text_layouts", name, Look(**look), format="text", legible=legible)


def _tables(written: dict[str, Callable[[Texts], list[str]]]) -> list[Variant]:
    return [_text(name, table=table) for name, table in written.items()]


def variants() -> list[Variant]:
    return [
        *_tables(
            {
                "html_a_row_a_line": html,
                "html_in_one_line": partial(html, between=""),
                "html_over_lines": _over_lines,
                "html_merged_repeated": _without_spans,
            }
        ),
        _text("aligned_wide_letters", table=aligned),
        _text("aligned_narrow_letters", table=partial(aligned, wide=1)),
        _text("aligned_with_blank_lines", table=lambda rows: "\n\n".join(aligned(rows)).split("\n")),
        _text("aligned_on_pages", table=aligned, title=lambda form: ("\f" + form.title,)),
        _text("aligned_empty_zeros", table=aligned, zero="", legible=False),
        _text("html_empty_zeros", table=html, zero=""),
        _text("commas", row=_commas),
        _text("commas_empty_zeros", row=_commas, zero=""),
        _text("traditional", finish_text=_traditional),
        _text("utf_16_big_endian", encoding="utf-16-be"),
        _text("commas_in_utf_16", row=_commas, encoding="utf-16", amount=lambda value: plain(value).replace(",", "")),
    ]
