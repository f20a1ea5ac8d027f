"""No running sentence of the corpora stands in samples/ or tests/: what we publish is our own, or an official label.

Han characters alone are compared, so that other numbers and punctuation make no sentence another. A passage is one line
or cell of ours. Names that a form prescribes (titles, headings, rows, subjects) are in the declarations and are not
counted: of what stands between them, less than OWN characters in a row are no sentence.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.ingest.truth import CORPUS, needs_corpus

ROOT = Path(__file__).parents[2]
KINDS = ROOT / "warehouse" / "kinds"
PASSAGE, OWN = 24, 12  # Han characters
NO_HAN = re.compile(r"[^一-龥]+")
CELLS = re.compile(r"[\t|,\"]")
TEXTS = (".txt", ".csv", ".py", ".toml", ".json", ".html", ".md")
MOST_PAGES = 60  # of a sample; those with thousands are blank
SHORTEST = 3  # characters of an official name: shorter ones are words of any sentence
# Headings and names of subjects that no declaration has so, some cut off by their cell.
LABELS = (
    "年度部门决算情况说明", "单位万元", "项目行次", "行次金额", "行次合计",
    "对民间非营利组织和群众性自治", "对其他个人和家庭的补助支出", "机关事业单位基本养老保险费",
)  # fmt: skip


def han(text: str) -> str:
    return NO_HAN.sub("", unicodedata.normalize("NFKC", text))


def pages(file: Path) -> Iterator[str]:
    """The texts of the first pages of a PDF; none of a damaged one."""
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError:
        return
    with closing(document):
        for page in list(document)[:MOST_PAGES]:
            yield page.get_textpage().get_text_bounded()


def grams(texts: Iterable[str]) -> set[str]:
    """Every run of PASSAGE characters of the texts."""
    return {text[at : at + PASSAGE] for text in texts for at in range(len(text) - PASSAGE + 1)}


@cache
def official() -> re.Pattern[str]:
    """Any declared name, the longest first."""
    names = set(LABELS)
    for file in KINDS.rglob("*.toml"):
        if "narrative" not in file.parts:
            names |= set(map(han, _strings(tomllib.loads(file.read_text("utf-8")))))
    for file in (ROOT / "samples" / "figures").glob("*/profile.json"):  # bodies and their units
        names |= set(map(han, _strings(json.loads(file.read_text("utf-8")))))
    for file in KINDS.rglob("*.csv"):
        names |= {han(cell) for cell in CELLS.split(file.read_text("utf-8").replace("\n", "\t"))}
    return re.compile("|".join(sorted((name for name in names if len(name) >= SHORTEST), key=len, reverse=True)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def copied(text: str, known: set[str]) -> Iterator[str]:
    """The passages of `text` that are made of known runs and hold more than official names."""
    for line in text.splitlines():
        for passage in map(han, CELLS.split(line)):
            yield from filter(_is_sentence, _known_parts(passage, known))


def _known_parts(passage: str, known: set[str]) -> Iterator[str]:
    begun = None
    for at in range(len(passage) - PASSAGE + 2):
        is_known = passage[at : at + PASSAGE] in known
        if is_known and begun is None:
            begun = at
        if not is_known and begun is not None:
            yield passage[begun : at + PASSAGE - 1]
            begun = None


def _is_sentence(passage: str) -> bool:
    return max(map(len, official().sub(" ", passage).split(" "))) >= OWN


def ours() -> Iterator[tuple[Path, str]]:
    for folder in ("samples", "tests"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix == ".pdf":
                yield file, "\n".join(pages(file))
            elif file.suffix in TEXTS:
                yield file, file.read_text("utf-8", errors="replace")


@pytest.mark.long
@needs_corpus
def test_no_sentence_of_the_corpora_is_carried_over():
    published = [file for folder in CORPUS.parent.glob("corpus*") for file in folder.glob("*/*")]
    known = grams(
        han("".join(pages(file)) if file.suffix == ".pdf" else file.read_text("utf-8"))
        for file in published
        if file.suffix in (".pdf", ".txt")
    )
    assert len(known) > 50_000
    found = {(file.relative_to(ROOT).as_posix(), passage) for file, text in ours() for passage in copied(text, known)}
    assert sorted(found) == []


SENTENCE = "这一年我们修好了三条乡间小路又在村口种下几十棵树请大家都来看"


def test_a_sentence_is_found_whatever_numbers_and_marks_are_in_it():
    text = f"甲：{SENTENCE[:9]} 12.50 ，{SENTENCE[9:]}。\n别的话\n"
    assert list(copied(text, grams([SENTENCE]))) == [SENTENCE]


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCE[:15]}\n{SENTENCE[15:]}",
        f"{SENTENCE[:20]}别的{SENTENCE[20:]}",
        "因公出国（境）费 公务用车购置及运行维护费 公务接待费",
    ],
)
def test_short_parts_and_official_names_are_no_sentence(text):
    assert list(copied(text, grams([SENTENCE, han("因公出国（境）费公务用车购置及运行维护费公务接待费")]))) == []
