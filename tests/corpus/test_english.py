"""No page, workbook, label or reason of the corpus and the budgets has an English word for a Chinese reader."""

import pytest

from ingest.isolation import Limits
from ingest.pages.comparison import render as comparison
from ingest.pages.document import render as report
from ingest.pages.web import application
from ingest.pages.web.originals import Originals
from ingest.pages.web.readers import Readers
from tests.corpus.conftest import FILES
from tests.english.pages import document_of, pages
from tests.english.words import Printed, of_page, of_views, of_workbook
from tests.ingest.truth import needs_corpus
from tests.reader_role import as_reader
from tests.web.conftest import TestClient
from warehouse.base.database import connect, snapshot
from warehouse.comparison.choices import question
from warehouse.comparison.queries import overview
from warehouse.kinds.kind import load_kind
from warehouse.workbook import find, read, workbook

pytestmark = [needs_corpus, pytest.mark.long]
COMPARED = """
select distinct department_kind, fiscal_year from mart.published_document
where department_kind is not null and fiscal_year is not null order by 1, 2
"""
Found = dict[str, set[str]]


@pytest.fixture(scope="module")
def printed(stored) -> dict[int | None, Printed]:
    """document_id → its letters; None → those of all."""
    return {None: Printed(*FILES), **{number: Printed(path) for number, path in stored.items()}}


def assert_none(found: Found, at_least: int) -> None:
    assert len(found) >= at_least and {name: words for name, words in found.items() if words} == {}


def test_the_pages_of_serve(corpus_url, printed, tmp_path):
    """Without the archive, whose pictures and excerpts are the documents' own."""
    served = application(Readers(as_reader(corpus_url), connections=1), Originals(tmp_path, Limits(seconds=20)))
    with TestClient(served) as client:
        shown = {address: printed[document_of(address)].other_than(of_page(page)) for address, page in pages(client)}
    assert_none(shown, 2000)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_page_about_a_document(path):
    assert Printed(path).other_than(of_page(report(path))) == set()


def test_the_pages_that_compare(corpus_url, printed):
    with snapshot(as_reader(corpus_url)) as connection:
        asked = [question(connection, kind, year) for kind, year in connection.execute(COMPARED).fetchall()]
        shown = {str(one): printed[None].other_than(of_page(comparison(overview(connection, one)))) for one in asked}
    assert_none(shown, 5)


def test_the_workbooks(corpus_url, printed):
    found = {}
    with connect(corpus_url) as connection:
        for number in printed.keys() - {None}:
            document = find(connection, str(number))
            book = workbook(read(connection, document), load_kind(document.kind))
            found[document.source_name] = printed[number].other_than(of_workbook(book))
    assert_none(found, len(FILES))


def test_the_labels_and_reasons_in_mart(corpus_url, printed):
    with connect(as_reader(corpus_url)) as connection:
        found = {column: printed[None].other_than(words) for column, words in of_views(connection)}
    assert_none(found, 400)
