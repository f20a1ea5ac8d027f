"""Visible text of a page is read, other text is not: for each way of hiding there is a visible counterpart."""

import ctypes
from decimal import Decimal

import pypdfium2 as pdfium
import pypdfium2.raw as c
import pytest

from ingest.errors import NoText, NoUnicode, ScannedWithText
from ingest.readers import read
from ingest.readers.pdf.visibility import Unseen
from ingest.values.amounts import read_amount
from tests.ingest.pdfs import drawn, painted, ruled
from tests.ingest.truth import SAMPLES, extraction_of
from warehouse.kinds.characters import COVERED, NO_UNICODE, OVERPRINTED, RAISED, STRUCK
from warehouse.records.reading import CheckOutcome, Presence, Status

XS, YS = [50, 150, 250], [700, 680, 660]
TABLE = ruled(XS, YS) + " BT /F1 10 Tf 55 686 Td (name) Tj ET BT /F1 10 Tf 55 666 Td (other) Tj ET "
NUMBER = "BT /F1 10 Tf 160 686 Td (12.34) Tj ET "
CELL = "150 680 100 20 re f "
IMAGE = (
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    "stream\n\x7f\nendstream"
)
STATES = {
    "ALPHA": "<</ca 0.5>>",
    "FAINT": "<</ca 0.02>>",
    "GONE": "<</ca 0>>",
    "MULTIPLY": "<</BM/Multiply>>",
    "MASKED": "<</SMask<</Type/Mask/S/Luminosity/G 7 0 R>>>>",
}
GRAPHICS = "/ExtGState<<" + "".join(f"/{name} {state}" for name, state in STATES.items()) + ">>"
BLACK = (  # a mask that hides everything
    "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>/Length 21>>"
    "stream\n0 g 0 0 595 842 re f \nendstream"
)


def form(layer=""):
    """A Form XObject with the number; it may belong to a layer."""
    resources = "/Resources<</Font<</F1 5 0 R>>>>"
    return (
        f"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]{layer}{resources}/Length {len(NUMBER)}>>"
        f"stream\n{NUMBER}\nendstream"
    )


LAYERS = "/OCProperties<</OCGs[8 0 R 9 0 R]/D<</ON[8 0 R]/OFF[9 0 R]>>>>"
MORE = [
    IMAGE,  # 6
    BLACK,  # 7
    "<</Type/OCG/Name(shown)>>",
    "<</Type/OCG/Name(hidden)>>",
    form("/OC 8 0 R"),
    form("/OC 9 0 R"),
    form(),
]
RESOURCES = (
    f"{GRAPHICS}/XObject<</Im 6 0 R/Shown 10 0 R/Hidden 11 0 R/Plain 12 0 R>>"
    "/Properties<</On 8 0 R/Off 9 0 R>>/Shading<</Sh <</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 600 0]"
    "/Function<</FunctionType 2/Domain[0 1]/C0[0.5]/C1[0.6]/N 1>>/Extend[true true]>>>>"
)
PICTURE = "q 100 0 0 20 150 680 cm /Im Do Q "

