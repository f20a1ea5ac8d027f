"""Words of a picture that one character parts from a wording: where they are taken as it, and where not."""

import pytest

from ingest.document import STRAIGHT, Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.tables.known_words import with_known_words
from warehouse.kinds.kind import load_kinds
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place

PAGE = Place(1)
TITLE = "一般公共预算财政拔款支出决算表"


def document(
    text: str, confidence: float | None = 0.9, kind: GridKind = GridKind.RECOGNISED, title: str = TITLE
) -> Document:
    table = RawTable((RawRow((Cell(text, confidence=confidence),), PAGE),), kind)
    return Document("pdf", (Line(title, PAGE), table), pages=1, recognised={(1, 1): STRAIGHT})


def words(read: Document) -> tuple[str, str]:
    known = with_known_words(read, load_kinds())
    line, table = known.blocks
    return line.text, table.rows[0].text(0)


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        ("教肓支出", "教育支出"),
        ("八、社会保漳和就业支出", "八、社会保障和就业支出"),
        ("财政拔款收入", "财政拨款收入"),
        ("行政单位\n医疔", "行政单位医疗"),
        ("使用非财政拨款结余和专结余", "使用非财政拨款结余和专用结余"),
        ("二、政府性基金算则政拨款收入", "二、政府性基金预算财政拨款收入"),
    ],
)
def test_a_word_with_one_wrong_character_is_taken_as_the_wording(read, taken):
    assert words(document(read)) == ("一般公共预算财政拨款支出决算表", taken)
    reasons = with_known_words(document(read), load_kinds()).remarks
    assert {one.what for one in reasons} == {DoubtKind.WORD_MATCHED}
    assert reasons[-1].printed == read


@pytest.mark.parametrize(
    "other",
    [
        document("教育支出"),
        document("教肓支出", confidence=0.99),
        document("教肓攴出"),
        document("上年支出"),
        document("本支出"),
        document("年支出合计"),
        document("1,204.50"),
        document("教肓支出", confidence=None, kind=GridKind.RULED),
    ],
    ids=[
        "known",
        "sharp",
        "two characters",
        "a character of wordings",
        "too short",
        "short and lacks one",
        "a number",
        "a digital page",
    ],
)
def test_other_words_stay_as_they_were_read(other):
    assert words(other)[1] == other.blocks[1].rows[0].text(0)


def test_a_document_without_pictures_is_not_looked_at():
    digital = Document("pdf", document("教肓支出").blocks, pages=1)
    assert with_known_words(digital, load_kinds()) is digital
