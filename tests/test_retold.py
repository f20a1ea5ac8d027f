"""Reasons that were written in one language are said in the language of whoever asks."""

from collections.abc import Iterator

import pytest

from ingest import errors
from ingest.isolation.messages import error_of, refusal_of
from warehouse.base import messages
from warehouse.base.retold import retold

BOTH = [
    ("the PDF has no page", "PDF 没有页"),
    ("2024.pdf: the PDF has no page", "2024.pdf: PDF 没有页"),
    (
        "2024.pdf, page 3: has 9 pages, more than the 5 a disclosure may have",
        "2024.pdf，第 3 页: 有 9 页，超过一份公开文件的上限 5 页",
    ),
    ("cannot be read: No such file or directory", "无法读取：No such file or directory"),
    ("the worker reading it ended without a word 3 times", "读取它的工作进程 3 次无故结束"),
]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    messages.speak("en")


@pytest.mark.parametrize(("english", "chinese"), BOTH)
def test_a_stored_reason_is_said_in_the_language_spoken(english, chinese):
    assert (retold(english), retold(chinese)) == (english, english)
    messages.speak("zh")
    assert (retold(english), retold(chinese)) == (chinese, chinese)


@pytest.mark.parametrize(
    "text", ["", "示范市审计局", "nothing of this is known", "甲：乙", "http://www.example.gov.cn/a.pdf"]
)
def test_what_is_no_message_stays(text):
    assert retold(text) == text
    messages.speak("zh")
    assert retold(text) == text


def test_what_a_document_prints_stays_in_both_languages():
    reason = "is a department budget (部门预算), not final accounts: “部门预算”"
    messages.speak("zh")
    in_chinese = retold(reason)
    assert "“部门预算”" in in_chinese and "not final" not in in_chinese
    messages.speak("en")
    assert "“部门预算”" in retold(in_chinese)


def test_a_reason_with_a_value_that_is_a_message_with_values_is_wholly_chinese():
    """The process that reads documents speaks English, and made the cause from a template before it sent it."""
    cause = messages._("met an error that nobody foresaw: {name__}{place}: {strip}")
    sent = refusal_of(errors.Damaged("a.html", label="web page", cause=cause.format(name__="E", place="", strip="x")))
    messages.speak("zh")
    assert str(error_of(sent, "a.html")) == "a.html: 网页已损坏：遇到未曾预料的错误：E: x"