SEEN = {
    "plain": NUMBER,
    "white on blue": f"q 0 0 0.5 rg {CELL} 1 g {NUMBER} Q",
    "white on a picture": f"{PICTURE} q 1 g {NUMBER} Q",
    "black on a picture": PICTURE + NUMBER,
    "black on a shade of colour": f"q 0.8 0.9 1 rg {CELL} Q {NUMBER}",
    "red on green of the same lightness": f"q 0 0.5 0 rg {CELL} 1 0 0 rg {NUMBER} Q",
    "light grey": f"q 0.8 g {NUMBER} Q",
    "half transparent": f"q /ALPHA gs {NUMBER} Q",
    "under a transparent colour": f"{NUMBER} q /ALPHA gs 1 1 0 rg {CELL} Q",
    "under a multiplied colour": f"{NUMBER} q /MULTIPLY gs 1 1 0 rg {CELL} Q",
    "under a transparent picture": f"{NUMBER} q /ALPHA gs {PICTURE} Q",
    "outlined": f"q 1 Tr {NUMBER} Q",
    "in a wide clipping path": f"q 150 680 100 20 re W n {NUMBER} Q",
    "in a layer that is on": f"/OC /On BDC {NUMBER} EMC",
    "in a form of a layer that is on": "/Shown Do ",
    "in a form": "/Plain Do ",
    "beside a white area painted later": f"{NUMBER} q 1 g 200 680 50 20 re f Q",
    "over a white area": f"q 1 g {CELL} Q {NUMBER}",
    "framed by a line of white": f"{NUMBER} q 1 G 1 w 152 682 96 16 re S Q",
    "crossed by a hair line of white outside": f"{NUMBER} q 1 G 0.2 w 150 681 m 250 681 l S Q",
}
DROPPED = {  # not visible: the cell is blank
    "white": f"q 1 g {NUMBER} Q",
    "nearly white": f"q 0.98 g {NUMBER} Q",
    "the colour of its cell": f"q 0.1 0.2 0.3 rg {CELL} {NUMBER} Q",
    "the colour of a picture": f"{PICTURE} q 0.498 g {NUMBER} Q",
    "transparent": f"q /GONE gs {NUMBER} Q",
    "nearly transparent": f"q /FAINT gs {NUMBER} Q",
    "masked": f"q /MASKED gs {NUMBER} Q",
    "never painted": f"q 3 Tr {NUMBER} Q",
    "only a clipping path": f"q 7 Tr {NUMBER} Q",
    "in a layer that is off": f"/OC /Off BDC {NUMBER} EMC",
    "in a form of a layer that is off": "/Hidden Do ",
    "white on a white cell of a dark row": f"q 0 g {CELL} 1 g 155 682 90 16 re f {NUMBER} Q",
    "too small for any eye": "BT /F1 0.5 Tf 160 686 Td (12.34) Tj ET ",
}
HIDDEN = {  # covered or clipped: the cell is doubtful
    "under a white area": f"{NUMBER} q 1 g {CELL} Q",
    "under a black area": f"{NUMBER} q 0 g {CELL} Q",
    "under a picture": NUMBER + PICTURE,
    "under a shading": f"{NUMBER} q 150 680 100 20 re W n /Sh sh Q",
    "under a wide line": f"{NUMBER} q 1 G 14 w 155 689.5 m 200 689.5 l S Q",
    "cut away": f"q 50 680 100 20 re W n {NUMBER} Q",
    "in a form under a white area": f"/Plain Do q 1 g {CELL} Q",
}


def reading(tmp_path, content, page=""):
    return read(painted(tmp_path / "made.pdf", TABLE + content, RESOURCES, page, MORE, LAYERS))


def cell(document):
    (table,) = document.tables()
    assert table.rows[0].cells[0].text == "name"
    return table.rows[0].cells[1].text


@pytest.mark.parametrize("content", SEEN.values(), ids=SEEN)
def test_visible_text_is_read(content, tmp_path):
    document = reading(tmp_path, content)
    assert cell(document) == "12.34" and not document.remarks


@pytest.mark.parametrize("content", DROPPED.values(), ids=DROPPED)
def test_invisible_text_is_not_read(content, tmp_path):
    document = reading(tmp_path, content)
    (remark,) = document.remarks
    assert cell(document) == ""
    assert (remark.what, remark.page, remark.printed) == ("text_hidden", 1, "12.34")


@pytest.mark.parametrize("content", HIDDEN.values(), ids=HIDDEN)
def test_a_covered_or_clipped_number_is_doubtful(content, tmp_path):
    document = reading(tmp_path, content)
    (remark,) = document.remarks
    assert cell(document) == COVERED
    assert (remark.what, remark.page, remark.printed) == ("text_hidden", 1, "12.34")
    told = read_amount(cell(document))
    assert told.presence is Presence.NUMBER and told.is_damaged and not told.candidates


def test_a_number_covered_in_part_is_in_doubt(tmp_path):
    document = reading(tmp_path, f"{NUMBER} q 1 g 172.5 685 40 11 re f Q")
    assert cell(document) == COVERED + "12."
    assert read_amount(cell(document)).value is None


