"""What the runs of a cell of a Word file show together: fields, raised digits, struck texts, equations."""

import pytest

from ingest.readers import read
from tests.variants.word import NAMES, paragraph, zipped
from warehouse.kinds.characters import STRUCK

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
STYLES = (
    f'<w:styles {NAMES}><w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'
)


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def text_of_cell(content: str, tmp_path) -> str:
    cells = f"<w:tc>{paragraph('教育支出')}</w:tc><w:tc><w:p>{content}</w:p></w:tc>"
    xml = f"<w:document {NAMES} {MATH}><w:body><w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>"
    path = tmp_path / "made.docx"
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": xml, "word/styles.xml": STYLES}
    path.write_bytes(zipped(parts))
    (table,) = read(path).tables()
    return table.rows[0].text(1)


NESTED = f"{mark('begin')}{run('112.50')}{mark('separate')}{run('3.00')}{mark('end')}"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"{mark('begin')}{NESTED}{mark('separate')}{run('99.50')}{mark('end')}{run('元')}", "99.50元"),
        (f"{mark('begin')}{run('99.50')}", "99.50"),  # a field that has no end
        (f"{run('99.50')}{mark('end')}", "99.50"),
        (f'<w:fldSimple w:instr="=SUM(ABOVE)">{run("12.50")}</w:fldSimple>', "12.50"),
    ],
)
def test_of_a_field_its_result_is_read_and_not_the_fields_of_its_instruction(content, text, tmp_path):
    assert text_of_cell(content, tmp_path) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("12.50") + run("1", '<w:rStyle w:val="mark"/>'), "12.50¹"),
        (run("12.50") + run("1", '<w:position w:val="6"/>'), "12.50¹"),
        (run("1", '<w:position w:val="-6"/>') + run("12.50"), "₁12.50"),
        (run("12.50") + run("1", '<w:rStyle w:val="mark"/><w:vertAlign w:val="baseline"/>'), "12.501"),
        (run("12", '<w:position w:val="-2"/>') + run(".50", '<w:position w:val="-2"/>'), "12.50"),
        (run("12.50", '<w:position w:val="wide"/>'), "12.50"),
    ],
)
def test_digits_that_a_style_or_a_distance_raises_are_marks(content, text, tmp_path):
    assert text_of_cell(content, tmp_path) == text


@pytest.mark.parametrize(("own", "is_struck"), [("", True), ('<w:strike w:val="0"/>', False)])
def test_a_style_of_a_paragraph_strikes_its_numbers_out(own, is_struck, tmp_path):
    content = f'<w:pPr><w:pStyle w:val="old"/></w:pPr>{run("12.50", own)}'
    assert text_of_cell(content, tmp_path) == (STRUCK if is_struck else "") + "12.50"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<m:f><m:num>{12}</m:num><m:den>{50}{0}</m:den></m:f>", "12/500"),
        ("<m:sSup><m:e>{12.50}</m:e><m:sup>{1}</m:sup></m:sSup>", "12.50¹"),
        ("<m:sSub><m:e>{12.50}</m:e><m:sub>{1}</m:sub></m:sSub>", "12.50₁"),
    ],
)
def test_the_parts_of_an_equation_are_no_single_number(content, text, tmp_path):
    runs = content.replace("{", "<m:r><m:t>").replace("}", "</m:t></m:r>")
    assert text_of_cell(f"<m:oMath>{runs}</m:oMath>", tmp_path) == text
