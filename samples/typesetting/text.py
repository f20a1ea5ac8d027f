"""Blocks → a text as a converter makes it from a PDF: tabs between cells, Markdown, and damage as the layout asks."""

import re
from pathlib import Path

from .tables import ABOVE, LEFT, Table

MARKS = {"part": "## **{}**", "listed_part": "## **{}**", "section": "## {}", "title": "# {}", "table_title": "## {}"}
BOLD = ("本年收入合计", "本年支出合计", "总计")


def write_text(sample, blocks, path: Path):
    layout = sample.layout
    lines = [line for style, content in blocks for line in (*block_lines(style, content, layout), "")]
    path.write_bytes("\n".join(lines).encode(layout.get("encoding", "utf-8")))


def block_lines(style, content, layout):
    if style == "table":
        return damaged(table_lines(content, layout), content.code, layout)
    if style == "page":
        return []
    return [mark(style, content, layout)]


def mark(style, text, layout):
    return MARKS.get(style, "{}").format(text) if layout.get("markdown") else text


def table_lines(table: Table, layout):
    heading = [line for written in table.heading for line in heading_lines(written, layout)]
    return [*heading, "", *grid_lines(table, layout), "", *table.notes]


def heading_lines(line, layout):
    if line.startswith("!"):
        return [mark("table_title", line[1:], layout)]
    return [text for text in line.removeprefix(">").split("|") if text]


def grid_lines(table, layout):
    """The rows of a table; after each page of the PDF a blank line and the header again."""
    body = table.leading + table.body
    rows = table.layout.get("rows_per_page", len(body))
    pages = [table.header + body[start : start + rows] for start in range(0, len(body), rows)]
    return [line for page in pages for line in ("", *(row_line(row, layout) for row in page))][1:]


def row_line(row, layout):
    texts = ["" if text in (LEFT, ABOVE) else text for text in row]
    if layout.get("markdown"):
        texts = [f"<b>{text}</b>" if text in BOLD else text for text in texts]
    return "\t".join(texts)


def damaged(lines, code, layout):
    """The lines with the damage that the layout gives for this table: which text, and what replaces it."""
    for damage in layout.get("damage", []):
        if damage["table"] == code:
            lines = cut_codes(lines, damage) if "cut_codes" in damage else replace_line(lines, damage)
    return lines


def cut_codes(lines, damage):
    return [re.sub(r"^\d+(?=\t\D)", lambda code: code.group()[: damage["cut_codes"]], line) for line in lines]


def replace_line(lines, damage):
    found = [number for number, line in enumerate(lines) if damage["was"] in line]
    if len(found) != 1:
        raise ValueError(f"{damage['table']}: {len(found)} lines hold {damage['was']!r}, expected one")
    before, line, after = lines[: found[0]], lines[found[0]], lines[found[0] + 1 :]
    inserted = [damage["line_before"]] if "line_before" in damage else []
    return [*before, *inserted, line.replace(damage["was"], damage.get("printed", damage["was"])), *after]
