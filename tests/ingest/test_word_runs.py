"""What the runs of a cell of a Word file show together: fields, raised digits, struck texts, equations."""

import pytest

from ingest.readers import read
from tests.variants.word import NAMES, paragraph, zipped
from warehouse.kinds.characters import STRUCK, UNREAD

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
STYLES = (
    f'<w:styles {NAMES}><w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'
)


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def document_of(body: str, tmp_path):
    xml = f"<w:document {NAMES} {MATH}><w:body>{body}</w:body></w:document>"
    path = tmp_path / "made.docx"
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": xml, "word/styles.xml": STYLES}
    path.write_bytes(zipped(parts))
    return read(path)


def table_of(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row_of(*contents: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(f'<w:tc>{content}</w:tc>' for content in contents)}</w:tr>"


def text_of_cell(content: str, tmp_path) -> str:
    row = row_of(paragraph("教育支出"), f"<w:p>{content}</w:p>")
    return next(document_of(table_of(row), tmp_path).tables()).rows[0].text(1)


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


NUMBERS = row_of(paragraph("12.50"), paragraph("3.00"))
BOX = f"<w:r><w:pict><w:txbxContent>{paragraph('12.50')}</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:drawing/></w:r>", UNREAD),
        ("<w:r><w:object/></w:r>", UNREAD),
        (BOX, UNREAD),
        ("<w:r><w:pict/></w:r>" + run("3.00"), "3.00"),
        ('<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>' + run("12.50"), "-12.50"),
        ('<w:r><w:sym w:font="Wingdings 3" w:char="F072"/></w:r>' + run("12.50"), f"{UNREAD}12.50"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是"), "是"),
        ('<w:r><w:sym w:font="Symbol" w:char="-"/></w:r>' + run("12.50"), f"{UNREAD}12.50"),
    ],
)
def test_what_a_cell_shows_without_a_text_is_not_blank(content, text, tmp_path):
    assert text_of_cell(content, tmp_path) == text


def test_a_table_within_a_cell_of_figures_leaves_no_blank_and_a_layout_of_tables_is_no_table(tmp_path):
    inner = f"{table_of(NUMBERS)}<w:p/>"
    figures, alone = document_of(table_of(row_of(paragraph("教育支出"), inner)), tmp_path).tables()
    assert (figures.rows[0].texts(), alone.rows[0].texts()) == (["教育支出", UNREAD], ["12.50", "3.00"])
    layout = document_of(table_of(row_of(inner, inner)), tmp_path).tables()
    assert [table.rows[0].texts() for table in layout] == [["12.50", "3.00"]] * 2


def test_a_table_of_one_cell_within_a_cell_is_its_text(tmp_path):
    inner = f"{table_of(row_of(paragraph('12.50')))}<w:p/>"
    (table,) = document_of(table_of(row_of(paragraph("教育支出"), inner)), tmp_path).tables()
    assert table.rows[0].texts() == ["教育支出", "12.50"]


@pytest.mark.parametrize(
    ("properties", "is_shown"),
    [
        ("<w:hidden/>", False),
        ('<w:hidden w:val="0"/>', True),
        ('<w:trHeight w:val="1" w:hRule="exact"/>', False),
        ('<w:trHeight w:val="1" w:hRule="atLeast"/>', True),
        ('<w:trHeight w:val="400" w:hRule="exact"/>', True),
    ],
)
def test_rows_that_are_hidden_or_of_no_height_are_said_and_not_read(properties, is_shown, tmp_path):
    rows = (
        row_of(paragraph("合计"), paragraph("1.00")),
        row_of(paragraph("校验"), paragraph("9.99"), properties=properties),
    )
    document = document_of(table_of(*rows), tmp_path)
    assert ("9.99" in [number.text for number in document.numbers]) is is_shown
    assert [remark.printed for remark in document.remarks] == ([] if is_shown else ["9.99"])


def test_what_merged_cells_cover_is_said_and_not_read(tmp_path):
    start, goes_on = (f"<w:tcPr><w:vMerge{value}/></w:tcPr>" for value in (' w:val="restart"', ""))
    rows = (
        row_of(start + paragraph("教育支出"), paragraph("1.00")),
        row_of(goes_on + paragraph("9.99"), paragraph("2.00")),
    )
    document = document_of(table_of(*rows), tmp_path)
    assert [number.text for number in document.numbers] == ["1.00", "2.00"]
    assert [remark.printed for remark in document.remarks] == ["9.99"]


@pytest.mark.parametrize(("text", "widths"), [("", [2, None, 1]), ("9.99", [1, 1, 1])])
def test_cells_that_are_covered_from_the_left_are_part_of_the_first(text, widths, tmp_path):
    start, goes_on = (f"<w:tcPr><w:hMerge{value}/></w:tcPr>" for value in (' w:val="restart"', ' w:val="continue"'))
    row = row_of(start + paragraph("教育支出"), goes_on + paragraph(text), paragraph("1.00"))
    (table,) = document_of(table_of(row), tmp_path).tables()
    assert [cell and cell.colspan for cell in table.rows[0].cells] == widths


@pytest.mark.parametrize(("inserted", "notes"), [("", 0), ('<w:altChunk w:id="r5"/>', 1)])
def test_a_file_that_is_inserted_into_another_is_said(inserted, notes, tmp_path):
    assert len(document_of(paragraph("合计 1.00") + inserted, tmp_path).notes) == notes
