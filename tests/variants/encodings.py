"""Variants of text as converters and editors write it: encodings, line ends, control characters, Markdown, pandas."""

import re

from tests.variants.changes import PERSONNEL_CELL, value_of
from tests.variants.look import Look, plain
from tests.variants.variant import Variant

CELL = plain(value_of(PERSONNEL_CELL))
CONTROLS = {
    "nul": "\0",
    "backspace": "\b",
    "vertical_tab": "\v",
    "form_feed": "\f",
    "file_separator": "\x1c",
    "record_separator": "\x1e",
    "next_line": "\x85",
    "line_separator": "\u2028",
    "paragraph_separator": "\u2029",
    "zero_width_space": "\u200b",
    "soft_hyphen": "\u00ad",
    "byte_order_mark": "\ufeff",
    "word_joiner": "\u2060",
    "left_to_right_mark": "\u200e",
    "delete": "\x7f",
}
RADICALS = str.maketrans("入支车金行", "⼊⽀⻋⾦⾏")
TRADITIONAL = str.maketrans("决总财拨预", "決總財撥預")


def _pipes(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown(text: str) -> str:
    """Adds the Markdown line of dashes below the first row of every table."""
    lines: list[str] = []
    for line in text.split("\n"):
        is_first = line.startswith("|") and (not lines or not lines[-1].startswith("|"))
        lines += [line, "|" + "---|" * (line.count("|") - 1)] if is_first else [line]
    return "\n".join(lines)


def _pandas_number(value) -> str:
    return repr(float(value))


def _pandas_code(text: str) -> str:
    return re.sub(r"(?m)^(\d{3,7})\t", r"\1.0\t", text)


def _indexed(text: str) -> str:
    """Adds a number before every row of a table, as pandas prints the index of a data frame."""
    lines, count = [], 0
    for line in text.split("\n"):
        count = count + 1 if "\t" in line else 0
        lines.append(f"{count - 1}\t{line}" if count else line)
    return "\n".join(lines)


def _text(name: str, legible: bool = True, **look) -> Variant:
    return Variant("encodings", name, Look(**look), format="text", legible=legible)


def variants() -> list[Variant]:
    found = [
        _text(f"control_{name}", marked={PERSONNEL_CELL: CELL[:-2] + control + CELL[-2:]})
        for name, control in CONTROLS.items()
    ]
    return [
        *found,
        _text("utf_8_bom", encoding="utf-8-sig"),
        _text("gb18030", encoding="gb18030"),
        _text("gbk", encoding="gbk"),
        _text("utf_16", encoding="utf-16"),
        _text("utf_16_without_bom", encoding="utf-16-le"),
        _text("crlf", finish_text=lambda text: text.replace("\n", "\r\n")),
        _text("cr", finish_text=lambda text: text.replace("\n", "\r")),
        _text("form_feeds", finish_text=lambda text: text.replace("\n\n\n", "\n\f\n")),
        _text("markdown", row=_pipes, finish_text=_markdown),
        _text("markdown_merged_repeated", row=_pipes, finish_text=_markdown, merged=lambda text: text),
        _text("markdown_bold_titles", row=_pipes, finish_text=_markdown, title=lambda form: (f"**{form.title}**",)),
        _text("markdown_headings", row=_pipes, finish_text=_markdown, title=lambda form: (f"## {form.title}",)),
        _text("pandas_numbers", amount=_pandas_number),
        _text("pandas_codes", finish_text=_pandas_code),
        _text("pandas_codes_and_numbers", amount=_pandas_number, finish_text=_pandas_code),
        _text("pandas_nan", zero="NaN", merged=lambda text: "NaN"),
        _text("pandas_index", finish_text=_indexed),
        _text("pandas_unnamed", merged=lambda text: "Unnamed: 1", legible=False),
        _text("radicals", finish_text=lambda text: text.translate(RADICALS)),
        _text("traditional", finish_text=lambda text: text.translate(TRADITIONAL)),
        _text(
            "full_width_digits",
            amount=lambda value: plain(value).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789.,"}),
        ),
        _text("blanks_around_cells", row=lambda cells: " \t ".join(cells)),
        _text("quoted", row=lambda cells: "\t".join(f'"{cell}"' for cell in cells)),
        _text("comma_separated", row=lambda cells: ",".join(f'"{cell}"' for cell in cells), legible=False),
        _text("blank_separated", row=lambda cells: "   ".join(cell for cell in cells if cell), legible=False),
        _text("html_breaks", form=_broken_names),
    ]


def _broken_names(form):
    from tests.variants.changes import each_word

    return each_word(lambda word: f"{word[:4]}<br>{word[4:]}", lambda column, row: column == 1 and len(row[1]) > 8)(
        form
    )
