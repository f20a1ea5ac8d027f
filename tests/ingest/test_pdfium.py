"""Values that are read from PDFium's memory are the same as those of its functions."""

import gc

import pypdfium2 as pdfium
import pypdfium2.raw as c
import pytest

from ingest.readers.gc_paused import garbage_collection_paused
from ingest.readers.pdf import pdfium as few
from tests.ingest.truth import SAMPLES

PAGE = 7


@pytest.fixture
def page():
    with pdfium.PdfDocument(SAMPLES / "nanyang_gongxin_2024.pdf") as pdf:
        yield pdf[PAGE]


def paths(page):
    handle = few.address(page.raw)
    objects = [few.object_at(handle, index) for index in range(few.count_objects(handle))]
    return [obj for obj in objects if few.type_of(obj) == c.FPDF_PAGEOBJ_PATH]


def test_points_read_from_memory_are_those_of_the_functions(page):
    found = paths(page)
    assert found and few._is_layout_known()
    for path in found:
        assert list(few._points_in_memory(path)) == list(few._points_by_calls(path))


def closed(pdf_path, *points):
    """The handle of a closed path with these points."""
    for x, y in points:
        c.FPDFPath_LineTo(pdf_path, x, y)
    c.FPDFPath_Close(pdf_path)
    return few.address(pdf_path)


@pytest.mark.parametrize(
    ("points", "rectangle"),
    [
        ([(30, 20), (30, 40), (10, 40), (10, 20)], (10, 20, 30, 40)),
        ([(10, 40), (30, 40), (30, 20), (10, 20)], None),  # in the opposite direction: its points are read one by one
        ([(30, 20), (30, 40), (11, 40), (10, 20)], None),
        ([(30, 20), (30, 40), (10, 40)], None),
    ],
)
def test_a_rectangle_is_distinguished_from_other_paths(points, rectangle):
    path = c.FPDFPageObj_CreateNewPath(10, 20)
    assert few.rectangle_of(closed(path, *points)) == rectangle
    c.FPDFPageObj_Destroy(path)


def test_characters_read_at_once_are_those_of_the_functions(page):
    text = page.get_textpage()
    one_by_one = [chr(c.FPDFText_GetUnicode(text.raw, index)) for index in range(text.count_chars())]
    assert list(few.characters_of(few.address(text.raw))) == one_by_one
    text.close()


def test_garbage_collection_is_enabled_again_after_an_error():
    with pytest.raises(ZeroDivisionError), garbage_collection_paused():
        assert not gc.isenabled()
        _ = 1 / 0
    assert gc.isenabled()


def test_objects_made_while_garbage_collection_pauses_are_in_the_oldest_generation():
    with garbage_collection_paused():
        made = [[n] for n in range(1000)]
    old = {id(one) for one in gc.get_objects(generation=2)}
    assert {id(one) for one in made} <= old
