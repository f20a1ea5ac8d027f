"""208.05.01 in a column of codes is a code; 208.05 in a column of amounts stays an amount."""

import pytest

from ingest.tables.dotted_codes import with_plain_codes
from tests.ingest.made_documents import table


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (("208", "208.05", "208.05.01"), ("208", "20805", "2080501")),
        (("208.05", "合计", "210.11.01"), ("20805", "合计", "2101101")),
        (("301", "301.01", "301.02", "301.03"), ("301", "30101", "30102", "30103")),
        (("301", "301.01", "302", "302.01", "302.02"), ("301", "30101", "302", "30201", "30202")),
        (("301", "301.01", "301.02"), None),  # two are too few to be told from amounts
        (("208.05", "208.06", "208.07"), None),
        (("301", "302.01", "302.02", "302.03"), None),
        (("208.055", "1.208.05", "20805.01"), None),
    ],
)
def test_codes_and_amounts(printed, read):
    found = with_plain_codes(table(*((text, "1.00") for text in printed)))
    assert tuple(row.text(0) for row in found.rows) == (read or printed)
    assert {row.text(1) for row in found.rows} == {"1.00"}
