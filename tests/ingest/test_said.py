"""What the commands print, in both languages, held against the files in tests/expected/said.

A file that a test writes differently is left beside the expected one's name in the folder of the test: read what
changed, and copy it.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import nightly_tables
from ingest.cli.main import main
from ingest.cli.terminal import Console
from ingest.nightly.night import Fetched, Night, Notice
from tests.ingest.truth import SAMPLES
from tests.work.nights import asked, put, queue
from warehouse.base import messages
from warehouse.work.runs import Held, NotPublic, Problem

EXPECTED = Path(__file__).parents[1] / "expected" / "said"
SAID_OTHERWISE = (  # what is another on every machine or day
    (re.compile(r"postgresql://\S+"), "URL"),
    (re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?"), "DATE"),
    (re.compile(r"\d+(\.\d+)? (bytes|[kKMGT]B)"), "SIZE"),
    (re.compile(r"\d+\+[0-9a-f]{12}"), "VERSION"),
    (re.compile(r"\d+\.\d+ s\b"), "SECONDS"),
    (re.compile(r"^(schema:|模式：) +\d{4}$", re.MULTILINE), r"\1 REVISION"),
)
LONGEST = 20  # lines of one command
FAILED = """
update warehouse.reading set status = 'failed', reason = 'the PDF has no page', ended_at = now()
where source_name = 'one.pdf' returning 1
"""
NIGHT = Night(
    run_id=3,
    manifest="sources.toml",
    seconds=4.7,
    exit_status=1,
    fetched=Fetched(
        counts={"new": 2, "changed": 1, "vanished": 1, "failed": 1},
        answers={"200": 3, "404": 1},
        notices=(Notice("changed", "http://www.example.gov.cn/a.pdf"), Notice("current again", "file:///b.pdf")),
    ),
    read={"loaded": 2, "new_document": 1, "new_version": 1, "held": 1, "failed": 1, "doubts": 4},
    measures={"documents": Decimal(8), "amounts": Decimal(5956), "doubts in all": Decimal(5)},
    before={"documents": Decimal(7), "amounts": Decimal(5349)},
    problems=(
        Problem("fetch", "http://www.example.gov.cn/c.pdf", "cannot be read: Connection refused"),
        Problem("failed", "http://www.example.gov.cn/d.pdf", "the PDF is truncated: its 12 bytes end without %%EOF"),
        Problem("failed", "http://www.example.gov.cn/e.pdf", "PDF 没有页"),
        Problem("quarantined", "f.pdf", "the worker reading it ended without a word 3 times"),
    ),
    held=(Held(12, "1.pdf", "portal", "示范市审计局", 2190, "fiscal year 2190 has not ended: it has no accounts yet"),),
    held_before=1,
    not_public=(
        NotPublic("late", "示范市教育局", None, 2024, "final_accounts", date(2025, 9, 30), None),
        NotPublic("missing", "示范市扫描局", None, 2024, "final_accounts", None, "2024.pdf: the PDF has no page"),
    ),
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    CliRunner().invoke(main, ["--help"], env={"JUESUAN_LANG": "en"})  # the help of the commands as well


def expected(name: str, said: str, folder: Path) -> None:
    """Fails where the file has another text, which is then in the folder."""
    (folder / name).write_text(said, "utf-8")
    assert (EXPECTED / name).is_file(), f"cp {folder / name} {EXPECTED}"
    assert said.splitlines() == (EXPECTED / name).read_text("utf-8").splitlines(), f"cp {folder / name} {EXPECTED}"


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_report_of_a_night(spoken, tmp_path):
    messages.speak(spoken)
    printed = StringIO()
    Console(file=printed).print_lines(nightly_tables.night(NIGHT))
    expected(f"night.{spoken}.txt", printed.getvalue(), tmp_path)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_commands(spoken, database, tmp_path):
    runner = CliRunner(env={"JUESUAN_DATABASE_URL": database, "JUESUAN_LANG": spoken})
    said = ""
    for arguments in commands(tmp_path, database):
        done = runner.invoke(main, [*map(str, arguments)])
        shown = " ".join(map(str, arguments))
        printed = [*done.stdout.splitlines(), *done.stderr.splitlines()]
        if len(printed) > LONGEST:
            printed[LONGEST - 1 : -1] = ["…"]
        said += "\n".join([f"$ juesuan {shown}", *printed, f"exit status {done.exit_code}", "", ""])
    said = said.replace(str(tmp_path), "FOLDER").replace(str(SAMPLES), "samples")
    for pattern, word in SAID_OTHERWISE:
        said = pattern.sub(word, said)
    expected(f"commands.{spoken}.txt", said, tmp_path)


def commands(folder: Path, database: str) -> Iterator[tuple[object, ...]]:
    """One after the other on one database; between them it is filled with what they show."""
    sound, early = SAMPLES / "shifan_gongxin_2023.txt", folder / "early.txt"
    early.write_text(sound.read_text("gb18030").replace("2023年", "2099年"), "utf-8")
    yield ("ingest", "--jobs", "0", sound, early, SAMPLES / "bad" / "not_a.pdf", folder / "none.pdf")
    yield ("ingest", "--jobs", "0", sound)
    yield ("show", sound)
    yield ("compare", "--kind", "工业和信息化", "--year", "2023", "--metric", "expenditure", "--metric", "personnel")
    yield ("compare", "--kind", "工信", "--year", "2020")
    yield ("trend", "示范市工业和信息化局", "--metric", "three_public")
    yield ("trend", "无此局")
    yield ("gate",)
    yield ("gate", "publish", "99")
    queue(database, [put(folder / "archive", b"nothing", "one.pdf"), put(folder / "archive", b"none", "two.pdf")])
    asked(database, FAILED)
    yield ("queue",)
    yield ("report", "compare", "--kind", "工业和信息化", "--year", "2023", "-o", folder / "compared.html")
    yield ("workbook", "none.pdf", "-o", folder / "none.xlsx")
    yield ("withdraw", "1", "--why", "更正")
    yield ("withdraw",)
    yield ("withdraw", "1", "--why", "更正")
    yield ("withdraw", "--undo", "1")
    yield ("forget",)
    yield ("reference", "series", folder / "none.csv")
    yield ("db", "refresh")
    yield ("db", "status")
    yield ("sync", folder / "none.toml")