def test_a_number_printed_over_a_covered_number_is_read(tmp_path):
    document = reading(tmp_path, f"{NUMBER} q 1 g {CELL} Q BT /F1 10 Tf 160 686 Td (56.78) Tj ET")
    assert cell(document) == "56.78"
    assert [remark.printed for remark in document.remarks] == ["12.34"]


def test_a_number_printed_again_over_its_cover_is_read(tmp_path):
    assert cell(reading(tmp_path, f"/Plain Do q 1 g {CELL} Q {NUMBER}")) == "12.34"


@pytest.mark.parametrize("place", ["-200 686", "160 900", "700 686", "160 -50"])
def test_text_outside_of_the_page_is_not_read(place, tmp_path):
    document = reading(tmp_path, f"BT /F1 10 Tf {place} Td (12.34) Tj ET")
    assert cell(document) == ""
    assert [(remark.reason, remark.printed) for remark in document.remarks] == [(Unseen.OUTSIDE.value, "12.34")]


def test_text_outside_of_the_crop_box_is_not_read(tmp_path):
    document = reading(tmp_path, NUMBER + "BT /F1 10 Tf 160 300 Td (9.99) Tj ET", "/CropBox[0 400 595 842]")
    assert cell(document) == "12.34"
    assert [remark.printed for remark in document.remarks] == ["9.99"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_hidden_number_of_a_turned_page_is_found(rotation, tmp_path):
    matrix = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}[rotation]
    box = "/MediaBox[0 0 842 595]" if rotation != 180 else ""
    content = f"q {matrix} cm {TABLE} q 1 g {NUMBER} Q BT /F1 10 Tf 160 666 Td (5.00) Tj ET Q"
    document = read(painted(tmp_path / "made.pdf", content, RESOURCES, f"/Rotate {rotation}{box}", MORE))
    (table,) = document.tables()
    assert [row.texts() for row in table.rows] == [["name", ""], ["other", "5.00"]]
    assert [remark.printed for remark in document.remarks] == ["12.34"]


def test_hidden_words_without_digits_are_dropped_and_not_reported(tmp_path):
    document = reading(tmp_path, "q 1 g BT /F1 10 Tf 160 686 Td (words) Tj ET Q")
    assert cell(document) == "" and not document.remarks


# -- annotations ------------------------------------------------------------------------------------------------


def annotated(tmp_path, annotation, *more, root=""):
    content = TABLE + NUMBER
    return read(painted(tmp_path / "made.pdf", content, "", "/Annots[6 0 R]", [annotation, *more], root))


RECT = "/Rect[155 680 245 700]"


@pytest.mark.parametrize("kind", ["FreeText", "Text", "Stamp", "Highlight"])
def test_a_comment_is_named_and_not_read(kind, tmp_path):
    document = annotated(tmp_path, f"<</Type/Annot/Subtype/{kind}{RECT}/Contents(55.50)/DA(/F1 8 Tf)>>")
    (remark,) = document.remarks
    assert cell(document) == "12.34"
    assert (remark.what, remark.page, remark.printed) == ("annotation_not_read", 1, "55.50")
    assert "批注" in remark.reason


@pytest.mark.parametrize("annotation", ["/Subtype/Link", "/Subtype/Popup/Contents(1)", "/Subtype/Text/F 2/Contents(1)"])
def test_links_and_hidden_comments_are_ignored(annotation, tmp_path):
    assert not annotated(tmp_path, f"<</Type/Annot{annotation}{RECT}>>").remarks


@pytest.mark.parametrize("of_parent", [False, True])
def test_a_form_field_is_named_and_not_read(of_parent, tmp_path):
    value = "/FT/Tx/T(sum)/V(77.70)/DA(/F1 8 Tf)"
    field = f"<</Type/Annot/Subtype/Widget{RECT}{'/Parent 7 0 R' if of_parent else value}>>"
    parent = f"<</Kids[6 0 R]{value}>>"
    root = f"/AcroForm<</Fields[{7 if of_parent else 6} 0 R]/DR<</Font<</F1 5 0 R>>>>/DA(/F1 8 Tf)>>"
    document = annotated(tmp_path, field, parent, root=root)
    (remark,) = document.remarks
    assert cell(document) == "12.34"
    assert (remark.what, remark.printed) == ("annotation_not_read", "77.70") and "表单域" in remark.reason


