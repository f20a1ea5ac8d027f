"""What the expected.md of each case requires besides test_every_case.py: one test for each requirement."""

from decimal import Decimal

import pytest

from ingest.errors import IngestError
from tests.cases.cases import input_of, needs_cases
from tests.ingest.truth import FIGURES, SAMPLES, extraction_of, in_wan, true_amounts
from warehouse.kinds.characters import squeeze
from warehouse.records.reading import Amount, CheckOutcome, Doubt, Extraction, Presence, Status, TableStatus

pytestmark = needs_cases


def extraction(name: str) -> Extraction:
    reading = input_of(name).reading()
    assert isinstance(reading, Extraction), reading
    return reading


def cell(read: Extraction, table: str, row: str, measure: str) -> Amount:
    return next(a for a in read.amounts if (a.table_code, a.row_key, a.measure) == (table, row, measure))


def cells(read: Extraction, table: str) -> dict[tuple[str, str], Amount]:
    return {(a.row_key, a.measure): a for a in read.amounts if a.table_code == table}


def doubts(read: Extraction, table: str, *, saying: str = "", page: int | None = None) -> list[Doubt]:
    return [
        doubt
        for doubt in read.doubts
        if doubt.table_code == table and saying in f"{doubt.reason}{doubt.printed}" and page in (None, doubt.page)
    ]


def status_of(read: Extraction, table: str) -> TableStatus:
    return next(found.status for found in read.tables if found.table_code == table)


def outcomes(read: Extraction, rule: str, table: str | None = None, row: str | None = None) -> set[CheckOutcome]:
    return {
        check.outcome
        for check in read.checks
        if check.rule_id == rule
        and (table or check.table_code, row or check.row_key) == (check.table_code, check.row_key)
    }


def is_whole(name: str) -> None:
    """Asserts that every printed cell has the right value."""
    assessed = input_of(name).assessed()
    assert (assessed.doubtful, assessed.missing, assessed.falsehoods) == (0, 0, [])


def others_as_in(sample: str, read: Extraction, *changed: tuple[str, str, str]) -> None:
    """Asserts that all amounts except `changed` have the value and the status that they have in the sample."""
    base = extraction_of(SAMPLES / sample)
    before = {(a.table_code, a.row_key, a.measure): (a.value, a.presence, a.status) for a in base.amounts}
    after = {(a.table_code, a.row_key, a.measure): (a.value, a.presence, a.status) for a in read.amounts}
    assert {key: after.get(key) for key in before if key not in changed} == {
        key: said for key, said in before.items() if key not in changed
    }


WHOLE = [
    "bold_by_overprint/b03_bold_overprint.pdf",
    "continuation_headed_xubiao/n1_xubiao_with_caption.pdf",
    "continuation_headed_xubiao/n2_xubiao_bare.pdf",
    "continuation_headed_xubiao/n6_xu_gongkai05.pdf",
    "merged_cells_repeated/e01_tsv_merged_repeated.txt",
    "merged_cells_repeated/e02_markdown_merged_repeated.md",
    "narrative_total_without_gk01/c01_no_gk01.pdf",
    "poor_reading_replaces_good/base.pdf",
    "sideways_short_last_page/d01_sideways_drawn_90.pdf",
    "sideways_short_last_page/d02b_drawn_and_rotated.pdf",
    "table_by_unit_before_by_subject/c03_by_unit_with_unit_codes.pdf",
    "table_by_unit_before_by_subject/k02_zhejiang.pdf",
    "tables_one_and_two/k04_shanxi.pdf",
    "title_with_juesuan_only_and_budget_law/i_k1.txt",
    "title_with_juesuan_only_and_budget_law/i_k2.txt",
    "title_with_juesuan_only_and_budget_law/i_k3.txt",
    "title_with_juesuan_only_and_budget_law/i_k4.txt",
    "basic_expenditure_three_money_columns/c02_gk06_three_money_columns.pdf",
]
# Layouts that may be refused instead, if the message or a doubt names the table.
WHOLE_OR_REFUSED = [
    "pairs_of_rows_without_line/h01_no_line_between_pairs.pdf",
    "zebra_table_without_lines_whole/b10_stripes_no_lines.pdf",
    "zebra_table_without_lines_whole/p6_reportlab_zebra_per_cell_head.pdf",
]


@pytest.mark.parametrize("name", WHOLE)
def test_every_cell_is_read(name):
    is_whole(name)


@pytest.mark.parametrize("name", WHOLE_OR_REFUSED)
def test_every_cell_is_read_or_its_table_is_refused(name):
    reading = input_of(name).reading()
    if isinstance(reading, IngestError):
        return
    for code in {key[0] for key, value in input_of(name).truth.items() if value is not None}:
        values = [a for a in reading.amounts if a.table_code == code and a.value is not None]
        said = status_of(reading, code)
        assert said is not TableStatus.BLANK, code
        assert said in (TableStatus.PRESENT, TableStatus.PARTIAL) if values else doubts(reading, code), code


