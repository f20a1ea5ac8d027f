"""Every change on last year that a single document of the corpus or a single budget states is in the table of `trend`
and on the comparison page."""

import pytest

from tests.corpus.conftest import FILES
from tests.ingest.truth import needs_corpus
from tests.read_once import read_once
from tests.stated_changes import counted
from warehouse.base.database import connect
from warehouse.load.document import load

pytestmark = [needs_corpus, pytest.mark.long]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_change_is_missed(path, database, capsys):
    with connect(database) as connection:
        load(connection, read_once(path))
    found = counted(database)
    with capsys.disabled():
        print(f"\n{path.name}: {found.stated} stated, {found.in_trend} in trend, {found.on_page} on the page")
    assert found.in_trend == found.on_page == found.stated