def test_an_annotation_that_covers_a_number_puts_it_in_doubt(tmp_path):
    shown = "1 g 0 0 90 20 re f "
    appearance = f"<</Type/XObject/Subtype/Form/BBox[0 0 90 20]/Length {len(shown)}>>stream\n{shown}\nendstream"
    document = annotated(tmp_path, f"<</Type/Annot/Subtype/Square{RECT}/F 4/AP<</N 7 0 R>>>>", appearance)
    assert cell(document) == COVERED


def test_a_number_struck_by_an_annotation_is_in_doubt(tmp_path):
    quad = "/QuadPoints[158 696 190 696 158 684 190 684]/Rect[158 684 190 696]"
    assert cell(annotated(tmp_path, f"<</Type/Annot/Subtype/StrikeOut{quad}>>")) == STRUCK + "12.34"


# -- numbers that are struck through or have marks beside them -----------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["0.5 w 158 689.5 m 188 689.5 l S", "158 689.2 30 0.6 re f", "0.5 w 151 689.5 m 249 689.5 l S"],
)
def test_a_number_struck_through_is_in_doubt(line, tmp_path):
    assert cell(reading(tmp_path, NUMBER + line)) == STRUCK + "12.34"


@pytest.mark.parametrize("line", ["0.5 w 158 684.5 m 188 684.5 l S", "0.5 w 160 698 m 188 698 l S"])
def test_a_line_below_or_above_a_number_strikes_nothing(line, tmp_path):
    assert cell(reading(tmp_path, NUMBER + line)) == "12.34"


@pytest.mark.parametrize("mark", ["1", "12"])
def test_a_raised_mark_is_no_digit_of_the_number(mark, tmp_path):
    document = reading(tmp_path, f"{NUMBER} BT /F1 5.5 Tf 186 690 Td ({mark}) Tj ET")
    assert cell(document) == "12.34"
    assert [number.text for number in document.numbers] == ["12.34"]


def test_a_mark_raised_to_a_line_of_its_own_is_no_number(tmp_path):
    assert cell(reading(tmp_path, f"{NUMBER} BT /F1 4 Tf 186 694 Td (1) Tj ET")) == "12.34"


def test_raised_digits_that_may_be_decimals_are_in_doubt(tmp_path):
    document = reading(tmp_path, "BT /F1 10 Tf 160 686 Td (12) Tj ET BT /F1 5.5 Tf 172 690 Td (34) Tj ET")
    assert cell(document).startswith(RAISED)
    assert read_amount(cell(document)).value is None


def test_smaller_digits_on_the_same_line_belong_to_the_number(tmp_path):
    content = "BT /F1 10 Tf 160 686 Td (12.) Tj ET BT /F1 7 Tf 174 686 Td (34) Tj ET"
    assert cell(reading(tmp_path, content)) == "12.34"


def test_a_letter_of_a_watermark_is_no_text_of_a_cell(tmp_path):
    document = reading(tmp_path, f"q 0.9 g BT /F1 90 Tf 165 650 Td (8) Tj ET Q {NUMBER}")
    assert cell(document) == "12.34"


@pytest.mark.parametrize(
    ("state", "place", "is_seen"),
    [("0 g", "52 665", False), ("0.9 g", "52 665", False), ("0.9 g", "300 665", False), ("0 g", "300 665", True)],
)
def test_large_letters_across_the_text_are_a_watermark(state, place, is_seen, tmp_path):
    document = reading(tmp_path, f"q {state} BT /F1 60 Tf {place} Td (2024) Tj ET Q {NUMBER}")
    assert cell(document) == "12.34"
    assert ("2024" in [number.text for number in document.numbers]) == is_seen


