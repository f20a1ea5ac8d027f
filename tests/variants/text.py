"""Writes the accounts as converted text with a given appearance."""

from tests.variants.forms import ABOVE, LEFT, Form, Row
from tests.variants.look import Look


def text_of(look: Look) -> bytes:
    text = "\n".join(line for one in (look, *look.more) for line in _lines(one)) + "\n"
    return look.finish_text(text).encode(look.encoding)


def _lines(look: Look) -> list[str]:
    lines = [line.format(body=look.body) for line in (*look.cover, *look.before_tables)]
    for form in look.forms():
        for printed in look.split(form):
            lines += _form(printed, look)
    return [*lines, *look.told()]


def _form(form: Form, look: Look) -> list[str]:
    first = look.breaks.get(form.code, len(form.body))
    heading = [*look.title(form), *(part for line in look.caption_of(form) for part in line.split("|") if part)]
    lines = ["", *heading, "", *_rows((*form.head, *form.body[:first]), look)]
    if form.body[first:]:
        again = look.caption_of(form) if "caption" in look.repeated else []
        lines += ["", *look.continued, *again, ""]
        lines += _rows((*(form.head if "head" in look.repeated else ()), *form.body[first:]), look)
    return [*lines, "", *([form.note] if form.note else [])]


def _rows(rows: tuple[Row, ...], look: Look) -> list[str]:
    if look.table:
        return look.table([[look.printed(cell) for cell in row] for row in rows])
    lines, above = [], []
    for row in rows:
        cells: list[str] = []
        for n, cell in enumerate(row):
            covered = cells[n - 1] if cell == LEFT else above[n] if cell == ABOVE else None
            cells.append(look.printed(cell) if covered is None else covered)
        above = cells
        shown = [look.merged(text) if cell in (LEFT, ABOVE) else text for cell, text in zip(row, cells, strict=True)]
        lines.append(look.row(shown))
    return lines