def test_the_three_money_columns_give_three_totals():
    read = extraction("basic_expenditure_three_money_columns/c02_gk06_three_money_columns.pdf")
    totals = {row: in_wan(a) for (row, measure), a in cells(read, "GK06").items() if row.endswith("_TOTAL") and a.value}
    assert totals == {"GRAND_TOTAL": 1000, "PERSONNEL_TOTAL": 820, "PUBLIC_TOTAL": 180}


def test_bold_by_overprinting_does_not_change_rule_n1():
    assert outcomes(extraction("bold_by_overprint/b03_bold_overprint.pdf"), "N1") == {CheckOutcome.EXACT}


def test_a_control_character_does_not_cut_a_number():
    read = extraction("control_character_cuts_a_number/input.txt")
    changed = cell(read, "GK09", "all", "budget_total")
    assert in_wan(changed) == Decimal("8.60") or (changed.status is Status.DOUBTFUL and doubts(read, "GK09"))
    others_as_in("shifan_gongxin_2023.txt", read, ("GK09", "all", "budget_total"))


def test_a_middle_dot_is_a_decimal_point_or_a_doubt():
    one = input_of("decimal_mark_other_sign_pdf/d11_middle_dot_decimal.pdf")
    read, assessed = one.reading(), one.assessed()
    assert isinstance(read, Extraction) and assessed.missing == 0 and assessed.wrong_doubtful == ()
    assert {a.status for a in read.amounts if a.value} <= {Status.REPAIRED, Status.DOUBTFUL}


def test_fonts_without_unicode_are_read_or_refused_as_such():
    reading = input_of("fonts_without_unicode/d08_no_tounicode.pdf").reading()
    if isinstance(reading, Extraction):
        is_whole("fonts_without_unicode/d08_no_tounicode.pdf")
        assert len(reading.amounts) == 490
    else:
        assert "font" in str(reading).lower() and "OCR" in str(reading)


def test_a_note_beside_a_number_keeps_the_number_in_doubt():
    read = extraction("gk06_number_with_note_becomes_blank/input.txt")
    changed = cell(read, "GK06", "31001", "final")
    assert (changed.presence, changed.status) == (Presence.NUMBER, Status.DOUBTFUL)
    assert changed.printed == "10.00（含追加）" and in_wan(changed) == 10
    assert [doubt for doubt in doubts(read, "GK06") if doubt.row_key == "31001"]
    assert outcomes(read, "G1", "GK06", "310") == {CheckOutcome.UNDETERMINED}
    others_as_in("shifan_gongxin_2023.txt", read, ("GK06", "31001", "final"))


def test_a_word_in_one_cell_of_gk09_does_not_affect_the_other_eleven():
    read = extraction("gk09_one_word_drops_the_table/input.txt")
    changed = cell(read, "GK09", "all", "budget_overseas")
    assert changed.printed == "无" and changed.status is not Status.AS_PRINTED
    assert changed.status is Status.REPAIRED or doubts(read, "GK09")
    assert status_of(read, "GK09") in (TableStatus.PRESENT, TableStatus.PARTIAL) and len(cells(read, "GK09")) == 12
    others_as_in("shifan_gongxin_2023.txt", read, ("GK09", "all", "budget_overseas"))


@pytest.mark.parametrize(
    ("name", "certain", "open_rows"),
    [
        (
            "minus_sign_other_mark/c05_negative_forms.pdf",
            ["2012650", "2012651", "2012652"],
            ["2012653", "2012654", "2012655", "2012656", "2012657"],
        ),
        ("minus_sign_other_mark/h09_triangle_negative.pdf", [], ["2012699"]),
    ],
)
def test_a_sign_before_or_after_a_number_is_its_sign(name, certain, open_rows):
    read = extraction(name)
    for row in [*certain, *open_rows]:
        for measure in ("total", "project"):
            amount = cell(read, "GK03", row, measure)
            is_doubt = row in open_rows and amount.status is Status.DOUBTFUL and amount.value is None
            assert in_wan(amount) == -5 or is_doubt, amount
    if any(cell(read, "GK03", row, "total").status is Status.DOUBTFUL for row in open_rows):
        assert outcomes(read, "B4", "GK03", "20126") <= {CheckOutcome.UNDETERMINED, CheckOutcome.EXACT}