# -- text that is printed twice ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dx", [0, 0.25, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("dy", [0, 0.3, 1.0])
def test_text_printed_twice_at_one_position_is_read_once(dx, dy, tmp_path):
    words = [(55, 686, "100.00"), (155, 686, "1,122.33")]
    again = [(x + dx, y + dy, text) for x, y, text in words]
    lines = [(50, y, 250, y) for y in YS] + [(x, 700, x, 660) for x in XS]
    document = read(drawn(tmp_path / "made.pdf", [*words, *again], lines))
    (table,) = document.tables()
    assert table.rows[0].texts() == ["100.00", "1,122.33"]
    assert [number.text for number in document.numbers] == ["100.00", "1,122.33"]


def test_equal_digits_side_by_side_are_not_one(tmp_path):
    document = read(drawn(tmp_path / "made.pdf", [(55, 686, "1111.00")], [], size=5))
    assert [line.text for line in document.lines()] == ["1111.00"]


def test_two_numbers_printed_one_upon_the_other_are_in_doubt(tmp_path):
    document = reading(tmp_path, f"{NUMBER} BT /F1 10 Tf 161 686.5 Td (67890) Tj ET")
    assert cell(document).startswith(OVERPRINTED)
    assert read_amount(cell(document)).value is None


# -- whole documents ---------------------------------------------------------------------------------------------


def test_a_scan_with_a_text_layer_is_refused_as_such(tmp_path):
    lines = " ".join(f"BT /F1 10 Tf 60 {600 - 12 * n} Td (some text of line {n}) Tj ET" for n in range(9))
    picture = "q 595 0 0 842 0 0 cm /Im Do Q "
    with pytest.raises(ScannedWithText, match="scan with a text layer"):
        reading(tmp_path, f"{picture} q 3 Tr {lines} Q")
    with pytest.raises(ScannedWithText, match="scan with a text layer"):
        read(painted(tmp_path / "under.pdf", f"{lines} {picture}", RESOURCES, "", MORE))
    assert len(list(read(painted(tmp_path / "over.pdf", f"{picture} 1 g {lines}", RESOURCES, "", MORE)).lines())) == 9


def test_a_page_with_nothing_but_a_hidden_number_has_no_text(tmp_path):
    with pytest.raises(NoText):
        read(painted(tmp_path / "made.pdf", f"q 3 Tr {NUMBER} Q"))


def test_a_value_below_a_covered_cell_is_not_moved_into_it(tmp_path):
    document = reading(tmp_path, f"{NUMBER} q 1 g {CELL} Q BT /F1 10 Tf 160 666 Td (5.00) Tj ET")
    (table,) = document.tables()
    assert table.rows[1].texts() == ["other", "5.00"]
    assert read_amount(table.rows[1].text(1)).value == Decimal("5.00")


UNNAMED = [  # a font without a map from glyph numbers to characters
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/DW 500/FontDescriptor 8 0 R>>",
    "<</Type/FontDescriptor/FontName/X/Flags 4/Ascent 900/Descent -100/CapHeight 900/ItalicAngle 0/StemV 80"
    "/FontBBox[0 -100 1000 900]>>",
]


def in_two_fonts(into, named, glyphs):
    content = f"{TABLE} BT /F1 10 Tf 160 686 Td ({named}) Tj /F2 10 Tf <{glyphs}> Tj ET"
    page = painted(into, content, "", "", UNNAMED)
    page.write_bytes(page.read_bytes().replace(b"/F1 5 0 R>>", b"/F1 5 0 R/F2 6 0 R>>"))
    return page


def test_fonts_without_a_map_to_unicode_are_refused_as_such(tmp_path):
    with pytest.raises(NoUnicode, match=r"no Unicode map.*needs OCR"):
        read(in_two_fonts(tmp_path / "made.pdf", "1", "00130014001500160017"))


