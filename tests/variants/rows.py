"""Variants with blank rows, notes, short rows, repeated merged cells, wrapped names, 合计 in another cell, or other
columns."""

from collections.abc import Callable
from dataclasses import replace

from tests.variants.changes import each_word, in_tables
from tests.variants.forms import ABOVE, LEFT, Form, Money, Row
from tests.variants.look import Look
from tests.variants.variant import Variant, in_text, named

ONE_A_PAGE = (("GK01",), ("GK02",), ("GK03",), ("GK04",), ("GK05", "GK06"), ("GK07", "GK08", "GK09"))
KEYED = in_tables("GK02", "GK03", "GK05", "GK07")
Change = Callable[[Form], Form]


def body_of(change: Callable[[list[Row]], list[Row]]) -> Change:
    return lambda form: replace(form, body=tuple(change(list(form.body))))


def _blank_rows(form: Form) -> Form:
    """Inserts an empty row after every third row."""
    body = []
    for n, row in enumerate(form.body):
        body += [row, ("",) * form.columns] if n % 3 == 2 else [row]
    return replace(form, body=tuple(body))


def _note_row(form: Form) -> Form:
    note = ("注：本表为部门全年情况，元折算成万元后，四舍五入或有尾差。", *[LEFT] * (form.columns - 1))
    return replace(form, body=(*form.body, note))


def _total_named(name: str) -> Change:
    return each_word(lambda word: name if word == "合计" else word)


def _total_in_name_column(rows: list[Row]) -> list[Row]:
    return [("", "合计", *row[2:]) if row[0] == "合计" else row for row in rows]


def _split_codes(form: Form) -> Form:
    """Puts 类, 款 and 项 of a code into three columns."""

    def split(row: Row) -> Row:
        if row[1] == LEFT:
            return (row[0], LEFT, LEFT, *row[1:])
        code = row[0]
        return (code[:3], code[3:5], code[5:7], *row[1:])

    first, second, *rest = form.head
    head = [(first[0], LEFT, LEFT, *first[1:]), (second[0], LEFT, LEFT, *second[1:])]
    head += [(row[0], LEFT, LEFT, *row[1:]) for row in rest]
    widths = (0.4, 0.3, 0.3, *form.widths[1:])
    return replace(form, head=tuple(head), body=tuple(map(split, form.body)), widths=widths)


def _name_first(form: Form) -> Form:
    def swapped(row: Row) -> Row:
        return row if row[1] == LEFT else (row[1], row[0], *row[2:])

    return replace(
        form,
        head=tuple(map(swapped, form.head)),
        body=tuple(map(swapped, form.body)),
        widths=(form.widths[1], form.widths[0], *form.widths[2:]),
    )


def _glued(rows: list[Row]) -> list[Row]:
    """Puts code and name into one merged cell."""
    return [row if row[1] == LEFT else (f"{row[0]} {row[1]}", LEFT, *row[2:]) for row in rows]


def _without_column_numbers(form: Form) -> Form:
    return replace(form, head=tuple(row for row in form.head if row[0] != "栏次"))


def _row_numbers(form: Form) -> Form:
    """Inserts a column 序号 as the first column."""
    head = tuple(("序号" if n == 0 else ABOVE, *row) for n, row in enumerate(form.head))
    body = tuple((str(n), *row) for n, row in enumerate(form.body, start=1))
    return replace(form, head=head, body=body, widths=(0.5, *form.widths))


def _education_fee(form: Form) -> Form:
    """Splits 事业收入 into 小计 and 其中:教育收费; the second column has no expected values."""
    if form.code != "GK02":
        return form
    first, second, third = form.head
    at = first.index("事业收入") + 1
    head = (
        (*first[:at], LEFT, *first[at:]),
        (*second[: at - 1], "小计", "其中：教育收费", *second[at:]),
        (*third[:at], "", *third[at:]),
    )
    body = tuple((*row[:at], "0.00", *row[at:]) for row in form.body)
    return replace(form, head=head, body=body, widths=(*form.widths[:at], 1, *form.widths[at:]))


def _only_with_figures(form: Form) -> Form:
    """Removes the expenditure rows of GK01 and GK04 in which every amount is 0."""
    if form.code not in ("GK01", "GK04"):
        return form
    kept = [row for row in form.body if any(isinstance(cell, Money) and cell.value for cell in row)]
    return replace(form, body=tuple(kept))


CHANGED: dict[str, Change] = {
    "blank_rows": _blank_rows,
    "note_row": _note_row,
    "total_last": KEYED(body_of(lambda rows: [*rows[1:], rows[0]])),
    "total_spaced": _total_named("合  计"),
    "total_called_sum": KEYED(_total_named("总计")),
    "total_in_name_column": KEYED(body_of(_total_in_name_column)),
    "codes_in_three_columns": KEYED(_split_codes),
    "names_before_codes": KEYED(_name_first),
    "code_and_name_in_one_cell": KEYED(body_of(_glued)),
    "without_column_numbers": _without_column_numbers,
    "row_numbers": KEYED(_row_numbers),
    "education_fee_column": _education_fee,
    "lines_without_figures_left_out": _only_with_figures,
    "names_indented": KEYED(each_word(lambda word: f"　　{word}", lambda column, row: column == 1)),
    "names_spaced": KEYED(each_word(" ".join, lambda column, row: column == 1)),
    "names_over_two_lines": KEYED(each_word(lambda word: f"{word[:3]}\n{word[3:]}", lambda column, row: column == 1)),
    "codes_with_blank": KEYED(each_word(lambda word: f"{word} ", lambda column, row: column == 0)),
    "items_unnumbered": in_tables("GK01", "GK04")(each_word(lambda word: word.split("、")[-1])),
}


def _short(cells: list[str]) -> str:
    """A line of text without the empty cells, so that the others shift to the left."""
    return "\t".join(cell for cell in cells if cell)


def _without_end(cells: list[str]) -> str:
    return "\t".join(cells).rstrip("\t")


def variants() -> list[Variant]:
    found = [Variant("rows", name, Look(form=change, pages=ONE_A_PAGE)) for name, change in CHANGED.items()]
    texts = [named(in_text(one), f"{one.name}_in_text") for one in found if one.name != "names_over_two_lines"]
    return [
        *found,
        *texts,
        Variant("rows", "blanks_dropped", Look(zero="", row=_short), format="text", legible=False),
        Variant("rows", "blanks_at_end_dropped", Look(zero="", row=_without_end), format="text"),
        Variant("rows", "merged_cells_repeated", Look(merged=lambda text: text), format="text"),
        Variant("rows", "tab_before_every_row", Look(row=lambda cells: "\t" + "\t".join(cells)), format="text"),
    ]
