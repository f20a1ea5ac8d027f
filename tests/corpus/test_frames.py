"""Every public view of the corpus and the budgets as a DataFrame."""

import juesuan
import pytest

from tests.ingest.truth import needs_corpus
from tests.reader_role import as_reader
from tests.warehouse.whole_frames import PUBLIC, assert_whole

pytestmark = [needs_corpus, pytest.mark.long]
# What needs series of population, a budget and accounts of one body, two years with units, or a withdrawal; and tables
# of state capital, which are blank in all documents.
WITHOUT_ROWS = {
    "denominator", "department_unit_change", "execution_position", "execution_ranking", "state_capital", "unit_sum",
    "withdrawn",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(corpus_url: str) -> juesuan.Warehouse:
    return juesuan.open(as_reader(corpus_url))


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_view_as_a_frame(opened, corpus_url, name):
    rows = assert_whole(opened, corpus_url, name)
    assert (rows == 0) == (name in WITHOUT_ROWS)
