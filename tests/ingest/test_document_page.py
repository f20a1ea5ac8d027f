"""The page about one document: complete in itself, and it opens in a real browser."""

import hashlib
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from ingest.pages.document import render
from ingest.readers.crops import Band, merged
from tests.ingest.browser import english_words, in_a_browser, laid_out
from tests.ingest.test_forms_torn import ROWS
from warehouse.kinds.kind import load_kind
from warehouse.records.doubts import DoubtKind

SAMPLES = Path(__file__).parents[2] / "samples"
DAMAGED = SAMPLES / "shifan_caizheng_2024.txt"
PDF = SAMPLES / "luolong_gongxin_2024.pdf"


@pytest.fixture(scope="module", params=[DAMAGED, PDF], ids=lambda path: path.suffix)
def page(request, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("report") / "page.html"
    done = CliRunner().invoke(main, ["report", str(request.param), "-o", str(file)])
    assert done.exit_code == 0, done.output
    return file


def test_the_page_loads_no_other_file(page):
    html = page.read_text("utf-8")
    assert "default-src 'none'" in html
    addresses = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)""", html)
    assert [address for address in addresses if not address.startswith(("data:", "#"))] == []


def test_a_page_about_several_files_names_them(tmp_path):
    other = SAMPLES / "shifan_gongxin_2024.pdf"
    file = tmp_path / "page.html"
    done = CliRunner().invoke(main, ["report", "--together", str(PDF), str(other), "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert {name for name in (PDF.name, other.name) if name in file.read_text("utf-8")} == {PDF.name, other.name}
    done = CliRunner().invoke(main, ["report", str(PDF), str(other), "-o", str(file)])
    assert (done.exit_code, "with --together the files of one disclosure" in done.output) == (2, True)


def test_doubts_are_shown_with_their_lines():
    html = render(DAMAGED)
    assert "12, 3.45" in html and "<mark>" in html
    assert DoubtKind.NUMBER_UNPROVED.label in html


def test_a_doubt_of_a_torn_form_is_shown_with_its_line(tmp_path):
    text = f"{DAMAGED.read_text('utf-8')}\n项目支出绩效自评情况表\n" + "\n".join(ROWS).replace("|", "\t")
    file = tmp_path / "torn.txt"
    file.write_text(text, "utf-8")
    meant = next(n for n, line in enumerate(text.splitlines(), 1) if "打捞次数" in line)
    html = render(file)
    assert f"第{meant}行" in html
    assert re.search(rf"{meant}  <mark>[^<]*打捞次数", html)


def test_tables_show_the_printed_text_of_every_cell():
    html = render(PDF)
    assert 'title="853.47"' in html
    assert html.count("<details") >= 10


def test_printed_texts_are_escaped(tmp_path):
    text = DAMAGED.read_text("utf-8").replace("示范市财政局", "示范市<img src=x onerror=alert(1)>局")
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(text, "utf-8")
    assert "<img src=x" not in render(hostile)


def test_neighbouring_places_share_a_picture():
    places = [Band(1, 100, 112), Band(1, 130, 142), Band(2, 50, 60), Band(), Band(1, 700, 712)]
    assert merged(places) == [Band(1, 100, 142), Band(1, 700, 712), Band(2, 50, 60)]


@pytest.mark.takes(2)
@in_a_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_in_a_browser_no_element_extends_beyond_the_page(page, width, tmp_path):
    scroll_width, sticking_out, *_ = laid_out(
        page.read_text("utf-8").replace("<details>", "<details open>"), width, tmp_path
    )
    assert (sticking_out, scroll_width <= width) == (0, True)


def test_columns_that_no_form_fixes_have_chinese_words():
    three_public = load_kind("budget").table("YS07")
    assert three_public.label_of("budget_total.government_fund") == "预算数：合计（政府性基金）"
    assert three_public.label_of("current.budget_reception") == "当年预算：预算数：公务接待费"
    assert three_public.label_of("change_某项费用") == "增减：某项费用"
    assert load_kind("budget").table("YS03").label_of("other:其中：采购") == "其中：采购"


FORMS = SAMPLES / "forms" / "shifan_jiaotong_2024.txt"


def test_a_page_has_no_english_words(page):
    html = page.read_text("utf-8")
    ids = " ".join(re.findall(r'<p class="soft">.*?</p>', html))  # names and digests of files, the version
    assert english_words(html, ids + " SHA") == set()


def test_a_page_with_forms_has_no_english_words():
    html = render(FORMS)
    assert "<h2>自评表" in html
    assert english_words(html, f"{FORMS.name} SHA {hashlib.sha256(FORMS.read_bytes()).hexdigest()[:16]}") == set()
