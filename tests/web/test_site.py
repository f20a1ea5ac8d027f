"""The site of files: every link leads to a file, the content is that of `juesuan serve`, and a broken run changes
nothing."""

import os
import posixpath
import random
import re
import signal
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

import pytest
from lxml import etree
from psycopg_pool import PoolTimeout

from ingest.cli.site import ended_by_a_signal
from ingest.errors import NotASite, SiteNotWritten
from ingest.isolation import Limits
from ingest.pages.web import application
from ingest.pages.web.answers import page_address
from ingest.pages.web.originals import Originals
from ingest.pages.web.picture_files import FramedPage, page_of
from ingest.pages.web.readers import Readers
from ingest.pages.web.site import Snapshot, write_site
from ingest.pages.web.site.files import LINK, file_of, with_files
from ingest.readers.crops import Band, PageImage
from ingest.sync.archive import Archive
from tests.ingest.truth import CORPUS_PDFS, CORPUS_TEXTS, extraction_of, needs_corpus
from tests.reader_role import as_reader
from tests.web.conftest import PDF, TestClient, kept
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.places import Box

SAMPLE, SEED = 300, 17  # pages that are compared with those of serve
BASE = "https://example.cn/accounts"
ATOM = "{http://www.w3.org/2005/Atom}"
RELATIVE = re.compile(r'(?<= )(?:href|src)="(?!https?:|#)([^"]*)"')
# The search, the data of each number, and what is said of pictures are otherwise in a site.
ONLY_SERVED = re.compile(r'<form .*?</form>|<p class="soft">[^<]*<a [^>]*>JSON</a>.*?</p>|<figure>.*?</figure>', re.S)


@pytest.mark.parametrize(
    ("asked", "file"),
    [
        ("/", "index.html"),
        ("/?lang=en", "en/index.html"),
        ("/documents/12?lang=zh", "documents/12/index.html"),
        ("/documents/12?lang=en&format=json", "documents/12/index.json"),
        ("/places/411300?year=2023", "places/411300/year=2023/index.html"),
        ("/documents?page=2&lang=en", "en/documents/page=2/index.html"),
        ("/feed.atom?lang=en", "en/feed.atom"),
        ("/static/style.css", "static/style.css"),
        ("/evidence/1/YS02/unit%3A%E7%94%B2/201/basic", "evidence/1/YS02/unit:甲/201/basic/index.html"),
    ],
)
def test_each_address_has_a_file(asked, file):
    assert file_of(asked) == file


@pytest.mark.parametrize("name", ["..", ".", ".git", "%2e%2e", "a%2Fb", "a%00b", "a%5Cb", "甲" * 100])
def test_a_name_that_no_folder_can_have_becomes_a_digest(name):
    assert re.fullmatch(r"evidence/1/~[0-9a-f]{32}/x/index\.html", file_of(f"/evidence/1/{name}/x"))


def test_links_lead_from_the_file_of_the_page_to_files():
    page = '<a href="/documents/1?lang=en&amp;x=1#GK01">/documents/2</a> <img src="/pictures/ab/1.png">'
    assert with_files(page, "evidence/1/index.html") == (
        '<a href="../../en/documents/1/x%3D1/index.html#GK01">/documents/2</a> <img src="../../pictures/ab/1.png">'
    )


def test_a_page_of_a_number_shows_the_part_of_the_page_with_its_row_and_its_frame():
    band = Band(7, 50.0, 60.0, marks=(Box(10.0, 50.0, 30.0, 60.0),))
    shown = FramedPage.of("ab" * 32, PageImage(960, 1350, 1.6, ""), band)
    assert page_of(shown.address) == ("ab" * 32, 7) and shown.frame == Box(13.6, 77.6, 50.4, 98.4)
    assert (shown.width, shown.height, shown.top, shown.bottom) == (960, 1350, 58, 118)
    assert [page_of(other) for other in ("/pictures/ab/7.png", f"{shown.address}/", "/pictures/../7.png")] == [None] * 3


