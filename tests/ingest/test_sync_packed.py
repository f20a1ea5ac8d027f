"""Archives and pages with attachments through a sync: what is recorded as one disclosure, and what becomes of it."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.about.files import Said
from ingest.isolation import PicturesWait
from ingest.sync import SyncReport
from tests.ingest.archives import zip_of
from tests.ingest.test_page_links import HEADING, page
from tests.ingest.test_sync import Night, counts, outcomes
from tests.ingest.test_sync_forgotten import forgotten
from tests.ingest.test_sync_together import listed, to_read, whole
from tests.ingest.web_site import Site, pdf, serving
from warehouse.base.database import connect
from warehouse.records.reading import WITH_PICTURES
from warehouse.work import jobs, readings

BODIES = {b"one": "示范市审计局", b"two": "示范市司法局"}
TEXT, TABLES, MORE = pdf("text"), pdf("tables"), pdf("more")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def night(database: str, tmp_path: Path) -> Night:
    return Night(database, tmp_path)


def ask(path: Path) -> Said:
    """Whose a file is, told by a word in it, without reading it as a document."""
    content = path.read_bytes()
    body = next((name for word, name in BODIES.items() if word in content), None)
    return Said(body, 2024, prose=b"text" in content, figures=content.count("万元".encode()))


def go(night: Night, entry: str) -> SyncReport:
    return night.go(entry, ask=ask)


def wholes(report: SyncReport) -> dict[str, str]:
    """What stands behind the address of the archive → outcome."""
    return {item.address.partition("#")[2]: str(item.outcome) for item in report.wholes}


def hashed(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_an_archive_of_one_disclosure(site, night):
    site.publish("/x.zip", zip_of({"a/表.pdf": TABLES, "a/说明.pdf": TEXT}))
    entry = f"url = '{site.url('/x.zip')}'"
    first = go(night, entry)
    assert (counts(first), wholes(first)) == ({"new": 1}, {"/": "new"})
    assert to_read(night) == [hashed(listed(TEXT, TABLES))]
    assert night.rows("select part_no, file_name, address from warehouse.source_part order by 1") == [
        (1, "说明.pdf", site.url("/x.zip#/a/%E8%AF%B4%E6%98%8E.pdf")),
        (2, "表.pdf", site.url("/x.zip#/a/%E8%A1%A8.pdf")),
    ]
    second = go(night, entry)
    assert (counts(second), wholes(second), second.to_read) == ({"unchanged": 1}, {"/": "unchanged"}, ())
    site.publish("/x.zip", zip_of({"a/表.pdf": MORE, "a/说明.pdf": TEXT}))
    third = go(night, entry)
    assert (counts(third), wholes(third)) == ({"changed": 1}, {"/": "changed"})
    assert to_read(night)[1:] == [hashed(listed(TEXT, MORE))]
    site.remove("/x.zip")
    assert wholes(go(night, entry)) == {"/": "vanished"}


def test_an_archive_of_several_disclosures(site, night):
    one, two = pdf("one"), pdf("two")
    site.publish("/x.zip", zip_of({"1/a.pdf": one, "2/b.pdf": two, "2/c.rar": b"Rar!\x1a\x07\x00"}))
    entry = f"url = '{site.url('/x.zip')}'"
    first = go(night, entry)
    assert sorted(to_read(night)) == sorted([hashed(one), hashed(two)])
    (failed,) = first.failed
    assert failed.reason.startswith("x.zip: 2/c.rar: is none of: ")
    second = go(night, entry)  # what was said once is not said again
    assert (wholes(second), second.failed) == ({"/1/a.pdf": "unchanged", "/2/b.pdf": "unchanged"}, ())
    site.publish("/x.zip", zip_of({"1/a.pdf": one}))
    assert wholes(go(night, entry)) == {"/": "new", "/1/a.pdf": "vanished", "/2/b.pdf": "vanished"}


def test_an_archive_of_which_nothing_can_be_read_is_queued_so_that_its_reader_says_why(site, night):
    content = zip_of({"a.rar": b"Rar!\x1a\x07\x00"})
    site.publish("/x.zip", content)
    report = go(night, f"url = '{site.url('/x.zip')}'")
    assert (counts(report), report.wholes, to_read(night)) == ({"new": 1}, (), [hashed(content)])


def test_an_archive_with_scans_is_opened_once_they_are_recognised(site, night, database):
    scan = pdf("one")
    site.publish("/x.zip", zip_of({"1/scan.pdf": scan, "2/b.pdf": pdf("two")}))
    entry = f"url = '{site.url('/x.zip')}'"

    def waits(path: Path) -> Said:
        if b"one" in path.read_bytes():
            raise PicturesWait(3)
        return ask(path)

    first = night.go(entry, ask=waits)
    (queued,) = to_read(night)  # the archive: its reader recognises what is in it
    assert (counts(first), first.wholes) == ({"new": 1}, ())
    assert night.go(entry, ask=waits).wholes == () and to_read(night) == [queued]
    with connect(database, autocommit=True) as connection:  # its reader came to its end, and not with this scan
        jobs.enqueue(connection, [jobs.File(queued, "x.zip")], WITH_PICTURES)
        readings.conclude(connection, readings.begin(connection, queued, WITH_PICTURES), "failed")
    third = night.go(entry, ask=waits)
    assert wholes(third)["/"] == "new" and "1/scan.pdf: scanned, needs OCR" in third.failed[0].reason
    assert to_read(night) == [hashed(pdf("two"))]


def test_an_archive_that_was_not_opened_to_its_end_comes_again(site, night):
    site.publish("/x.zip", zip_of({"a.pdf": TEXT}))
    entry = f"url = '{site.url('/x.zip')}'"

    def dies(path: Path) -> Said:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        night.go(entry, ask=dies)
    assert night.rows("select count(*) from warehouse.source_file") == [(0,)]
    assert wholes(go(night, entry)) == {"/": "new"}


def test_the_documents_of_an_archive_among_several_files(site, night):
    site.publish("/x.zip", zip_of({"表.pdf": TABLES}))
    site.publish("/text.pdf", TEXT)
    entry = f"parts = ['{site.url('/text.pdf')}', '{site.url('/x.zip')}']"
    assert whole(go(night, entry)) == ("new", None)
    assert to_read(night) == [hashed(listed(TEXT, TABLES))]
    assert whole(go(night, entry)) == ("unchanged", None)


def published(site: Site, content: bytes) -> str:
    site.publish("/a/index.html", content, content_type="text/html")
    return f"url = '{site.url('/a/index.html')}'"


def test_a_page_that_only_links_is_no_part_of_its_disclosure(site, night):
    entry = published(
        site, page(("text.pdf", "附件1：决算说明"), ("tables.pdf", "附件2"), ("4.pdf", "依申请公开申请表"))
    )
    site.publish("/a/text.pdf", TEXT)
    site.publish("/a/tables.pdf", TABLES)
    first = go(night, entry)
    assert outcomes(first) == {
        "index.html": "new", "text.pdf": "new", "tables.pdf": "new", "index.html#parts": "new"
    }  # fmt: skip
    assert to_read(night) == [hashed(listed(TEXT, TABLES))]
    second = go(night, entry)
    assert set(outcomes(second).values()) == {"unchanged"} and second.to_read == ()


def test_a_page_with_figures_is_the_main_part(site, night):
    content = page(("tables.pdf", "附件"), more="<p>text: 收入12.50万元。</p>")
    entry = published(site, content)
    site.publish("/a/tables.pdf", TABLES)
    go(night, entry)
    assert to_read(night) == [hashed(listed(content, TABLES))]
    second = go(night, entry)
    assert (set(outcomes(second).values()), second.to_read) == ({"unchanged"}, ())
    site.publish("/a/tables.pdf", MORE)
    assert whole(go(night, entry)) == ("changed", None)
    assert to_read(night)[1:] == [hashed(listed(content, MORE))]


def test_a_page_with_figures_and_no_attachment_is_a_document(site, night):
    content = page(more="<p>text: 收入12.50万元。</p>")
    report = go(night, published(site, content))
    assert (report.wholes, to_read(night)) == ((), [hashed(content)])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (page(heading="您访问的页面不存在"), "is a web page, no document"),
        (page(("2.rar", "附件2")), "is a web page, no document; attaches 附件2, which is not read"),
        (
            page(("1.pdf", "市教育局2024年部门决算"), ("2.pdf", "市财政局2024年部门决算"), heading="2024年部门决算"),
            "links to documents of 2 bodies: such a page is a listing",
        ),
    ],
)  # fmt: skip
def test_a_page_without_a_disclosure_is_a_failure(site, night, content, reason):
    report = go(night, published(site, content))
    assert [item.reason for item in report.failed] == [reason]
    assert to_read(night) == []


def test_a_page_in_place_of_a_named_document_is_a_failure(site, night):
    site.publish("/a.pdf", page(("1.pdf", HEADING)), content_type="text/html")
    (failed,) = go(night, f"url = '{site.url('/a.pdf')}'").failed
    assert failed.reason == "is a web page, no document (sent as text/html)"


def test_an_attachment_that_is_an_archive(site, night):
    entry = published(site, page(("x.zip", "附件：2024年度部门决算.zip")))
    site.publish("/a/x.zip", zip_of({"说明.pdf": TEXT, "表.pdf": TABLES}))
    assert whole(go(night, entry)) == ("new", None)
    assert to_read(night) == [hashed(listed(TEXT, TABLES))]
    assert whole(go(night, entry)) == ("unchanged", None)


def test_a_forgotten_disclosure_is_kept_neither_alone_nor_in_its_archive(site, night):
    site.publish("/x.zip", zip_of({"表.pdf": TABLES, "说明.pdf": TEXT}))
    entry = f"url = '{site.url('/x.zip')}'"
    go(night, entry)
    forgotten(night, hashed(listed(TEXT, TABLES)))
    assert night.archived() == set()
    report = go(night, entry)
    assert (counts(report), report.wholes, to_read(night), night.archived()) == ({"forgotten": 1}, (), [], set())


def test_an_archive_stays_for_the_other_disclosures_in_it(site, night):
    one, two = pdf("one"), pdf("two")
    site.publish("/x.zip", content := zip_of({"1/a.pdf": one, "2/b.pdf": two}))
    entry = f"url = '{site.url('/x.zip')}'"
    go(night, entry)
    forgotten(night, hashed(two))
    assert night.archived() == {content, one}
    assert to_read(night) == [hashed(one)]
    site.publish("/x.zip", changed := zip_of({"1/a.pdf": one, "2/b.pdf": two, "2/c.rar": b"Rar!\x1a\x07\x00"}))
    go(night, entry)
    assert (to_read(night), night.archived()) == ([hashed(one)], {content, changed, one})


def listing_of(site: Site, *links: tuple[str, str], more: str = "") -> str:
    made = "".join(f"<li><a href='{address}'>{text}</a></li>" for address, text in links)
    site.put("/list/", f"<html><body><h1>部门预决算</h1>{made}</body></html>".encode(), content_type="text/html")
    return f"listing = '{site.url('/list/')}'\n{more}"


OTHER = "示范市财政局2024年度部门决算"


def test_a_listing_leads_to_pages_and_these_to_what_they_attach(site, night):
    entry = listing_of(
        site,
        ("/a/index.html", HEADING),
        ("/b.html", OTHER),
        ("/list/", "示范市档案局2024年度部门决算"),  # itself
        ("/list/2024.html", "2024年部门决算"),  # of nobody: another listing
        ("/c.html", "示范市财政局关于做好2024年部门决算公开的通知"),
        ("/d.html", "示范市教育局依申请公开申请表"),
        ("/e.rar", "示范市科技局2024年度部门决算"),
    )
    published(site, page(("text.pdf", "附件1：决算说明"), ("4.pdf", "依申请公开申请表"), ("tables.pdf", "附件2")))
    site.publish(
        "/b.html", figures := page(more="<p>text: 收入12.50万元。</p>", heading=OTHER), content_type="text/html"
    )
    site.publish("/a/text.pdf", TEXT)
    site.publish("/a/tables.pdf", TABLES)
    first = go(night, entry)
    assert outcomes(first) == {
        "": "new", "index.html": "new", "b.html": "new", "text.pdf": "new", "tables.pdf": "new",
        "index.html#parts": "new",
    }  # fmt: skip
    assert sorted(to_read(night)) == sorted([hashed(listed(TEXT, TABLES)), hashed(figures)])
    second = go(night, entry)
    assert (set(outcomes(second).values()), second.to_read) == ({"unchanged"}, ())
    listing_of(site)  # the pages are no longer linked, and still looked at
    site.publish("/a/tables.pdf", MORE)
    third = go(night, entry)
    assert (outcomes(third)["index.html#parts"], outcomes(third)["b.html"]) == ("changed", "unchanged")
    assert not any(request.path in ("/list/2024.html", "/c.html", "/d.html", "/e.rar") for request in site.requests)


def test_pages_of_a_listing_are_bounded_and_stay_on_its_hosts(site, night):
    other = f"http://localhost:{site.port}"
    links = [(f"/p{n}.html", f"示范市第{n}中学2024年度部门决算") for n in range(300)]
    entry = listing_of(site, *links, (f"{other}/x.html", OTHER))
    site.answer("/p0.html", 302, headers={"Location": "/list/"})
    site.answer("/p1.html", 302, headers={"Location": "/p1.html"})
    site.publish("/p2.html", page((f"{other}/1.pdf", "附件1"), ("p3.html", HEADING)), content_type="text/html")
    report = night.go(entry, ask=ask, limits="pages = 3\nredirects = 2")
    assert report.items[0].reason == (
        "left out, on hosts the source does not name: localhost (1); left out, pages behind the first 3: 297"
    )
    assert {item.address.rpartition("/")[2]: item.reason for item in report.failed} == {
        "p0.html": "is a web page, no document",
        "p1.html": "leads on more than 2 times",
        "p2.html": "is a web page, no document",
    }
    assert not site.asked("/x.html") and not site.asked("/p3.html")


def test_the_pages_of_a_listing_of_one_body_need_not_name_it(site, night):
    entry = listing_of(site, ("/a/index.html", "2024年度部门决算"), more="department = '示范市教育局'")
    published(site, page(("tables.pdf", "附件")))
    site.publish("/a/tables.pdf", TABLES)
    assert whole(go(night, entry)) == ("new", None)
