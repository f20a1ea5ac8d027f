"""Cells with the numbers of several rows are distinguished from one number that is broken over lines."""

import pytest

from ingest.values.crowded_cells import is_stack, is_stacked


@pytest.mark.parametrize("text", ["1.00\n2.00", "1·00\n2·00", "1,234.50\n—", "208\n20805", "31\n32"])
def test_numbers_below_one_another_are_several(text):
    assert is_stack(text)


@pytest.mark.parametrize("text", ["1.00", "—\n—", "1,234,\n567.89", "214,200.0\n0", "31\n45"])
def test_one_number_and_dashes_are_not_several_rows(text):
    assert not is_stack(text)


def test_figures_with_the_numbers_of_their_columns_above_them_are_two_rows():
    """Half of the cells have only the number of the column, because their figure is blank."""
    assert is_stacked(["1\n38.45", "2", "3\n23.71", "4", "5\n23.71", "6\n14.74"])
    assert not is_stacked(["38.45", "2", "23.71"])
