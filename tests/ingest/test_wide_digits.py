"""Digits whose boxes are twice as wide as their steps stay in the cell that they are printed in."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.readers import read
from ingest.values.amounts import read_amount
from tests.variants.canvas import Pdf

BORDERS, TOP, HEIGHT, SIZE = (40.0, 120.0, 220.0, 270.0, 320.0), 700.0, 24.0, 10.0
AMOUNTS = ("174,900.64", "101,833.84")


def drawn(folder: Path, squeezed: float, amounts: Sequence[str] = AMOUNTS) -> list[str]:
    """The texts of a row whose amounts end at the border of their cell, with `squeezed` points less for each digit."""
    pdf = Pdf()
    page = pdf.page()
    for x in BORDERS:
        page.line(x, TOP, x, TOP - HEIGHT)
    for y in (TOP, TOP - HEIGHT):
        page.line(BORDERS[0], y, BORDERS[-1], y)
    for x, text in zip(BORDERS, ("205", "教育支出"), strict=False):
        page.text(x + 4, TOP - 16, text)
    for right, text in zip(BORDERS[3:], amounts, strict=True):
        width = (SIZE / 2 - squeezed) * len(text)
        page.text(right - width, TOP - 16, text, SIZE, state=f"{-squeezed} Tc")
    path = folder / "wide.pdf"
    path.write_bytes(pdf.assembled())
    (table,) = read(path).tables()
    return table.rows[0].texts()


@pytest.mark.parametrize("squeezed", [0.5, 1.5, 2.5])
def test_a_digit_is_as_wide_as_its_step(tmp_path, squeezed):
    assert drawn(tmp_path, squeezed) == ["205", "教育支出", *AMOUNTS]


def test_digits_printed_over_one_another_are_no_number(tmp_path):
    texts = drawn(tmp_path, squeezed=4.0)
    assert not set(AMOUNTS) & set(texts)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("27179251.2", "26817266.22"),  # without the 0 at its end the left one goes on with the 2 of the right one
        ("2717925.12", "26817266.22"),
        ("27179251", "26817266.22"),
        ("2717925.1", "2681726.622"),
    ],
)
@pytest.mark.parametrize("into_left", [0.5, 3.0, 4.5])
def test_a_digit_on_the_border_of_two_cells_is_told_of_neither(tmp_path, left, right, into_left):
    """The left amount ends 1 or 2 points before the border, the right one begins in its cell."""
    pdf = Pdf()
    page = pdf.page()
    begin = 500.0 - into_left
    for x in (40.0, 120.0, 420.0, 500.0, 560.0):
        page.line(x, TOP, x, TOP - HEIGHT)
    for y in (TOP, TOP - HEIGHT):
        page.line(40.0, y, 560.0, y)
    page.text(44, TOP - 16, "205")
    page.text(124, TOP - 16, "教育支出")
    page.text(498.0 - len(left) * SIZE / 2, TOP - 16, left, SIZE)
    page.text(begin, TOP - 16, right, SIZE)
    path = tmp_path / "border.pdf"
    path.write_bytes(pdf.assembled())
    (table,) = read(path).tables()
    texts = table.rows[0].texts()[2:]
    for text, printed in zip(texts, (left, right), strict=True):
        assert text == printed or read_amount(text).value is None
