"""Digits whose boxes are twice as wide as their steps stay in the cell that they are printed in."""

from pathlib import Path

import pytest

from ingest.readers import read
from tests.variants.canvas import Pdf

BORDERS, TOP, HEIGHT, SIZE = (40.0, 120.0, 220.0, 270.0, 320.0), 700.0, 24.0, 10.0
AMOUNTS = ("174,900.64", "101,833.84")


def drawn(folder: Path, squeezed: float) -> list[str]:
    """The texts of a row whose amounts end at the border of their cell, with `squeezed` points less for each digit."""
    pdf = Pdf()
    page = pdf.page()
    for x in BORDERS:
        page.line(x, TOP, x, TOP - HEIGHT)
    for y in (TOP, TOP - HEIGHT):
        page.line(BORDERS[0], y, BORDERS[-1], y)
    for x, text in zip(BORDERS, ("205", "教育支出"), strict=False):
        page.text(x + 4, TOP - 16, text)
    for right, text in zip(BORDERS[3:], AMOUNTS, strict=True):
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
