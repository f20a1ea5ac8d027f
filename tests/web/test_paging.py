"""Parts of long lists."""

import pytest

from ingest.pages.web.paging import MOST, Part, part_of


@pytest.mark.parametrize(
    ("asked", "count", "part"),
    [
        ("", 0, Part(1, 1)),
        ("1", MOST, Part(1, 1)),
        ("", MOST + 1, Part(1, 2)),
        ("2", MOST + 1, Part(2, 2)),
        ("2", MOST, None),
        *((wrong, 5 * MOST, None) for wrong in ("0", "-1", "6", "02", "1.0", "1_0", "２", " 1", "x", "9" * 5000, "\0")),
    ],
)
def test_the_part_that_is_asked_for(asked, count, part):
    assert part_of(asked, count) == part


def test_parts_have_each_row_once():
    rows = list(range(2 * MOST + 3))
    parts = [Part(page, 3).of(rows) for page in (1, 2, 3)]
    assert [row for part in parts for row in part] == rows and [len(part) for part in parts] == [MOST, MOST, 3]
    assert Part(3, 3).of(rows[:MOST]) == []  # the list beside a longer one
