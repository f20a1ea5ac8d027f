"""A picture in a file that may be a page or a table is named: what it prints is not read, and not lost in silence."""

import base64
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from ingest.readers import read
from tests.variants.look import Look
from tests.variants.variant import WRITERS

FOLDERS = {"docx": "word/media/", "xlsx": "xl/media/"}
AS_LARGE_AS_A_TABLE, SEAL = (900, 400), (400, 400)


def png(size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new("L", size, 255).save(out, format="PNG")
    return out.getvalue()


@pytest.fixture(scope="module", params=FOLDERS)
def office_file(request):
    return request.param, WRITERS[request.param](Look())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("image1.png", png(AS_LARGE_AS_A_TABLE), "文件内的图像image1.png(900×400像素)"),
        ("image2.emf", b"\x01" * 30_000, "文件内的图像image2.emf(矢量图)"),
        ("image1.png", png(SEAL), None),
        ("image1.png", b"no picture", None),
        ("image2.emf", b"\x01" * 300, None),
    ],
)
def test_a_large_picture_of_an_office_file_is_named(office_file, tmp_path, name, content, said):
    suffix, written = office_file
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(written)
    with ZipFile(path, "a") as archive:
        archive.writestr(FOLDERS[suffix] + name, content)
    notes = read(path).notes
    assert [note.partition("可能")[0] for note in notes] == ([said] if said else [])


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (f'src="data:image/png;base64,{base64.b64encode(png(AS_LARGE_AS_A_TABLE)).decode()}"', "900×400"),
        (f'src="data:image/png;base64,{base64.b64encode(png(SEAL)).decode()}"', None),
        ('src="1.jpg" width="800px" height="1100"', "800×1100"),
        ('src="1.jpg" width="100%" height="1100"', None),
        ('src="data:image/png;base64,abc"', None),
    ],
)
def test_a_large_picture_of_a_page_is_named(tmp_path, image, said):
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>收入决算表</p><p><img {image}></p></body></html>", "utf-8")
    assert [said in note for note in read(path).notes] == ([True] if said else [])
