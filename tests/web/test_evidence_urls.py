"""From a row in a BI tool to the print, over HTTP: the address in a row leads to a page with one mark."""

import io
import random
import re
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image, ImageDraw

from ingest.isolation import Limits
from ingest.pages.web import application
from ingest.pages.web.originals import Originals
from ingest.pages.web.readers import Readers
from ingest.pipeline import extract
from ingest.readers.pdf.marks import FRAME
from ingest.sync.archive import Archive
from tests.reader_role import as_reader
from tests.web.conftest import SAMPLES, kept
from tests.web.served import served
from tests.web.test_serve import VIEWS
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.schema.upgrade import upgrade

ROWS, SEED = 10, 17
EDGE = 4  # pixels: the width of a frame and what it is rounded by


@pytest.fixture(scope="module")
def opened(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the application over all samples, whose address is in the views."""
    archive = Archive(tmp_path_factory.mktemp("archive"))
    with connect(module_database) as connection:
        for path in sorted([*SAMPLES.glob("*.*"), *SAMPLES.glob("forms/*")]):
            if path.suffix in (".pdf", ".txt", ".html", ".xlsx"):
                read = extract(path)
                load(connection, read)
                kept(archive, read.source.sha256, path)
    readers = Readers(as_reader(module_database), connections=2)
    shown = application(readers, Originals(archive.folder, Limits(seconds=60)))
    with served(shown) as base, pytest.MonkeyPatch.context() as environment, httpx.Client(timeout=60) as client:
        environment.setenv("JUESUAN_EVIDENCE_URL", base)
        upgrade(module_database)
        yield client


@pytest.mark.long
@pytest.mark.parametrize("view", VIEWS)
def test_the_address_in_a_row_leads_to_one_mark(opened, module_database, view):
    with connect(module_database) as connection:
        rows = connection.execute(f"select evidence_url from mart.{view} where evidence_url is not null").fetchall()
    addresses = sorted({url for (url,) in rows})
    for address in random.Random(SEED).sample(addresses, min(ROWS, len(addresses))):
        page = opened.get(address)
        assert page.status_code == 200, address
        assert marks(opened, address, page.text) == has_place(opened, address), address
    assert addresses or view == "year_over_year"  # no sample has two years


def has_place(client: httpx.Client, address: str) -> int:
    """1 where the number has a place of its own in the print; an identity has several and a body none."""
    number = client.get(address, params={"format": "json"}).json()
    return int(bool(number.get("box") or number.get("line_no")))


def marks(client: httpx.Client, address: str, page: str) -> int:
    """Frames in the picture, or marked cells or lines in the excerpt."""
    if "picture=row" in page:
        return frames(client.get(address, params={"picture": "row"}).content)
    return len(re.findall("<mark>", page)) or page.count('<tr class="meant">')


def frames(png: bytes) -> int:
    """1 where all red pixels are on the edges of one rectangle."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    red = Image.new("1", picture.size)
    red.putdata([pixel == FRAME for pixel in zip(*[iter(picture.tobytes())] * 3, strict=True)])
    around = red.getbbox()
    if around is None:
        return 0
    left, top, right, bottom = around
    red.paste(0, (left, top, right, top + EDGE))
    red.paste(0, (left, bottom - EDGE, right, bottom))
    red.paste(0, (left, top, left + EDGE, bottom))
    red.paste(0, (right - EDGE, top, right, bottom))
    return 1 if red.getbbox() is None else 2


@pytest.mark.parametrize("lefts", [(), (5,), (5, 60)])
def test_frames_are_counted(lefts):
    drawn, out = Image.new("RGB", (100, 40), "white"), io.BytesIO()
    for left in lefts:
        ImageDraw.Draw(drawn).rectangle((left, 5, left + 20, 30), outline=FRAME, width=3)
    drawn.save(out, format="PNG")
    assert frames(out.getvalue()) == len(lefts)