@pytest.fixture(scope="module")
def written(module_database, documents, archive, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "accounts"
    return _write(folder, module_database, archive)


def _write(folder: Path, database: str, archive) -> Path:
    write_site(folder, Snapshot(as_reader(database)), Originals(archive.folder, Limits(seconds=20)), BASE)
    return folder


@pytest.mark.long
def test_every_link_resolves_and_the_content_is_that_of_serve(written, client, documents):
    pages = sorted(written.rglob("*.html"))
    assert broken_links(written) == [] and len(pages) > 1000
    assert differing(written, client, pages) == []
    data = page_address("zh", "documents", documents[PDF], format="json")
    assert (written / file_of(data)).read_bytes() == client.get(data).content


@needs_corpus
@pytest.mark.long
def test_so_it_is_of_the_corpus(database, tmp_path):
    archive = Archive(tmp_path / "archive")
    with connect(database) as connection:
        for path in (*CORPUS_PDFS, *CORPUS_TEXTS):
            read = extraction_of(path)
            load(connection, read)
            kept(archive, read.source.sha256, path)
    site = _write(tmp_path / "site", database, archive)
    readers = Readers(as_reader(database), connections=2)
    with TestClient(application(readers, Originals(archive.folder, Limits(seconds=60)))) as client:
        assert broken_links(site) == [] and differing(site, client, sorted(site.rglob("*.html"))) == []


@pytest.mark.long
def test_all_pages_of_serve_are_in_the_site_and_no_form(written, client, documents):
    waiting, known = ["/"], {"/"}
    while waiting:
        shown = client.get(waiting.pop())
        if not shown.headers["content-type"].startswith("text/html"):
            continue
        new = {unescape(found[2]).partition("#")[0] for found in LINK.finditer(shown.text)} - known
        new = {one for one in new if not one.startswith(("/evidence/", "/search")) and "sort=" not in one}
        known |= new
        waiting += new
    assert [one for one in known if not (written / file_of(one)).is_file()] == []
    assert not any("<form" in page.read_text("utf-8") for page in written.glob("*/*/index.html"))


@pytest.mark.long
def test_the_feed_has_the_addresses_of_the_files(written, documents):
    feed = etree.parse(written / "feed.atom").getroot()
    links = [one.get("href") for one in feed.iter(f"{ATOM}link")]
    paths = [unquote(one.removeprefix(f"{BASE}/")) for one in links]
    assert len(links) == len(documents) + 2 and all(one.startswith(f"{BASE}/") for one in links)
    assert [
        one for one in paths if not (written / one).is_file() and not (written / one / "index.html").is_file()
    ] == []


@pytest.mark.long
def test_a_link_that_leads_nowhere_leaves_the_old_site(module_database, documents, archive, written, monkeypatch):
    before = sorted(written.rglob("*"))
    monkeypatch.setattr(
        "ingest.pages.web.document.queries.DOCUMENT", "select 1 as document_id where false and %(document)s > 0"
    )
    with pytest.raises(SiteNotWritten, match="/documents/"):
        _write(written, module_database, archive)
    assert sorted(written.rglob("*")) == before and [one.name for one in written.parent.iterdir()] == [written.name]


def test_a_folder_with_other_files_is_not_replaced(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(NotASite):
        write_site(tmp_path, Snapshot("postgresql://nobody@127.0.0.1:1/none"), Originals(tmp_path, Limits()))
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.long
def test_without_the_database_nothing_is_left(tmp_path):
    """It is said of the database, not of a page."""
    with pytest.raises(PoolTimeout):
        write_site(tmp_path / "site", Snapshot("postgresql://nobody@127.0.0.1:1/none"), Originals(tmp_path, Limits()))
    assert list(tmp_path.iterdir()) == []


def test_a_signal_ends_the_command_as_an_error_does():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, ended_by_a_signal():
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM and signal.getsignal(signal.SIGTERM) is before


def broken_links(site: Path) -> list[tuple[str, str]]:
    """Links that lead to no file, each with a page that has it."""
    there = {f"{folder}/{name}" for folder, _, names in os.walk(site) for name in names}
    pages = [page for page in there if page.endswith(".html")]
    leading = {(posixpath.dirname(page), link): page for page in pages for link in _links(Path(page))}
    return [
        (page, link) for (folder, link), page in leading.items() if posixpath.normpath(f"{folder}/{link}") not in there
    ]


def differing(site: Path, client: TestClient, pages: list[Path]) -> list[str]:
    """Of a random sample the pages that say or lead to something else than those of serve."""
    different = []
    for page in random.Random(SEED).sample(pages, min(SAMPLE, len(pages))):
        own = page.relative_to(site).as_posix()
        if asked := _address_of(own):
            shown, answered = ONLY_SERVED.sub("", page.read_text("utf-8")), client.get(asked).text
            served = ONLY_SERVED.sub("", with_files(answered, own))
            if _text(shown) != _text(served) or not _led_to(shown) <= _led_to(served):
                different.append(asked)
    return different


def _address_of(own: str) -> str | None:
    """The address of a file; None where its name is a digest."""
    *names, _ = own.split("/")
    asked = {"lang": names.pop(0)} if names[:1] == ["en"] else {}
    if names and "=" in names[-1] and names[0] in ("places", "compare", "documents", "bodies"):
        asked |= dict(one.partition("=")[::2] for one in names.pop().split(","))
    address = "/" + quote("/".join(names)) + (f"?{urlencode(asked)}" if asked else "")
    return address if file_of(address) == own else None


def _led_to(page: str) -> set[str]:
    return set(RELATIVE.findall(page))


def _links(page: Path) -> set[str]:
    return {unquote(unescape(link).partition("#")[0]) for link in RELATIVE.findall(page.read_text("utf-8"))}


def _text(page: str) -> list[str]:
    return [line for line in re.sub(r"<[^>]+>", " ", page).split() if line]
