"""Numbers that a reader has lost are reported as unaccounted: each kind of loss, in a PDF and in a text."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from ingest.document import Document, Line, RawTable
from ingest.readers import read
from tests.ingest.truth import SAMPLES
from tests.ledger.removed_parts import (
    changed,
    changed_table,
    understood,
    with_empty_cell,
    without_columns,
    without_line,
    without_rows,
)
from tests.long import first_short

PDF, TEXT = "nanyang_gongxin_2024.pdf", "pingdingshan_gongxin_2023.txt"
GK01, GK02, GK03 = "收入支出决算总表", "收入决算表", "支出决算表"
GK05, GK06 = "一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算明细表"
GK09 = '财政拨款"三公"经费支出决算表'

Loss = Callable[[Document], Document]


@cache
def document_of(name: str) -> Document:
    return read(SAMPLES / name)


def page_of(document: Document, page: int) -> Loss:
    return changed(document, lambda block: None if isinstance(block, RawTable) and block.page == page else block)


def title(text: str) -> Loss:
    return lambda document: changed(document, without_line(text))


def table(under: str, change: Callable[[RawTable], RawTable | None]) -> Loss:
    return lambda document: changed_table(document, under, change)


def continuation(under: str) -> Loss:
    """Removes the part of a table after a page break."""

    def lose(document: Document) -> Document:
        parts: list[RawTable] = []
        return changed_table(document, under, lambda part: parts.append(part) or (part if len(parts) == 1 else None))

    return lose


def as_lines(under: str) -> Loss:
    """Replaces a table by lines of text, as if it had no ruling lines."""

    def lose(document: Document) -> Document:
        blocks = []
        for block in changed_table(document, under, lambda part: replace(part, kind=None)).blocks:
            if isinstance(block, RawTable) and block.kind is None:
                rows = ((" ".join(filter(None, map(str.strip, row.texts()))), row) for row in block.rows)
                blocks += [Line(text, row.place) for text, row in rows]
            else:
                blocks.append(block)
        return replace(document, blocks=tuple(blocks))

    return lose


LOSSES: dict[str, tuple[Loss, int]] = {  # name → what is removed, minimum of amounts that must be unaccounted
    "the title of GK05": (title(GK05), 100),
    "a row of GK02": (table(GK02, without_rows(saying="2080505")), 7),
    "the total row of GK03": (table(GK03, without_rows(saying="合计")), 6),
    "a column of GK03": (table(GK03, without_columns(3, 4)), 20),
    "the last column of GK05": (table(GK05, without_columns(4, 5)), 20),
    "the table of GK09": (table(GK09, lambda _: None), 12),
    "every table of GK06": (table(GK06, lambda _: None), 60),
    "the text of a cell": (table(GK06, with_empty_cell("30101", 2)), 1),
    "the second part of GK02": (continuation(GK02), 20),
    "a group of GK06": (table(GK06, without_columns(3, 6)), 20),
    "the expenditure side of GK01": (table(GK01, without_columns(3, 6)), 20),
    "the lines and the title of GK05": (lambda document: title(GK05)(as_lines(GK05)(document)), 60),
}


@pytest.mark.takes(6)
@pytest.mark.parametrize("name", first_short(TEXT, PDF))
@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_counted_and_doubted(loss: str, name: str):
    lose, least = LOSSES[loss]
    extraction = understood(lose(document_of(name))).extraction
    assert extraction.counts.amounts_unaccounted >= least
    assert "number_unaccounted" in [doubt.what for doubt in extraction.doubts]


def test_every_number_of_a_removed_page_is_unaccounted():
    whole = understood(document_of(PDF)).extraction.counts
    lost = understood(page_of(document_of(PDF), 10)).extraction.counts
    amounts, codes, column_numbers = 21 * 6, 21, 6  # without the table nothing shows which numbers are no amounts
    assert lost.amounts_unaccounted == amounts + codes + column_numbers
    assert lost.amounts_loaded == whole.amounts_loaded - amounts


@pytest.mark.parametrize("name", [PDF, TEXT])
def test_a_title_above_lines_refuses_the_table_by_name(name: str):
    extraction = understood(as_lines(GK05)(document_of(name))).extraction
    doubted = {doubt.what: doubt.table_code for doubt in extraction.doubts}
    assert doubted["table_in_lines"] == doubted["table_not_found"] == "GK05"
    assert extraction.counts.amounts_unaccounted == 0 and extraction.counts.amounts_doubtful > 60


@pytest.mark.parametrize("name", [PDF, TEXT])
def test_in_the_whole_document_nothing_is_unaccounted(name: str):
    account = understood(document_of(name)).account
    assert account.unaccounted == [] and account.doubts == ()
