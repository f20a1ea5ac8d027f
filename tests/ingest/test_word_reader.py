"""Word files: what Word shows is read, each with its place."""

import pytest
from lxml import etree

from ingest import errors
from ingest.pipeline import extract
from ingest.readers import read
from ingest.readers.word.names import W
from ingest.readers.word.numbering import Numbering
from tests.variants.look import Look
from tests.variants.word import NAMES, docx_of, paragraph, zipped
from warehouse.records.places import Place


def written(path, body: str):
    xml = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    path.write_bytes(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml}))
    return path


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_merged_cells_and_places(tmp_path):
    merged, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("项目", '<w:gridSpan w:val="2"/>') + cell("金额", merged),
        cell("类") + cell("款") + cell("", below),
        cell("201") + cell("02") + cell("3.00"),
    )
    document = read(written(tmp_path / "made.docx", paragraph("收入决算表") + body))
    first, second, third = (row.cells for row in next(document.tables()).rows)
    assert [one and (one.text, one.colspan, one.rowspan) for one in first] == [("项目", 2, 1), None, ("金额", 1, 2)]
    assert [one and one.text for one in second] == ["类", "款", None]
    assert next(document.tables()).rows[2].place_of(2) == Place(line_no=4, sheet="表1", cell="C3")
    assert [one.text for one in third] == ["201", "02", "3.00"]


def test_what_word_does_not_show_is_not_read(tmp_path):
    deleted = "<w:del><w:r><w:delText>98765.43</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>98765.43</w:t></w:r>"
    code = "<w:r><w:instrText>PAGEREF _Toc98765 \\h</w:instrText></w:r>"
    inserted = "<w:ins><w:r><w:t>12.30</w:t></w:r></w:ins>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('98765.43')}{cell('1')}</w:tr>"
    body = f"<w:p>{deleted}{hidden}{code}{inserted}</w:p><w:tbl><w:tr>{cell('a')}{cell('4.56')}</w:tr>{gone}</w:tbl>"
    assert [number.text for number in read(written(tmp_path / "made.docx", body)).numbers] == ["12.30", "4.56"]


def test_notes_and_breaks_within_a_paragraph(tmp_path):
    path = tmp_path / "made.docx"
    xml = f"<w:document {NAMES}><w:body><w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>"
    notes = f"<w:footnotes {NAMES}><w:footnote>{paragraph('注：1 万元')}</w:footnote></w:footnotes>"
    path.write_bytes(
        zipped(
            {
                "word/document.xml": f"{xml}</w:body></w:document>",
                "word/footnotes.xml": notes,
                "[Content_Types].xml": "",
            }
        )
    )
    assert [line.text for line in read(path).lines()] == ["甲", "乙 丙", "注：1 万元"]


def levels(*said: tuple[str, str]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(said)
    )


def numbering(*said: tuple[str, str]) -> Numbering:
    xml = f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="1">{levels(*said)}</w:abstractNum>'
    xml += '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    styles = f"""<w:styles {NAMES}><w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>
        </w:style><w:style w:styleId="heading"><w:basedOn w:val="base"/></w:style></w:styles>"""
    return Numbering(etree.fromstring(xml), etree.fromstring(styles))


def in_list(depth: int | None = None, number: str = "5", style: str = ""):
    of_style = f'<w:pStyle w:val="{style}"/>' if style else ""
    own = "" if style else f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return etree.fromstring(f"<w:p {NAMES}><w:pPr>{of_style}{own}</w:pPr></w:p>")


def test_paragraphs_are_counted_as_word_counts_them():
    lists = numbering(("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%1.%3"))
    asked = [in_list(0), in_list(1), in_list(1), in_list(0), in_list(1), in_list(2), in_list(style="heading")]
    assert [lists.before(one) for one in asked] == ["一、", "（一）", "（二）", "二、", "（一）", "二.1", "三、"]


def test_paragraphs_of_no_list_have_no_number():
    lists = numbering(("bullet", "●"), ("decimal", "%2"))
    asked = [in_list(0), in_list(5), in_list(0, "0"), in_list(0, "9"), etree.fromstring(f"<w:p {NAMES}/>")]
    assert [lists.before(one) for one in asked] == [""] * 5


def test_numbers_beyond_ten_are_written_in_words():
    lists = numbering(
        ("chineseCounting", "%1、"),
    )
    counted = [lists.before(in_list(0)) for _ in range(21)]
    assert [counted[n - 1] for n in (9, 10, 11, 20, 21)] == ["九、", "十、", "十一、", "二十、", "二十一、"]


def test_bad_word_files_are_refused_in_one_line(tmp_path):
    sound, path = docx_of(Look()), tmp_path / "made.docx"
    entity = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {NAMES}><w:body>&e;</w:body></w:document>'
    )
    for data, refusal in (
        (zipped({"word/document.xml": "<broken"}), errors.Damaged),
        (zipped({"word/document.xml": entity}), errors.Damaged),
        (sound[:2000] + b"\0" * 500 + sound[2500:], errors.Damaged),
        (sound[: len(sound) // 2], errors.Damaged),
    ):
        path.write_bytes(data)
        with pytest.raises(refusal) as refused:
            extract(path)
        assert "\n" not in str(refused.value)


def test_the_namespace_is_that_of_wordprocessingml():
    assert W.startswith("{http://schemas.openxmlformats.org/wordprocessingml/")
