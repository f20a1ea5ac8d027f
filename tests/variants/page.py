"""Writes the accounts as a web page with a given appearance."""

from html import escape

from tests.variants.forms import ABOVE, LEFT, Form, Row
from tests.variants.look import Look

MENU = "<table><tr><td>首页</td><td>政务公开</td><td>浏览次数：1024</td></tr></table>"
SCRIPT = '<script>var a="<table><tr><td>301</td><td>999999.99</td></tr></table>";</script>'


def html_of(look: Look) -> bytes:
    lines = [f"<p>{escape(line.format(body=look.body))}</p>" for line in (*look.cover, *look.before_tables)]
    for form in look.forms():
        lines += _form(form, look)
    lines += [f"<p>{escape(line)}</p>" for line in look.told()]
    content = "\n".join(lines)
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{look.charset}"><title>{look.body}</title>{SCRIPT}</head>'
        f"<body>{MENU}"
        f'<table width="1000"><tr><td><table><tr><td>栏目导航</td></tr></table></td><td>{content}</td></tr></table>'
        "</body></html>"
    )
    return look.finish_text(page).encode(look.encoding, "xmlcharrefreplace")


def _form(form: Form, look: Look) -> list[str]:
    captions = [*look.title(form), *look.caption_of(form)]
    lines = [f"<p>{escape(line).replace('|', '&nbsp;' * 4)}</p>" for line in captions]
    rows = (*form.head, *form.body)
    note = [f"<p>{escape(form.note)}</p>"] if form.note else []
    if look.table:
        return [*lines, *look.table([[look.printed(cell) for cell in row] for row in rows]), *note]
    body = "".join(f"<tr>{_cells(rows, n, look)}</tr>" for n in range(len(rows)))
    return [*lines, f'<table border="1">{body}</table>', *note]


def _cells(rows: tuple[Row, ...], y: int, look: Look) -> str:
    cells = []
    for x, cell in enumerate(rows[y]):
        if cell in (LEFT, ABOVE):
            continue
        width = height = 1
        while x + width < len(rows[y]) and rows[y][x + width] == LEFT:
            width += 1
        while y + height < len(rows) and rows[y + height][x] == ABOVE:
            height += 1
        spans = (f' colspan="{width}"' if width > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
        cells.append(f"<td{spans}>{escape(look.printed(cell))}</td>")
    return "".join(cells)
