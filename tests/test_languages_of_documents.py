"""Documents that are there in English and in Chinese name each other first, and have the same commands and headings."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHINESE_DOCUMENTS = [*sorted(ROOT.glob("*.zh-CN.md")), *sorted(ROOT.glob("docs/*.zh-CN.md"))]
PAIRS = [(file, file.with_name(file.name.replace(".zh-CN.md", ".md"))) for file in CHINESE_DOCUMENTS]
BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")
CHINESE = re.compile("[一-龥]")
each_pair = pytest.mark.parametrize(("chinese", "english"), PAIRS, ids=lambda file: file.name)


def commands(text: str) -> list[str]:
    """The lines of the blocks, without the comments behind them, which are in the language of the document."""
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return [re.sub(r"\s*(#|--) .*$", "", line) for line in lines]


def headings(text: str) -> list[str]:
    return [line.split(" ")[0] for line in BLOCK.sub("", text).splitlines() if line.startswith("#")]


@each_pair
def test_a_document_names_the_other_in_its_first_line(chinese, english):
    assert f"({english.name})" in chinese.read_text("utf-8").splitlines()[0]
    assert f"({chinese.name})" in english.read_text("utf-8").splitlines()[0]


@each_pair
def test_both_have_the_same_commands_and_as_many_headings(chinese, english):
    in_chinese, in_english = chinese.read_text("utf-8"), english.read_text("utf-8")
    assert commands(in_chinese) == commands(in_english)
    assert headings(in_chinese) == headings(in_english)


@each_pair
def test_the_chinese_document_is_chinese_and_leads_to_what_the_other_leads_to(chinese, english):
    in_chinese, in_english = chinese.read_text("utf-8"), english.read_text("utf-8")
    linked = {link.replace(".zh-CN.md", ".md") for link in LINK.findall(in_chinese)}
    assert linked | {english.name} == {link.replace(".zh-CN.md", ".md") for link in LINK.findall(in_english)} | {
        english.name
    }
    prose = [line for line in BLOCK.sub("", in_chinese).splitlines()[1:] if re.search("[a-z]{3} [a-z]{3}", line)]
    assert [line for line in prose if not CHINESE.search(line)] == []


def test_the_readme_is_there_in_both_languages_and_short():
    assert [english.name for _, english in PAIRS][:1] == ["README.md"]
    assert all(len(file.read_text("utf-8").splitlines()) <= 120 for file in PAIRS[0])
