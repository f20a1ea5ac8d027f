"""No control character of a file name, an address, a title or a printed text reaches a terminal, a log or a page."""

import io
import re
import subprocess
import sys

import pytest

from ingest.cli.terminal import Console
from tests.ingest.truth import SAMPLES
from tests.test_layers import ROOT, files
from tests.work.nights import asked, put, queue
from warehouse.base.visible import visible, visible_lines

NAMES = ["b\x1b[31mRED\x1b[2J", "a\nINJECTED log line", "c\x9b31m\x85\x7f\u202e\u2066[bold]", "d\r\x08"]
NEVER = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^ *INJECTED", re.MULTILINE)
FORBIDDEN = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202e\u2066\u2069\u2028\u200f\ud800"]


def test_what_is_visible():
    assert "".join(map(visible, FORBIDDEN)).strip(" \ufffd") == ""
    assert visible("a\tb\r\nc\x1bd\u3000决算") == "a b  c\ufffdd\u3000决算"
    assert visible_lines("a\x1b\r\nb\rc\n") == "a\ufffd\r\nb c\n"


@pytest.fixture
def documents(tmp_path):
    """Four sound documents of different departments, the last of a year that has not ended, and one that is none."""
    text = (SAMPLES / "shifan_gongxin_2023.txt").read_text("gb18030")
    paths = [tmp_path / f"{name}.txt" for name in NAMES]
    for number, path in enumerate(paths):
        path.write_text(text.replace("工业和信息化局", f"第{number}局"), "utf-8")
    paths[-1].write_text(paths[-1].read_text("utf-8").replace("2023年", "2190年"), "utf-8")
    nothing = tmp_path / "e\x1b[2J\nINJECTED.txt"
    nothing.write_text("nothing \x1b[2J")
    return [*paths, nothing]


@pytest.mark.long
def test_no_command_prints_a_control_character_of_a_file(juesuan, database, documents, tmp_path):
    page = tmp_path / "page.html"
    file = put(tmp_path / "archive", b"nothing", documents[1].name)
    queue(database, [file])
    commands = [
        ("ingest", *documents),
        ("ingest", tmp_path / "f\x1b\nINJECTED.pdf"),
        ("workbook", "nothere\x1b[2J", "-o", tmp_path / "x.xlsx"),
        ("gate",),
        ("show", documents[0]),
        ("show", documents[1], "--stage", "document"),
        ("show", documents[-1]),
        ("report", documents[0], "-o", page),
        ("report", documents[0], "-o", tmp_path / "no\x1b\nINJECTED" / "page.html"),
        ("sync", tmp_path / "g\x1b.toml"),
        ("nightly", tmp_path / "g\x1b\nINJECTED.toml"),
        ("queue", "release", "\x1b[2J"),
        ("withdraw", "1", "--why", "\x1b[2J\nINJECTED"),
        ("withdraw",),
        ("forget", "2", "--why", "\x1b[2J\nINJECTED", "--yes"),
        ("forget",),
        ("compare", "--kind", "\x1b[2J", "--year", "2023"),
        ("export", tmp_path / "out", "--view", "\x1b\nINJECTED"),
    ]
    for command in commands:
        done = juesuan(*command)
        assert done.stdout or done.stderr, command
        assert NEVER.search(done.stdout) is None and NEVER.search(done.stderr) is None, (command, done.output)
    assert "RED" in page.read_text("utf-8") and NEVER.search(page.read_text("utf-8")) is None

    failed = "update warehouse.reading set status = 'failed', reason = %s, ended_at = now() returning 1"
    assert asked(database, failed, ["\x1b[2J\nINJECTED"]) == [(1,)]
    printed = juesuan("queue").stdout
    assert "INJECTED" in printed and NEVER.search(printed) is None


@pytest.mark.long
def test_a_traceback_holds_no_control_character_of_a_file(documents):
    command = [sys.executable, "-m", "ingest.cli", "--debug", "show", documents[-1]]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1 and "Traceback" in done.stderr and "NotADisclosure" in done.stderr
    assert NEVER.search(done.stderr) is None


def test_only_one_module_writes_to_the_terminal():
    """So that a command added later inherits it. A progress bar is given a console of this module."""
    own = re.compile(r"click\.echo|click\.secho|from rich\.console import .*\bConsole\b|from rich\.table")
    found = {str(file.relative_to(ROOT)) for file in files("ingest/cli") if own.search(file.read_text("utf-8"))}
    assert found == {"ingest/cli/terminal.py"}
    made = {str(file.relative_to(ROOT)) for file in files("ingest") if "Environment(" in file.read_text("utf-8")}
    assert made == {"ingest/pages/template.py", "ingest/pages/web/answers.py"}  # both end with visible_lines


def test_a_log_line_is_one_line_whatever_a_library_says():
    program = (
        "import logging, structlog; from warehouse.base import logs; logs.to_standard_error();"
        "name = 'a\\x1b[2J\\n\\u202eINJECTED.txt';"
        "structlog.get_logger().warning('reading.failed', name=name);"
        "logging.getLogger('procrastinate').warning('job of %s', name)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert len(done.stderr.splitlines()) == 2 and NEVER.search(done.stderr) is None


def test_a_console_on_a_terminal_keeps_its_own_codes_only():
    """Styles and the movements of a progress bar are escape sequences too."""
    shown = io.StringIO()
    Console(file=shown, force_terminal=True, width=80).print("[bold]决算[/bold] \x1b[2J")
    assert "\x1b[1m" in shown.getvalue() and "\x1b[2J" not in shown.getvalue()
