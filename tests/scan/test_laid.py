"""Places on a page that was laid straight, told on the page as it is seen."""

import pytest

from ingest.document import Laid
from warehouse.records.places import Box


@pytest.mark.parametrize(
    ("turn", "seen"),
    [(0, (10, 20, 50, 30)), (90, (20, 792, 30, 832)), (180, (792, 565, 832, 575)), (270, (565, 10, 575, 50))],
)
def test_a_place_on_a_turned_picture_is_told_on_the_page_as_it_is_seen(turn, seen):
    laid = Laid(turn, (0.0,), 842.0, 842.0, 595.0)
    assert laid.as_seen(Box(10, 20, 50, 30)) == pytest.approx(seen)


def test_a_place_on_a_tilted_picture_is_around_what_is_tilted_on_its_sheet():
    laid = Laid(0, (1.0, -1.0), 300.0, 600.0, 800.0)
    left, right = laid.as_seen(Box(0, 400, 10, 410)), laid.as_seen(Box(590, 400, 600, 410))
    assert left.top == pytest.approx(400 - 300 * 0.01745, abs=0.2)
    assert right.top == pytest.approx(400 - 300 * 0.01745, abs=0.2)  # its sheet is tilted the other way
