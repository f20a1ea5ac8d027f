"""A file that reads much worse than the published one of the same slot is held."""

from tests.cases.cases import input_of, needs_cases
from warehouse.load.document import Outcome, load
from warehouse.work import decisions

GOOD = "poor_reading_replaces_good/base.pdf"
POOR = "short_rows_in_text/h03_tsv_empty_cells_dropped.txt"
SHOWN = """
select source_name, (select count(*) from mart.amount where amount.document_id = disclosure.document_id)
from mart.disclosure where is_current
"""


@needs_cases
def test_a_worse_file_of_the_same_slot_is_held(connection):
    load(connection, input_of(GOOD).reading())
    shown = connection.execute(SHOWN).fetchall()
    assert load(connection, input_of(POOR).reading()).outcome is Outcome.HELD
    assert connection.execute(SHOWN).fetchall() == shown == [("base.pdf", 490)]
    assert len(decisions.held_readings(connection)) == 1
