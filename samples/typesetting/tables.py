"""Figures and a layout → the rows of one table in the layout of the publisher.

A cell is its text, or LEFT or ABOVE if it is merged with the cell in that direction. In a layout, a cell that begins
with "=" is an amount: "=row/column", or "=row" for the column in which the cell is.
"""

from dataclasses import dataclass
from itertools import pairwise, zip_longest

from .figures import Sample, printed

LEFT, ABOVE = "<", "^"
NUMERALS = "一二三四五六七八九十"
CENTRED = {"code", "类", "款", "项", "line"}
LEFTMOST = {"name", "item"}


@dataclass(frozen=True)
class Table:
    code: str
    layout: dict
    heading: list[str]
    header: list[list[str]]
    leading: list[list[str]]  # first rows of the body, such as 合计, that a page break repeats with the header
    body: list[list[str]]
    notes: list[str]

    @property
    def rows(self):
        return self.header + self.leading + self.body


def build_tables(sample: Sample) -> list[Table]:
    order = sample.layout.get("order") or list(sample.layout["tables"])
    return [build_table(sample, code, position) for position, code in enumerate(order, 1)]


def build_table(sample, code, position):
    layout = sample.layout["amounts"] | sample.layout["tables"][code]
    words = sample.words() | {"title": layout["title"], "number": position, "unit": layout.get("unit", "万元")}
    fill = Filler(sample, code, layout)
    body = SHAPES[layout["shape"]](fill)
    blank = [[""] * len(layout["columns"])] * layout.get("blank_rows", 0)
    return Table(
        code,
        layout,
        [line.format(**words) for line in layout.get("heading", sample.layout["heading"])],
        fill.cells(layout.get("header", [])),
        fill.cells(layout.get("leading", [])),
        body + blank + fill.cells(layout.get("footer", [])),
        [line.format(**words) for line in layout.get("notes", [])],
    )


@dataclass(frozen=True)
class Filler:
    """Replaces the references in the cells of one table by amounts."""

    sample: Sample
    code: str
    layout: dict

    def amount(self, row, column):
        return printed(self.sample.amounts[self.code, row, column], self.layout)

    def cells(self, rows):
        return [
            [self.cell(text, column) for text, column in zip(row, self.layout["columns"], strict=True)] for row in rows
        ]

    def cell(self, text, column):
        if not text.startswith("="):
            return text
        row, _, named = text[1:].partition("/")
        return self.amount(row, named or column.rpartition(".")[2])


def keyed_rows(fill):
    """GK02 GK03 GK05 GK07 GK08: one row per functional code."""
    codes = [row for row in fill.sample.rows(fill.code) if row.isdigit()]
    return [[keyed_cell(fill, code, column) for column in fill.layout["columns"]] for code in codes]


def keyed_cell(fill, code, column):
    parts = {"code": code, "类": code[:3], "款": code[3:5], "项": code[5:], "name": fill.sample.subjects.get(code, "")}
    return parts[column] if column in parts else fill.amount(code, column)


def sided_rows(fill):
    """GK01 GK04: income on the left, expenditure on the right, with the totals of both in the same rows."""
    pairs = pair_sides(
        [row for row in fill.sample.rows(fill.code) if row.startswith("income:")],
        [row for row in fill.sample.rows(fill.code) if row.startswith("expenditure:")],
        fill.layout.get("blank_before_total", 0),
    )
    return [
        [sided_cell(fill, pair, number, len(pairs), column) for column in fill.layout["columns"]]
        for number, pair in enumerate(pairs, 1)
    ]


def pair_sides(income, expenditure, blanks):
    (earned, after_income), (spent, after_spent) = split_at_sum(income), split_at_sum(expenditure)
    between = [*zip_longest(after_income[:-1], after_spent[:-1]), *[(None, None)] * blanks]
    return [*zip_longest(earned, spent), *between, (after_income[-1], after_spent[-1])]


def split_at_sum(rows):
    first = next(i for i, row in enumerate(rows) if row.endswith(("本年收入合计", "本年支出合计")))
    return rows[:first], rows[first:]


def sided_cell(fill, pair, number, count, column):
    side, _, what = column.partition(".")
    row = pair[side == "expenditure"]
    if what == "line":
        return str(number + count * (side == "expenditure"))
    if row is None:
        return ""
    return item_label(fill, row) if what == "item" else fill.amount(row, what)


def item_label(fill, row):
    name = row.partition(":")[2]
    side = [other for other in fill.sample.rows(fill.code) if other.partition(":")[0] == row.partition(":")[0]]
    items, _ = split_at_sum(side)
    if row in items:
        return f"{numeral(items.index(row) + 1)}、{name}"
    nested = [other for other in side if "/" in other]
    if row not in nested:
        return name
    prefix = f"{numeral(nested.index(row) + 1)}、" if fill.layout.get("number_details") else ""
    return prefix + name.rpartition("/")[2]


def numeral(number):
    tens, ones = divmod(number, 10)
    digits = ["", *NUMERALS]
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + digits[ones]


def grouped_rows(fill):
    """GK06: groups of code, name and amount side by side."""
    rank = {code: place for place, code in enumerate(fill.layout["class_order"])}
    codes = sorted(
        (row for row in fill.sample.rows(fill.code) if row.isdigit()), key=lambda code: (rank[code[:3]], code)
    )
    starts = [0, *(codes.index(code) for code in fill.layout["group_starts"]), len(codes)]
    groups = [codes[start:end] for start, end in pairwise(starts)]
    return [[cell for code in row for cell in group_cells(fill, code)] for row in zip_longest(*groups)]


def group_cells(fill, code):
    return [code, fill.sample.subjects[code], fill.amount(code, "final")] if code else ["", "", ""]


def written_rows(fill):
    """GK09 GK10: the layout contains the rows."""
    return fill.cells(fill.layout["body"])


SHAPES = {"keyed": keyed_rows, "sided": sided_rows, "grouped": grouped_rows, "written": written_rows}


def alignment(table: Table, row: int, column: int) -> str:
    name, text = table.layout["columns"][column].rpartition(".")[2], table.rows[row][column]
    is_figure = text[:1].isdigit() and name not in CENTRED | LEFTMOST
    if row < len(table.header):
        return "right" if is_figure and "." in text else "centre"
    if name in CENTRED:
        return "centre"
    return "left" if name in LEFTMOST else "right" if is_figure else "centre"
