"""Reading a disclosure of two files: the narrative is in one PDF, the tables are in another."""

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest import errors
from ingest.isolation import Limits, extract_isolated
from ingest.isolation.messages import Refusal, Request, encode, error_of
from ingest.isolation.server import LONGEST_REQUEST
from ingest.pages.document import render
from ingest.pipeline import extract
from ingest.readers.crops import Band, Crops
from ingest.readers.parts import LONGEST_NAME, MOST_FILES, Part
from ingest.readers.pdf.crops import pictures
from ingest.sync.urls import LONGEST
from tests.ingest.truth import SAMPLES
from warehouse.records.places import NOWHERE
from warehouse.records.reading import FileRole

WHOLE = SAMPLES / "shifan_gongxin_2024.pdf"
TABLES = range(3, 16)  # indexes of the pages with the tables
NARRATIVE = (*range(3), 16)


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """The paths of the two files: narrative, tables."""
    folder = tmp_path_factory.mktemp("parts")
    return pages(NARRATIVE, folder / "说明.pdf"), Part(pages(TABLES, folder / "报表.pdf"), "报表.pdf")


@pytest.fixture(scope="module")
def two_files(parts):
    main, tables = parts
    return extract(main, attachments=[tables])


@pytest.fixture(scope="module")
def one_file():
    return extract(WHOLE)


def pages(indexes, path: Path) -> Path:
    """A PDF with these pages of the whole disclosure."""
    made = pdfium.PdfDocument.new()
    made.import_pages(pdfium.PdfDocument(WHOLE), list(indexes))
    made.save(path)
    return path


def without_place(records):
    return [replace(record, place=NOWHERE) for record in records]


def test_two_files_give_the_same_records_as_one_file(one_file, two_files):
    assert two_files.profile == one_file.profile
    assert two_files.counts == one_file.counts
    for name in ("amounts", "stated", "checks", "doubts"):
        assert without_place(getattr(two_files, name)) == without_place(getattr(one_file, name)), name


def test_each_number_has_its_file_and_its_page_in_this_file(one_file, two_files):
    of_amounts = [(1 + TABLES.index(amount.place.page - 1), 2) for amount in one_file.amounts]
    assert [(amount.place.page, amount.place.file_no) for amount in two_files.amounts] == of_amounts
    assert {(figure.place.page, figure.place.file_no) for figure in two_files.stated} == {(4, 1)}
    assert {table.file_no for table in two_files.tables if table.first_page} == {2}
    within_tables = [check for check in two_files.checks if check.rule_id.startswith(("A", "B"))]
    assert {check.place.file_no for check in within_tables if check.cells} == {2}


def test_the_source_names_both_files(parts, two_files):
    main, tables = two_files.source.files
    assert (main.name, main.role, main.pages) == ("说明.pdf", FileRole.MAIN, 4)
    assert (tables.name, tables.role, tables.pages) == ("报表.pdf", FileRole.ATTACHMENT, 13)
    assert two_files.source.identity not in (main.sha256, tables.sha256)


def test_one_file_is_identified_by_its_own_hash(one_file):
    assert one_file.source.identity == one_file.source.sha256


def test_a_table_does_not_continue_in_the_next_file(tmp_path):
    """A table that is split between two files: its part in the second file is refused, not joined to the first."""
    cut = 8
    first, second = pages(range(cut), tmp_path / "1.pdf"), pages(range(cut, 17), tmp_path / "2.pdf")
    both = extract(first, attachments=[Part.of(second)])
    for table in both.tables:
        of_table = {amount.place.file_no for amount in both.amounts if amount.table_code == table.table_code}
        assert len(of_table) <= 1, table.table_code
    said = {(doubt.what, doubt.table_code, doubt.place.file_no) for doubt in both.doubts}
    assert said >= {("table_incomplete", "GK03", 1), ("table_unknown", None, 2)}
    assert both.counts.amounts_unaccounted == 0


def test_a_text_and_a_pdf_are_one_disclosure(parts, tmp_path):
    """Lines of the text and pages of the PDF have different file numbers."""
    text = tmp_path / "说明.txt"
    lines = [line.text for line in read_lines(parts[0])]
    text.write_text("\n".join(lines), encoding="utf-8")
    both = extract(text, attachments=[parts[1]])
    assert both.source.pages is None and both.source.files[1].pages == 13
    assert {amount.place.line_no for amount in both.amounts} == {None}
    assert all(figure.place.line_no and figure.place.file_no == 1 for figure in both.stated)
    assert both.counts.amounts_unaccounted == 0


