"""The prose of a sample (prose.txt) as blocks of (style, text), with the figures filled in.

A line begins with "# " for a part, "## " for a section, "- " for a line of the cover; "@contents" and "@tables" are
replaced by the contents and the tables, "@page" begins a page, every other line is a paragraph. {GK03/TOTAL/basic} is
replaced by the figure in 万元 as the tables print it, other names in braces by values of the profile.
"""

import re

from .figures import Sample, printed
from .tables import build_tables, numeral

FIGURE = re.compile(r"\{((?:GK|YS)\d\d)/([^/}]+(?:/[^/}]+)?)/(\w+)\}")
STYLES = {"# ": "part", "## ": "section", "- ": "cover"}


def build_blocks(sample: Sample):
    lines = [fill_figures(line, sample) for line in sample.prose if line.strip()]
    for line in lines:
        if line == "@contents":
            yield from contents(lines, sample)
        elif line == "@tables":
            yield from (("table", table) for table in build_tables(sample))
        elif line == "@page":
            yield "page", ""
        else:
            mark = re.match("(#{1,2}|-) |", line).group()
            yield STYLES.get(mark, "paragraph"), line.removeprefix(mark)


def fill_figures(line, sample):
    style = {"thousands": sample.layout["amounts"].get("thousands")}
    line = FIGURE.sub(lambda found: printed(sample.amounts[found.groups()], style), line)
    return line.format(**sample.words())


def contents(lines, sample):
    """The lines of 目录: the parts, their sections and the titles of the tables."""
    yield "title", "目　录"
    for line in lines:
        if line.startswith("# "):
            yield "listed_part", line[2:]
        elif line.startswith("## "):
            yield "listed", line[3:]
        elif line == "@tables":
            titles = [table.layout["title"] for table in build_tables(sample)]
            yield from (("listed", f"{numeral(place)}、{title}") for place, title in enumerate(titles, 1))
