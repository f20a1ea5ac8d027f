"""The command line in English and in Chinese: no message lacks its translation, and both say the same."""

import ast
import re
from collections.abc import Iterator
from errno import EPIPE
from pathlib import Path
from string import Formatter

import click
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from ingest.cli.main import main, plain_errors
from ingest.cli.nightly_tables import MEANINGS, held
from ingest.errors import TooManyPages
from tests.catalogue import ROOT, found, translated
from tests.ingest.truth import SAMPLES
from warehouse.base import messages
from warehouse.base.config import language
from warehouse.base.errors import NoWarehouse

CHINESE = re.compile("[一-龥]")
SAME_IN_BOTH = {"{cause}"}  # they have no words
PRINTF = re.compile(r"%\(\w+\)s")
GOLDEN = [
    (
        ["show", str(SAMPLES / "bad" / "zero_pages.pdf")],
        "juesuan: zero_pages.pdf: the PDF has no page\n",
        "juesuan: zero_pages.pdf: PDF 没有页\n",
    ),
    (
        ["show", str(SAMPLES / "bad" / "scanned.pdf")],
        "juesuan: scanned.pdf: scanned, needs OCR (docs/scans.md): 2 of 2 pages are only images"
        " and no page holds text\n",
        "juesuan: scanned.pdf: 扫描件，需要 OCR（docs/scans.md）：2 页中有 2 页只有图像，没有一页有文字\n",
    ),
    (
        ["show", str(SAMPLES / "bad" / "not_there.pdf")],
        "juesuan: not_there.pdf: cannot be read: No such file or directory\n",
        "juesuan: not_there.pdf: 无法读取：No such file or directory\n",
    ),
    (
        ["gate", "publish"],
        "Usage: main gate publish [OPTIONS] NUMBER...\nTry 'main gate publish --help' for help.\n\n"
        "Error: give the numbers of the readings, or --all\n",
        "用法：main gate publish [OPTIONS] NUMBER...\n使用“main gate publish --help”查看帮助。\n\n"
        "错误：请写明解析的编号，或 --all\n",
    ),
    (
        ["nosuch"],
        "Usage: main [OPTIONS] COMMAND [ARGS]...\nTry 'main --help' for help.\n\nError: No such command 'nosuch'.\n",
        "用法：main [OPTIONS] COMMAND [ARGS]...\n使用“main --help”查看帮助。\n\n错误：没有命令 'nosuch'。\n",
    ),
]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    messages.speak("en")


def run(asked: list[str], spoken: str) -> str:
    for command in each_command(main):
        command._help_option = None  # click keeps it in the language in which it was first shown
    return CliRunner().invoke(main, asked, env={"JUESUAN_LANG": spoken}).output


def each_command(command: click.Command) -> Iterator[click.Command]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from each_command(below)


def fields(message: str) -> set[str]:
    named = {name for _text, name, *_rest in Formatter().parse(message) if name is not None}
    return named | set(PRINTF.findall(message))


def test_every_message_has_a_translation():
    catalogue = translated()
    lacking = [message for message in found() if not (catalogue.get(message) and catalogue.get(message).string)]
    assert lacking == [], "python -m tests.catalogue adds them to the catalogue"


def test_the_catalogue_has_no_message_that_nobody_says():
    said = set(found())
    assert [message.id for message in translated() if message.id and message.id not in said] == []


def test_a_translation_is_chinese_and_has_the_same_places():
    for message in translated():
        if message.id and message.id.strip() and message.id not in SAME_IN_BOTH:
            assert CHINESE.search(message.string), message.id
            assert fields(message.id) == fields(message.string), message.id


def given(file: Path) -> Iterator[tuple[str, set[str]]]:
    """Every message with `.format(…)` behind it, and the names of the values it is given."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Call(func=ast.Name("_"), args=[ast.Constant(str(message))]), attr="format"
                ),
                args=[],
                keywords=keywords,
            ):
                yield message, {keyword.arg for keyword in keywords if keyword.arg}


def test_every_message_is_given_the_values_it_names():
    files = [file for package in ("ingest", "warehouse") for file in (ROOT / package).rglob("*.py")]
    said = [one for file in files if "messages import" in file.read_text("utf-8") for one in given(file)]
    assert len(said) > 150
    assert [message for message, names in said if fields(message) != names] == []


@pytest.mark.parametrize(("asked", "english", "chinese"), GOLDEN, ids=lambda value: value[0] if value else "")
def test_a_command_says_the_same_in_both_languages(asked, english, chinese):
    assert run(asked, "en") == english
    assert run(asked, "zh") == chinese
    assert run(asked, "en") == english


def commands(command=main, path=()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_the_help_of_every_command_is_in_both_languages(path):
    english, chinese = run([*path, "--help"], "en"), run([*path, "--help"], "zh")
    assert "Show this message and exit." in english and "显示本帮助并退出。" in chinese
    assert "Options:" in english and "选项:" in chinese
    sentences = re.findall(r"\b[a-z]+ [a-z]+ [a-z]+ [a-z]+\b", re.sub(r"`[^`]*`", "", chinese))
    assert sentences == []


def test_errors_and_tables_are_in_the_language_spoken():
    assert str(TooManyPages("一.pdf", page=3, pages=9, limit=5)).startswith("一.pdf, page 3: has 9 pages")
    assert list(held([])) == ["nothing is held"]
    messages.speak("zh")
    assert (
        str(TooManyPages("一.pdf", page=3, pages=9, limit=5)) == "一.pdf，第 3 页: 有 9 页，超过一份公开文件的上限 5 页"
    )
    assert str(NoWarehouse()) == "数据库中还没有数据仓库：请运行 `juesuan db upgrade`"
    assert list(held([])) == ["没有待定的解析"]
    assert messages._(MEANINGS[0]) == "一切正常"


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "JUESUAN_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "JUESUAN_LANG": "en"}, "en"),
    ],
)
def test_the_language_is_that_of_the_variable_or_of_the_locale(variables, spoken, monkeypatch):
    for name in ("JUESUAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken


def test_chinese_help_ends_its_lines_within_80_columns_and_within_no_number():
    for command in ([], ["ingest"], ["site"]):
        said = run([*command, "--help"], "zh")
        assert [line for line in said.splitlines() if cell_len(line) > 80] == []
        assert not re.search(r"[0-9a-z]\n +[0-9a-z]", said)
    assert "JUESUAN_MAX_PAGES（2000）" in run(["--help"], "zh").replace("\n  ", "")


def test_a_command_ends_without_a_word_when_its_output_is_no_longer_read(capsys):
    def gone() -> None:
        raise BrokenPipeError(EPIPE, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        plain_errors(gone)()
    assert capsys.readouterr() == ("", "")
    missing = click.command()(plain_errors(lambda: Path("/nonexistent").stat()))
    assert CliRunner().invoke(missing).output == "juesuan: /nonexistent: No such file or directory\n"