def read_lines(path: Path):
    from ingest.readers import read

    return list(read(path).lines())


def test_a_file_of_another_body_among_them_is_not_read(parts, two_files):
    main, tables = parts
    read = extract(main, attachments=[tables, Part.of(SAMPLES / "shifan_caizheng_2024.txt")])
    assert (read.amounts, read.stated, read.profile) == (two_files.amounts, two_files.stated, two_files.profile)
    (doubt,) = (doubt for doubt in read.doubts if doubt.what == "several_bodies")
    assert (doubt.printed, doubt.taken_as, doubt.place.file_no) == ("示范市财政局", "示范市工业和信息化局", 3)


def test_tables_of_another_body_than_the_narrative_are_refused(parts):
    other = Part.of(SAMPLES / "shifan_caizheng_2024.txt")
    with pytest.raises(errors.OtherBodysTables, match="“示范市工业和信息化局”与“示范市财政局”"):
        extract(parts[0], attachments=[other])


def test_a_narrative_of_another_year_than_the_tables_is_not_read(parts):
    _, tables = parts
    read = extract(tables.path, attachments=[Part.of(SAMPLES / "shifan_gongxin_2023.txt")])
    assert (read.profile.fiscal_year, len(read.amounts), read.stated) == (2024, 712, ())
    assert [doubt.place.file_no for doubt in read.doubts if doubt.what == "several_years"] == [2]


def test_a_name_without_its_district_is_the_same_body_and_a_doubt(parts, tmp_path):
    text = (SAMPLES / "shifan_gongxin_2023.txt").read_bytes().decode("gb18030")
    narrative = tmp_path / "说明.txt"
    named = text[: text.index("第二部分")].replace("2023", "2024").replace("示范市", "示范市示范区")
    narrative.write_text(named, "utf-8")
    read = extract(narrative, attachments=[parts[1]])
    assert (read.profile.department, len(read.amounts)) == ("示范市示范区工业和信息化局", 712)
    (doubt,) = (doubt for doubt in read.doubts if doubt.what == "department_differs" and doubt.place.file_no == 2)
    assert doubt.printed == "示范市工业和信息化局"


def test_an_isolated_reader_returns_the_same_extraction_of_two_files(parts, two_files):
    main, tables = parts
    assert extract_isolated(main, attachments=[tables]) == two_files


def test_an_error_names_the_attachment(parts, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(parts[1].path.read_bytes()[:5000])
    with pytest.raises(errors.Truncated, match=r"^报表\.pdf: the PDF is truncated"):
        extract_isolated(parts[0], attachments=[Part(broken, "报表.pdf")])


def test_a_refusal_about_a_file_that_was_not_read_is_an_error():
    with pytest.raises(ValueError, match="not to be read"):
        error_of(Refusal("EmptyFile", file="another.pdf"), "main.pdf", [Part(Path("a.pdf"), "a.pdf")])


def test_the_page_about_it_names_both_files(parts):
    main, tables = parts
    page = render(main, [tables])
    assert "说明.pdf · 4 页" in page and "报表.pdf · 13 页" in page


def test_a_crop_is_of_its_file_and_names_it(parts):
    main, tables = parts
    bands = [Band(1, 100, 140), Band(1, 100, 140, file_no=2)]
    with pictures(main) as of_main, pictures(tables.path) as of_tables:
        first, second = Crops({1: of_main, 2: of_tables}, {1: main.name, 2: tables.name}).crops(bands)
    assert (first.caption, second.caption) == ("说明.pdf 第1页", "报表.pdf 第1页")
    assert first.image != second.image


@pytest.mark.parametrize("read", [extract, extract_isolated], ids=["here", "isolated"])
def test_a_disclosure_of_too_many_files_is_refused(parts, read):
    main, tables = parts
    with pytest.raises(errors.TooManyFiles, match=r"说明\.pdf: is the main file of 51, more than the 50"):
        read(main, attachments=[tables] * MOST_FILES)


def test_as_many_files_as_there_may_be_are_one_request():
    archived, url = Path("/var/lib/juesuan/archive/ab") / ("c" * 62), "http://example.org/".ljust(LONGEST, "x")
    attachments = [Part(archived, "决" * LONGEST_NAME, url)] * (MOST_FILES - 1)
    assert len(encode(Request.to_read(archived, url, Limits(), attachments))) < LONGEST_REQUEST
