"""Digits whose boxes are twice as wide as their steps stay in the cell that they are printed in."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.readers import read
from ingest.values.amounts import read_amount
from tests.variants.canvas import Pdf
from warehouse.kinds.characters import without_marks

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


def row_of(folder: Path, borders: Sequence[float], texts: Sequence[tuple[float, str]]) -> list[str]:
    """The texts of a ruled row, each drawn from its x."""
    pdf = Pdf()
    page = pdf.page()
    for x in borders:
        page.line(x, TOP, x, TOP - HEIGHT)
    for y in (TOP, TOP - HEIGHT):
        page.line(borders[0], y, borders[-1], y)
    for x, text in texts:
        page.text(x, TOP - 16, text, SIZE)
    path = folder / "row.pdf"
    path.write_bytes(pdf.assembled())
    (table,) = read(path).tables()
    return table.rows[0].texts()


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
    """The left amount ends 2 points before the border, the right one begins in its cell."""
    amounts = (498.0 - len(left) * SIZE / 2, left), (500.0 - into_left, right)
    texts = row_of(tmp_path, (40.0, 120.0, 420.0, 500.0, 560.0), [(44, "205"), (124, "教育支出"), *amounts])
    for text, printed in zip(texts[2:], (left, right), strict=True):
        assert text == printed or read_amount(text).value is None


def test_an_amount_that_begins_beside_words_leaves_them_as_they_are(tmp_path):
    """It has to be proved, since the digits beside the words may be a number of their own."""
    borders = (40.0, 120.0, 160.0, 200.0)
    name, amount = row_of(tmp_path, borders, [(44, "教育支出"), (107, "535902.19")])[:2]
    assert name == "教育支出"
    assert [one.value for one in read_amount(amount).candidates] == [Decimal("535902.19")]
    name, amount = row_of(tmp_path, borders, [(44, "教育支出123"), (99, "535902.19")])[:2]
    assert name != "教育支出"  # digits that touch the words may be theirs
    assert read_amount(amount).value is None


def test_a_code_that_ends_beside_words_leaves_them_as_they_are(tmp_path):
    borders = (40.0, 70.0, 160.0, 200.0)
    code, name = row_of(tmp_path, borders, [(42, "2010501"), (74, "行政运行")])[:2]
    assert (without_marks(code), name) == ("2010501", "行政运行")
    code, name = row_of(tmp_path, borders, [(42, "2010501"), (77, "行政运行")])[:2]  # 1 may be a digit of the name
    assert name != "行政运行"