def test_rule_n1_compares_with_no_other_table_if_gk01_is_missing():
    read = extraction("narrative_total_without_gk01/c01_no_gk01.pdf")
    told = outcomes(read, "N1", row="year_over_year/total_income_and_expenditure")
    assert told <= {CheckOutcome.NOT_APPLICABLE, CheckOutcome.UNDETERMINED}


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("number_the_eye_cannot_see/o1_white_number_in_blank_cell.pdf", "2012604"),
        ("number_the_eye_cannot_see/o2_transparent_number.pdf", "2012604"),
        ("number_the_eye_cannot_see/o3_invisible_render_mode.pdf", "2012601"),
    ],
)
def test_an_invisible_number_is_not_printed(name, row):
    read = extraction(name)
    hidden = cell(read, "GK03", row, "subsidy_to_subordinates")
    assert hidden.presence is Presence.BLANK or hidden.status is Status.DOUBTFUL
    assert all(in_wan(a) != Decimal("777.77") for a in read.amounts if a.status is not Status.DOUBTFUL)


def test_a_unit_in_a_cell_is_read_or_doubted_cell_by_cell():
    assessed = input_of("number_with_unit_in_cell/b20c_unit_in_cell.pdf").assessed()
    assert assessed.missing == 0 and assessed.wrong_doubtful == ()


def test_a_covered_number_is_in_doubt():
    read = extraction("pdf_covered_number/input.pdf")
    covered = cell(read, "GK06", "30103", "final")
    assert covered.status is Status.DOUBTFUL and in_wan(covered) in (None, Decimal("63.90"))
    assert [doubt for doubt in doubts(read, "GK06") if doubt.row_key == "30103"]
    assert CheckOutcome.BROKEN not in outcomes(read, "G1")
    others_as_in("shifan_gongxin_2024.pdf", read, ("GK06", "30103", "final"))


def test_an_annotation_over_a_cell_is_reported():
    read = extraction("pdf_freetext_annotation/input.pdf")
    beside = cell(read, "GK06", "30203", "final")
    assert in_wan(beside) == 0 or beside.status is Status.DOUBTFUL
    told = [doubt for doubt in read.doubts if "55.50" in f"{doubt.reason}{doubt.printed}"]
    assert told and any(doubt.page == 13 or "13" in doubt.reason for doubt in told)
    others_as_in("shifan_gongxin_2024.pdf", read, ("GK06", "30203", "final"))


def test_a_layer_that_is_off_is_not_printed():
    read = extraction("pdf_ocg_off/input.pdf")
    beside = cell(read, "GK06", "30203", "final")
    assert in_wan(beside) == 0 or (beside.status is Status.DOUBTFUL and in_wan(beside) != 50)
    others_as_in("shifan_gongxin_2024.pdf", read, ("GK06", "30203", "final"))


def test_a_text_layer_over_images_is_reported():
    reading = input_of("pdf_ocr_text_layer/input.pdf").reading()
    if isinstance(reading, IngestError):
        assert "text layer" in str(reading)
        return
    assert [doubt for doubt in reading.doubts if "OCR" in doubt.reason and doubt.table_code is None]
    assert input_of("pdf_ocr_text_layer/input.pdf").assessed().missing == 0


def test_a_page_drawn_twice_is_read_once():
    others_as_in("shifan_gongxin_2024.pdf", extraction("pdf_page_printed_twice/input.pdf"))


def test_a_superscript_is_no_digit():
    read = extraction("pdf_superscript_footnote_mark/input.pdf")
    marked = cell(read, "GK06", "30103", "final")
    assert in_wan(marked) == Decimal("63.90") or (marked.status is Status.DOUBTFUL and in_wan(marked) is None)
    others_as_in("shifan_gongxin_2024.pdf", read, ("GK06", "30103", "final"))


def test_two_bodies_in_one_file_are_both_named():
    reading = input_of("several_bodies_in_one_file/b01_two_units_one_pdf.pdf").reading()
    said = [str(reading)] if isinstance(reading, IngestError) else [f"{d.reason}{d.printed}" for d in reading.doubts]
    assert any("示例市档案局(本级)" in text and "示例市城建档案中心" in text for text in map(squeeze, said))


def test_a_caption_with_two_units_gives_no_unit():
    read = extraction("two_units_printed_takes_first/input.txt")
    assert doubts(read, "GK09", saying="单位")
    for row_measure, amount in cells(read, "GK09").items():
        assert amount.value is None or amount.value >= 10_000 or amount.value == 0, row_measure
        assert amount.status is not Status.AS_PRINTED or not amount.value, row_measure
    base = [("GK09", a.row, a.column) for a in true_amounts(FIGURES / "shifan_gongxin_2023") if a.table == "GK09"]
    others_as_in("shifan_gongxin_2023.txt", read, *base)


def test_codes_that_pandas_wrote_as_numbers_are_read_or_doubted():
    read = extraction("unread_rows_counted_as_zero/e03_tsv_from_pandas.txt")
    assert CheckOutcome.BROKEN not in outcomes(read, "C5")
    assert input_of("unread_rows_counted_as_zero/e03_tsv_from_pandas.txt").assessed().silent == ()
