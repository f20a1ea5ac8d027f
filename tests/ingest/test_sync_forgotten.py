"""What was forgotten is not fetched again: neither requested nor kept, wherever it is found."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from tests.ingest.test_sync import Night, counts, outcomes, url
from tests.ingest.test_sync_together import whole
from tests.ingest.web_site import Site, pdf, serving
from warehouse.base.database import connect
from warehouse.work import sources
from warehouse.work.forgetting import forget, lift, remove_files, to_forget

ADDRESSES = "select address, is_current from warehouse.forgotten_address order by address"
RECHECK = "update warehouse.forgotten_address set checked_at = checked_at - interval '31 days'"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def night(database: str, tmp_path) -> Night:
    return Night(database, tmp_path)


def digest(text: str) -> str:
    return sha256(pdf(text)).hexdigest()


def forgotten(night: Night, sha256: str) -> None:
    with connect(night.database) as connection:
        forget(connection, to_forget(connection, sha256[:8]), "a name")
        connection.commit()
        remove_files(connection, night.archive)


def asked(site: Site, path: str) -> int:
    """How often it was requested since the last call."""
    number = len(site.asked(path))
    site.requests.clear()
    return number


def test_its_address_is_not_requested_until_it_is_time_and_then_conditionally(site, night):
    site.publish("/a.pdf", pdf("a"))
    entry = url(site, "/a.pdf")
    night.go(entry)
    forgotten(night, digest("a"))
    assert night.archived() == set()
    assert night.rows(ADDRESSES) == [(site.url("/a.pdf"), True)]
    asked(site, "/a.pdf")
    report = night.go(entry)
    assert (counts(report), report.to_read, report.failed, asked(site, "/a.pdf")) == ({"forgotten": 1}, (), (), 0)
    assert (counts(night.go(entry, full=True)), asked(site, "/a.pdf")) == ({"forgotten": 1}, 0)

    with connect(night.database) as connection:
        connection.execute(RECHECK)
    assert counts(night.go(entry)) == {"forgotten": 1}
    (request,) = site.asked("/a.pdf")
    assert "If-None-Match" in request.headers
    site.requests.clear()
    assert night.rows("select http_status, outcome from warehouse.fetch_attempt order by fetch_id") == [
        (200, "new"),
        (304, "forgotten"),
    ]
    assert (counts(night.go(entry)), asked(site, "/a.pdf")) == ({"forgotten": 1}, 0)

    site.publish("/a.pdf", pdf("another"))
    with connect(night.database) as connection:
        connection.execute(RECHECK)
    report = night.go(entry)
    assert (counts(report), night.archived()) == ({"new": 1}, {pdf("another")})
    assert night.rows(ADDRESSES) == [(site.url("/a.pdf"), False)]
    assert counts(night.go(entry)) == {"unchanged": 1}

    site.publish("/a.pdf", pdf("a"))
    assert (counts(night.go(entry)), night.archived()) == ({"forgotten": 1}, {pdf("another")})
    asked(site, "/a.pdf")
    assert (counts(night.go(entry)), asked(site, "/a.pdf")) == ({"forgotten": 1}, 0)


def test_it_is_thrown_away_under_another_address_in_a_listing_and_in_a_folder(site, night):
    site.publish("/a.pdf", pdf("a"))
    site.publish("/copy.pdf", pdf("a"))
    site.publish("/b.pdf", pdf("b"))
    site.page("/list/", "/copy.pdf", "/b.pdf")
    folder = night.folder / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf("a"))
    night.go(url(site, "/a.pdf"))
    forgotten(night, digest("a"))
    entries = f"listing = '{site.url('/list/')}'", f"folder = '{folder}'", f"name = 'g'\nglob = '{folder}/*.pdf'"
    report = night.go(*entries)
    assert outcomes(report) == {"": "new", "copy.pdf": "forgotten", "b.pdf": "new", "a.pdf": "forgotten"}
    assert night.archived() == {pdf("b")} and [item.sha256 for item in report.to_read] == [digest("b")]
    asked(site, "/copy.pdf")
    assert counts(night.go(*entries)) == {"forgotten": 2, "unchanged": 1}
    assert asked(site, "/copy.pdf") == 0
    (folder / "a.pdf").write_bytes(pdf("corrected"))
    assert outcomes(night.go(*entries))["a.pdf"] == "new"


def test_after_a_lift_it_is_fetched_as_if_it_were_new(site, night):
    site.publish("/a.pdf", pdf("a"))
    night.go(url(site, "/a.pdf"))
    forgotten(night, digest("a"))
    with connect(night.database) as connection:
        lift(connection, digest("a")[:8])
    assert counts(night.go(url(site, "/a.pdf"))) == {"new": 1}
    assert night.archived() == {pdf("a")}


def test_of_a_disclosure_of_several_files_all_are_gone_that_no_other_needs(site, night):
    for name in ("text", "tables"):
        site.publish(f"/{name}.pdf", pdf(name))
    entry = f"parts = ['{site.url('/text.pdf')}', '{site.url('/tables.pdf')}']"
    night.go(entry)
    site.publish("/tables.pdf", pdf("corrected"))
    report = night.go(entry)
    (item,) = report.wholes
    forgotten(night, digest("corrected"))  # any file of it will do
    assert {pdf("text"), pdf("tables")} <= night.archived()
    assert pdf("corrected") not in night.archived() and len(night.archived()) == 3
    gone = {sha256 for (sha256,) in night.rows("select sha256 from warehouse.forgotten")}
    assert gone == {item.sha256, digest("corrected")}
    report = night.go(entry)
    assert whole(report) == ("forgotten", "1 of its 2 files were forgotten")
    assert report.failed == () and report.to_read == ()
    site.publish("/tables.pdf", pdf("corrected again"))
    with connect(night.database) as connection:
        connection.execute(RECHECK)
    assert whole(night.go(entry))[0] == "new"


def test_what_was_forgotten_during_a_sync_is_not_stored(site, night):
    """The sync has begun: it fetches the file into the archive, and finds the tombstone when it records it."""
    site.publish("/a.pdf", pdf("a"))
    site.publish("/b.pdf", pdf("a"))
    site.page("/list/", "/b.pdf")
    night.go(url(site, "/a.pdf"))
    entry = f"listing = '{site.url('/list/')}'"
    report = night.go(entry, said=lambda item: item.purpose == "listing" and forgotten(night, digest("a")))
    assert outcomes(report) == {"": "new", "b.pdf": "forgotten"}
    assert night.rows("select count(*) from warehouse.source_file") == [(0,)]
    assert night.rows(ADDRESSES) == [(site.url("/a.pdf"), True), (site.url("/b.pdf"), True)]
    night.go(entry)  # removes what such a sync left in the archive
    assert night.archived() == set()


def test_it_is_never_queued(site, night):
    site.publish("/a.pdf", pdf("a"))
    night.go(url(site, "/a.pdf"))
    forgotten(night, digest("a"))
    with connect(night.database) as connection:
        assert sources.not_loaded(connection) == []
