"""The columns of a next page: those of the page before, without what the frame of the page adds."""

from ingest.document import Cell, GridKind, RawRow, RawTable
from ingest.tables.column_edges import in_columns_of

EDGES = (30.0, 90.0, 190.0, 260.0)


def table_of(*rows: tuple[str, ...], edges: tuple[float, ...] = EDGES) -> RawTable:
    cells = (tuple(Cell(text, x0=edges[n], x1=edges[n + 1]) for n, text in enumerate(row)) for row in rows)
    return RawTable(tuple(map(RawRow, cells)), GridKind.RULED)


FIRST = table_of(("科目编码", "科目名称", "合计"), ("205", "教育支出", "90.00"))


def test_an_empty_column_beside_those_of_the_page_before_is_left_out() -> None:
    wider = table_of(("", "20508", "进修及培训", "10.00", ""), edges=(10.0, *EDGES, 280.0))
    assert [row.texts() for row in in_columns_of(FIRST, wider).rows] == [["20508", "进修及培训", "10.00"]]


def test_a_column_that_prints_something_there_stays() -> None:
    wider = table_of(("", "20508", "进修及培训", "10.00", "5.00"), edges=(10.0, *EDGES, 280.0))
    assert in_columns_of(FIRST, wider).width == 4


def test_an_empty_column_between_those_of_the_page_before_stays() -> None:
    wider = table_of(("20508", "进修及培训", "", "10.00"), edges=(30.0, 90.0, 140.0, 190.0, 260.0))
    assert in_columns_of(FIRST, wider) == wider