def test_a_number_with_an_unnamed_digit_is_in_doubt(tmp_path):
    words = "BT /F1 10 Tf 50 500 Td (many words that are named, so that the file is read) Tj ET"
    path = in_two_fonts(tmp_path / "made.pdf", "1", "0013")
    data = path.read_bytes().replace(b" BT /F1 10 Tf 55 686", f" {words} BT /F1 10 Tf 55 686".encode(), 1)
    path.write_bytes(data)
    document = read(path)
    assert cell(document) == "1" + NO_UNICODE
    assert read_amount(cell(document)).is_damaged and not read_amount(cell(document)).candidates
    assert [(remark.what, remark.page) for remark in document.remarks] == [("text_without_unicode", 1)]


TYPE_3 = [  # every digit has the same glyph: a box in the colour of the text
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 48/LastChar 57"
    "/Widths[500 500 500 500 500 500 500 500 500 500]/CharProcs<</box 7 0 R>>/Resources<<>>/Encoding<</Differences"
    "[48 /box /box /box /box /box /box /box /box /box /box]>>/ToUnicode 8 0 R>>",
    "<</Length 49>>stream\n500 0 0 0 500 700 d1 50 0 400 700 re f          \nendstream",
]


@pytest.mark.parametrize(("colour", "seen"), [("0 g", "12"), ("1 g", ""), ("0 0.5 0 rg 150 680 100 20 re f 1 g", "12")])
def test_glyphs_of_type_3_fonts_are_visible_in_their_colour(colour, seen, tmp_path):
    names = "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <30> <39> <0030> endbfrange"
    to_unicode = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap {names} endcmap end end"
    more = [*TYPE_3, f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream"]
    content = f"{TABLE} q {colour} BT /F3 10 Tf 160 686 Td (12) Tj ET Q"
    path = painted(tmp_path / "made.pdf", content, "", "", more)
    path.write_bytes(path.read_bytes().replace(b"/F1 5 0 R>>", b"/F1 5 0 R/F3 6 0 R>>"))
    assert cell(read(path)) == seen


SAMPLE, ITS_PAGE = SAMPLES / "shifan_gongxin_2024.pdf", 12


def covered(into, covers):
    """The sample with a box over the number of 30103 in GK06, white or transparent."""
    with pdfium.PdfDocument(SAMPLE) as pdf:
        page = pdf[ITS_PAGE]
        (where,) = [place for place in text_places(page) if place[0].strip() == "63.90"]
        _, left, bottom, right, top = where
        box = c.FPDFPageObj_CreateNewRect(left - 1, bottom - 1, right - left + 2, top - bottom + 2)
        c.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255 if covers else 0)
        c.FPDFPath_SetDrawMode(box, c.FPDF_FILLMODE_WINDING, False)
        c.FPDFPage_InsertObject(page.raw, box)
        page.gen_content()
        pdf.save(into)
    return into


def text_places(page):
    """For each text object of a page its text and its left, bottom, right and top."""
    textpage = page.get_textpage()
    for obj in page.get_objects([c.FPDF_PAGEOBJ_TEXT]):
        units = (ctypes.c_ushort * 200)()
        size = c.FPDFTextObj_GetText(obj.raw, textpage.raw, units, 400)
        yield bytes(units)[: max(0, size - 2)].decode("utf-16-le"), *obj.get_bounds()


@pytest.mark.parametrize("covers", [True, False])
def test_the_sum_of_its_table_does_not_repair_a_covered_number(covers, tmp_path):
    read_as = extraction_of(covered(tmp_path / "made.pdf", covers))
    (one,) = [a for a in read_as.amounts if (a.table_code, a.row_key) == ("GK06", "30103")]
    (check,) = [each for each in read_as.checks if (each.rule_id, each.row_key) == ("G1", "301")]
    named = {(doubt.what, doubt.table_code, doubt.row_key, doubt.printed) for doubt in read_as.doubts}
    if covers:
        assert (one.value, one.status, one.presence) == (None, Status.DOUBTFUL, Presence.NUMBER)
        assert check.outcome is CheckOutcome.UNDETERMINED
        assert ("number_unreadable", "GK06", "30103", "") in named and ("text_hidden", None, None, "63.90") in named
    else:
        assert (one.value, one.status) == (Decimal("639000.00"), Status.AS_PRINTED)
        assert check.outcome is CheckOutcome.EXACT and "text_hidden" not in {what for what, *_ in named}
