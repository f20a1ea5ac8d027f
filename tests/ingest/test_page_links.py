"""Which links of a page are the files of the disclosure that its heading announces."""

import pytest

from ingest.sync.attachments import attachments
from ingest.sync.results import Refused
from warehouse.kinds.kind import load_kinds

HEADING = "示范市教育局2024年度部门决算公开"


def page(*links: tuple[str, str], heading: str = HEADING, before: str = "", more: str = "") -> bytes:
    made = "".join(f"<p>{before}<a href='{address}' target=_blank>{text}</a></p>" for address, text in links)
    head = f"<head><title>{heading}_示范市人民政府</title></head>"
    return f"<html>{head}<body><a href='/'>首页</a><div><h1>{heading}</h1>{made}{more}</div></body></html>".encode()


def chosen(content: bytes, hosts: tuple[str, ...] = ("example.org",)) -> list[str]:
    found = attachments(content, "http://example.org/a/index.html", "", hosts, load_kinds())
    return [link.name for link in found.links]


@pytest.mark.parametrize(
    ("name", "text", "is_chosen"),
    [
        ("1.docx", "附件：示范市教育局2024年度部门决算.docx", True),
        ("2.xls", "附件2", True),
        ("3.zip", "2024年度部门决算公开表", True),
        ("4.pdf", "市教育局2024年决算说明", True),
        ("表.xlsx", "点击下载", True),
        ("5.xls", "示范市教育局2023年度部门决算", False),
        ("6.docx", "示范市财政局2024年度部门决算", False),
        ("7.pdf", "示范市教育局2025年部门预算", False),
        ("8.doc", "依申请公开申请表", False),
        ("9.docx", "示范市教育局机构职能", False),
        ("决算.html", "2024年度部门决算", False),
    ],
)
def test_a_link_is_chosen_by_what_it_is_called(name, text, is_chosen):
    assert chosen(page((name, text))) == [name] * is_chosen


def test_the_word_before_a_link_counts_as_well():
    assert chosen(page(("P0123.xlsx", "P0123"), before="附件：")) == ["P0123.xlsx"]
    assert chosen(page(("P0123.xlsx", "P0123"))) == []


@pytest.mark.parametrize(
    "shown",
    [
        "<iframe src='/x/y.pdf'></iframe>",
        "<embed type='application/pdf' src='/x/y.pdf'>",
        "<object data='/x/y.pdf'></object>",
        "<iframe width=1 src='/pdfjs/web/viewer.html?file=/x/y.pdf#page=1'></iframe>",
    ],
)
def test_a_document_that_the_page_shows_is_chosen(shown):
    assert chosen(page(more=shown)) == ["y.pdf"]


def test_a_page_that_announces_no_disclosure_attaches_none():
    assert chosen(page(("1.docx", "示范市教育局2024年度部门决算"), heading="机构职能")) == []


def test_a_page_about_all_bodies_of_a_place_is_a_listing():
    links = ("1.docx", "示范市教育局2024年度部门决算"), ("2.docx", "示范市财政局2024年度部门决算")
    with pytest.raises(Refused, match="links to documents of 2 bodies: such a page is a listing"):
        chosen(page(*links, heading="2024年度市级部门决算公开"))


def test_what_is_not_followed_is_said():
    content = page(("http://other.org/1.docx", "附件1"), ("2.rar", "附件2：2024年度部门决算.rar"))
    found = attachments(content, "http://example.org/a/index.html", "", ["example.org"], load_kinds())
    assert (found.links, found.unread, found.other_hosts) == ((), ("附件2：2024年度部门决算.rar",), ("other.org",))
