"""Variants of text as other programs write it: HTML tables, commas, other encodings, columns aligned by blanks."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from html import escape
from unicodedata import east_asian_width

from tests.variants.forms import ABOVE, DIGITS, LEFT, Form, Money, Row
from tests.variants.lines import RULES
from tests.variants.look import Look, plain
from tests.variants.variant import Variant
from warehouse.kinds.wordings import FOLDER

Texts = list[list[str]]
APART = (("GK01",), ("GK02",), ("GK03",), ("GK04",), ("GK05", "GK06"), ("GK07", "GK08", "GK09"))


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


TITLES: dict[str, Callable[[Form], tuple[str, ...]]] = {
    "in_lenticular_brackets": lambda form: (f"【{form.title}】",),
    "in_round_brackets": lambda form: (f"（{form.title}）",),
    "in_square_brackets": lambda form: (f"〔{form.title}〕",),
    "without_table": lambda form: (_without_table(form),),
    "numbered_without_table": lambda form: (f"{DIGITS[int(form.code[2:]) - 1]}、{_without_table(form)}",),
}


def _without_table(form: Form) -> str:
    """收入支出决算 for 收入支出决算总表."""
    return re.sub("(?:总|明细)?表$", "", form.title)


def with_shares(codes: tuple[str, ...]) -> Callable[[Form], Form]:
    """占比 behind each column of amounts but the first: a percentage of the row's total."""

    def changed(form: Form) -> Form:
        if form.code not in codes:
            return form
        first = next(n for n, cell in enumerate(form.body[0]) if isinstance(cell, Money))

        def head(row: Row) -> Row:
            """A percentage is headed beside its amount, and merged as that is."""
            beside = (cell if cell in (LEFT, ABOVE) else "占比（%）" for cell in row[first + 1 :])
            counts = row[0] == "栏次"
            pairs = zip(row[first + 1 :], beside, strict=True)
            return (*row[: first + 1], *(c for cell, text in pairs for c in (cell, "" if counts else text)))

        def body(row: Row) -> Row:
            money = [cell for cell in row if isinstance(cell, Money)]
            if not money:
                return (*row[: first + 1], *(cell for one in row[first + 1 :] for cell in (one, "")))
            total = money[0].value or Decimal(1)
            pairs = ((cell, f"{cell.value / total * 100:.2f}") for cell in money[1:])
            return (*row[: first + 1], *(cell for pair in pairs for cell in pair))

        widths = (*form.widths[: first + 1], *(w for one in form.widths[first + 1 :] for w in (one, 0.7)))
        heads = tuple(map(head, form.head))
        return replace(form, head=heads, body=tuple(map(body, form.body)), widths=widths)

    return changed


def without_codes(codes: tuple[str, ...]) -> Callable[[Form], Form]:
    """Names alone: the columns of codes left out."""

    def changed(form: Form) -> Form:
        if form.code not in codes:
            return form
        drop = {n for n, cell in enumerate(form.head[1]) if cell == "科目编码"}

        def kept(row: Row) -> Row:
            row = tuple(row[n - 1] if cell == LEFT and n - 1 in drop else cell for n, cell in enumerate(row))
            return tuple(cell for n, cell in enumerate(row) if n not in drop)

        widths = tuple(width for n, width in enumerate(form.widths) if n not in drop)
        return replace(form, head=tuple(map(kept, form.head)), body=tuple(map(kept, form.body)), widths=widths)

    return changed


def columns_apart(codes: tuple[str, ...], numbers: bool = True) -> Callable[[Form], tuple[Form, ...]]:
    """The left half of the amounts in one table, the right half in another below it, each with codes and names."""

    def parted(form: Form) -> tuple[Form, ...]:
        if form.code not in codes:
            return (form,)
        first = next(n for n, cell in enumerate(form.body[0]) if isinstance(cell, Money))
        middle = (first + form.columns + 1) // 2
        head = form.head if numbers else form.head[:-1]

        def columns(rows: tuple[Row, ...], start: int, end: int) -> tuple[Row, ...]:
            return tuple((*row[:first], *row[start:end]) for row in rows)

        return tuple(
            replace(
                form,
                title=title,
                head=columns(head, start, end),
                body=columns(form.body, start, end),
                widths=(*form.widths[:first], *form.widths[start:end]),
            )
            for title, start, end in (
                (form.title, first, middle),
                (f"{form.title}（续）", middle, form.columns),
            )
        )

    return parted


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
        Variant("text_layouts", "columns_continued", Look(split=columns_apart(("GK02", "GK03")), pages=APART)),
        _text("columns_continued_in_text", split=columns_apart(("GK02", "GK03"))),
        _text("columns_continued_without_numbers", split=columns_apart(("GK02", "GK03"), numbers=False)),
        Variant("text_layouts", "across_only_empty_zeros", Look(rules=RULES["across_only"], zero=""), legible=False),
        Variant("text_layouts", "three_lines_empty_zeros", Look(rules=RULES["three_lines"], zero=""), legible=False),
        Variant("text_layouts", "income_without_codes", Look(form=without_codes(("GK02",)))),
        Variant("text_layouts", "basic_without_codes", Look(form=without_codes(("GK06",)))),
        _text("income_and_basic_without_codes", form=without_codes(("GK02", "GK06"))),
        *(Variant("text_layouts", f"title_{name}", Look(title=title)) for name, title in TITLES.items()),
        *(_text(f"title_{name}_in_text", title=title) for name, title in TITLES.items()),
        Variant("text_layouts", "shares_between_amounts", Look(form=with_shares(("GK03", "GK05")))),
        _text("shares_between_amounts_in_text", form=with_shares(("GK03", "GK05"))),
        _text("utf_16_big_endian", encoding="utf-16-be"),
        _text("commas_in_utf_16", row=_commas, encoding="utf-16", amount=lambda value: plain(value).replace(",", "")),
    ]
