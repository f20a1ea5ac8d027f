"""Addresses of cells, as spreadsheet programs write them: B5, and A5:H5 for a row. Counted from 1."""

from functools import cache


def address(row: int, column: int) -> str:
    return f"{_letters(column)}{row}"


def range_of_row(row: int, columns: int) -> str:
    return f"{address(row, 1)}:{address(row, max(columns, 1))}"


@cache  # of some ten columns
def _letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
