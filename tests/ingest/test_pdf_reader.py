"""The PDF reader with pages that are rotated, nested in forms, have characters apart, or lack ruling lines."""

import pytest

from ingest.readers import read
from ingest.readers.pdf.grid import find_tables
from ingest.readers.pdf.page_objects import Edge
from tests.ingest.pdfs import drawn, grid, painted, ruled, turned, with_unicode
from tests.ingest.truth import SAMPLES
from warehouse.records.places import Box

LANDSCAPE, ITS_PAGE = SAMPLES / "nanyang_gongxin_2024.pdf", 7


def texts(table):
    return [[cell and cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture(scope="module")
def upright():
    return [texts(table) for table in read(LANDSCAPE).tables() if table.page == ITS_PAGE + 1]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_inside_a_form_is_read_as_it_is_seen(rotation, tmp_path, upright):
    document = read(turned(LANDSCAPE, ITS_PAGE, rotation, tmp_path / "turned.pdf"))
    assert upright and [texts(table) for table in document.tables()] == upright


def test_a_form_within_a_form_is_read(tmp_path, upright):
    inner = turned(LANDSCAPE, ITS_PAGE, 0, tmp_path / "inner.pdf")
    outer = turned(inner, 0, 90, tmp_path / "outer.pdf")
    assert [texts(table) for table in read(outer).tables()] == upright


XS, YS = [50, 150, 250], [700, 680, 660]


def test_digits_on_separate_baselines_are_one_number(tmp_path):
    digits = [(55 + 6 * n, 686 + (1.5 if n % 2 else -1.5), char) for n, char in enumerate("123.45")]
    (table,) = read(drawn(tmp_path / "made.pdf", digits, grid(XS, YS))).tables()
    assert texts(table)[0] == ["123.45", ""]


def test_two_lines_of_a_cell_stay_apart(tmp_path):
    document = read(drawn(tmp_path / "made.pdf", [(55, 692, "45"), (55, 682, "6.78")], grid(XS, YS)))
    (table,) = document.tables()
    assert texts(table)[0] == ["45\n6.78", ""]


def test_a_wide_gap_is_a_blank(tmp_path):
    (table,) = read(drawn(tmp_path / "made.pdf", [(55, 686, "12"), (90, 686, "34")], grid(XS, YS))).tables()
    assert texts(table)[0] == ["12 34", ""]


def test_a_merged_cell_covers_its_places(tmp_path):
    lines = [*grid(XS, [700, 680]), (50, 660, 250, 660), (50, 680, 50, 660), (250, 680, 250, 660)]
    (table,) = read(drawn(tmp_path / "made.pdf", [(55, 686, "a"), (155, 686, "b"), (55, 666, "c")], lines)).tables()
    assert texts(table) == [["a", "b"], ["c", None]]
    assert table.rows[1].cells[0].colspan == 2


@pytest.mark.parametrize("border", ["top", "bottom", "left", "right"])
def test_a_missing_border_is_closed(border, tmp_path):
    xs, ys = [50, 150, 250], [700, 680, 660]
    missing = {
        "top": (50, 700, 250, 700),
        "bottom": (50, 660, 250, 660),
        "left": (50, 700, 50, 660),
        "right": (250, 700, 250, 660),
    }[border]
    lines = [line for line in grid(xs, ys) if line != missing]
    words = [(55, 686, "a"), (155, 686, "b"), (55, 666, "c"), (155, 666, "d")]
    (table,) = read(drawn(tmp_path / "made.pdf", words, lines)).tables()
    assert texts(table) == [["a", "b"], ["c", "d"]]


def test_a_line_of_text_between_two_tables_keeps_its_place(tmp_path):
    lines = [*grid(XS, YS), *grid(XS, [600, 580, 560])]
    document = read(drawn(tmp_path / "made.pdf", [(55, 686, "a"), (55, 630, "between"), (55, 586, "b")], lines))
    kinds = [getattr(block, "text", None) or texts(block)[0][0] for block in document.blocks]
    assert kinds == ["a", "between", "b"]


def test_a_rectangle_around_text_is_no_table(tmp_path):
    document = read(drawn(tmp_path / "made.pdf", [(55, 686, "framed")], grid([50, 250], [700, 660])))
    assert not list(document.tables())
    assert [line.text for line in document.lines()] == ["framed"]


def test_a_character_beyond_the_basic_plane(tmp_path):
    (line,) = read(with_unicode(tmp_path / "made.pdf", "D842DFB7")).lines()
    assert line.text == "x\U00020bb7y"


@pytest.mark.parametrize("units", ["D842", "DFB7", "0000", "FFFE"])
def test_codes_that_are_no_characters_are_not_in_the_document(units, tmp_path):
    (line,) = read(with_unicode(tmp_path / "made.pdf", units)).lines()
    assert line.text.encode("utf-8") and "\x00" not in line.text


def edges(lines):
    """Vertical and horizontal edges."""
    return (
        [Edge(x0, *sorted((y0, y1))) for x0, y0, x1, y1 in lines if x0 == x1],
        [Edge(y0, *sorted((x0, x1))) for x0, y0, x1, y1 in lines if y0 == y1],
    )


def test_lines_that_nearly_touch_make_a_table():
    near = [
        (x0 + 1.5, y0, x1 - 1.5, y1) if y0 == y1 else (x0, y0, x1, y1)
        for x0, y0, x1, y1 in grid([0, 50, 100], [0, 20, 40])
    ]
    (cells,) = find_tables(*edges(near))
    assert len(cells) == 4


def test_tables_come_from_top_to_bottom_and_cells_row_by_row():
    lower, upper = grid([0, 50, 100], [200, 220]), grid([0, 50, 100], [0, 20])
    assert find_tables(*edges(lower + upper)) == [
        [Box(0, 0, 50, 20), Box(50, 0, 100, 20)],
        [Box(0, 200, 50, 220), Box(50, 200, 100, 220)],
    ]


def test_no_lines_make_no_table():
    assert find_tables([], []) == []


def test_a_table_on_its_side_is_turned_though_most_between_its_few_characters_is_blank(tmp_path):
    places = [(x, y, f"{n}{m}") for n, y in enumerate((686, 666)) for m, x in enumerate((55, 155))]
    words = "".join(
        f"BT /F1 10 Tf {x + 22 * k} {y} Td ({char}) Tj ET " for x, y, text in places for k, char in enumerate(text)
    )
    content = f"q 0 1 -1 0 842 0 cm {ruled(XS, YS)} {words} Q"
    document = read(painted(tmp_path / "made.pdf", content, page="/MediaBox[0 0 842 595]"))
    (table,) = document.tables()
    assert texts(table) == [["0 0", "0 1"], ["1 0", "1 1"]]
