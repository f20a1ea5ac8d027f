"""A part of a table with merged cells on the next page takes the columns whose edges its cells have."""

from itertools import pairwise

from ingest.document import Cell, GridKind, RawRow, RawTable
from ingest.tables.column_edges import in_columns_of

SIX = (0, 50, 150, 200, 250, 350, 400)


def table(*rows: tuple[tuple[str, float, float], ...]) -> RawTable:
    return RawTable(tuple(RawRow(tuple(Cell(text, x0=a, x1=b) for text, a, b in row)) for row in rows), GridKind.RULED)


BEFORE = table(tuple((str(n), a, b) for n, (a, b) in enumerate(pairwise(SIX))))


def test_a_merged_label_covers_the_columns_between_its_edges():
    part = table((("人员经费合计", 0.5, 150), ("10.00", 150, 200), ("公用经费合计", 200, 351), ("2.00", 351, 399)))
    placed = in_columns_of(BEFORE, part)
    assert placed.rows[0].texts() == ["人员经费合计", "", "10.00", "公用经费合计", "", "2.00"]
    assert [cell.colspan for cell in placed.rows[0].cells if cell] == [2, 1, 2, 1]


def test_a_part_with_an_edge_of_its_own_keeps_its_columns():
    part = table((("人员经费合计", 0, 120), ("10.00", 120, 200), ("公用经费合计", 200, 350), ("2.00", 350, 400)))
    assert in_columns_of(BEFORE, part) is part


def test_a_part_without_edges_keeps_its_columns():
    part = table((("人员经费合计", 0, 0), ("10.00", 0, 0)))
    assert in_columns_of(BEFORE, part) is part
