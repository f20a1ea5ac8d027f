"""A layer of text under the image of a page is one more reading of its numbers, and not what the page prints."""

import pytest

from ingest.document import Cell, GridKind, Laid, RawRow, RawTable
from ingest.readers.pdf.page_objects import Char, Hidden, PageObjects
from ingest.readers.pdf.scan.pictures import PageRead
from ingest.readers.pdf.text_layer import held_against_layer, remarks_on_layers
from ingest.readers.pdf.visibility import Unseen
from warehouse.records.places import Box, Place

WIDTH, HEIGHT = 595.0, 842.0
ROW = Box(50.0, 100.0, 250.0, 120.0)
ELSEWHERE = "".join(str(n % 10) for n in range(40))  # a layer has more than one number


def laid(turn: int) -> Laid:
    width, height = (HEIGHT, WIDTH) if turn in (90, 270) else (WIDTH, HEIGHT)
    return Laid(turn, (0.0,), width, width, height)


def layer(text: str, turn: int) -> list[Char]:
    """The characters of a number in the second cell, as they stand on the page as it is seen."""
    boxes = (laid(turn).as_seen(Box(160.0 + 6 * n, 105.0, 166.0 + 6 * n, 115.0)) for n in range(len(text)))
    return [Char(char, *box) for char, box in zip(text, boxes, strict=True)]


def held(cell: Cell, text: str, turn: int = 0) -> Cell:
    hidden = [*layer(text, turn)[::-1], *(Char(char, 500.0, 800.0, 505.0, 810.0) for char in ELSEWHERE)]
    page = PageObjects(1, WIDTH, HEIGHT, [], [], [], 1, hidden=(Hidden(Unseen.INVISIBLE, tuple(hidden)),))
    cells = (Cell("合计", x0=50.0, x1=150.0), cell._replace(x0=150.0, x1=250.0))
    table = RawTable((RawRow(cells, Place(1, box=ROW)),), GridKind.RECOGNISED)
    (block,) = held_against_layer(PageRead((table,), (), laid(turn)), page).blocks
    assert block.rows[0].cells[0] == cells[0]
    return block.rows[0].cells[1]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_number_that_the_layer_has_otherwise_is_not_certain(turn):
    read = Cell("1,567.62", confidence=0.99, read_again="1,567.62")
    assert held(read, "1,367.62", turn).read_again == "1,367.62"
    assert held(read, "1567.62", turn).read_again == "1,567.62"


def test_without_a_second_model_the_layer_is_the_second_reading():
    assert held(Cell("53.90", confidence=0.99), "53.90").read_again == "53.90"
    assert held(Cell("53.90", confidence=0.99), "51.90").read_again == "51.90"


def test_where_the_layer_has_nothing_the_models_decide():
    read = Cell("53.90", confidence=0.99, read_again="53.90")
    assert held(read, "").read_again == "53.90"
    assert held(Cell(""), "53.90").text == ""


def test_a_document_says_once_that_its_text_is_a_layer():
    (said,) = remarks_on_layers([3, 4])
    assert (said.place, said.reason[:2]) == (Place(3), "2页")
    assert list(remarks_on_layers([])) == []
