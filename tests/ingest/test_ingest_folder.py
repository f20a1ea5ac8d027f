"""`juesuan ingest FOLDER`: which files it reads, what it says on the way, and its table without a terminal."""

import os
import shutil
import subprocess
import sys

import pytest

from ingest.cli import output
from ingest.readers import suffixes
from ingest.readers.folders import look_in
from tests.ingest.truth import SAMPLES
from tests.test_layers import ROOT

SOUND, OTHER = SAMPLES / "pingdingshan_gongxin_2023.txt", SAMPLES / "shifan_gongxin_2023.txt"
COLUMNS = ["file", "department", "place", "year", "tables", "amounts", "repaired", "doubts", "outcome"]


@pytest.fixture
def folder(tmp_path):
    """Two documents, one of them behind a link to a folder; beside them what is left out."""
    root = tmp_path / "决算"
    (root / "b" / ".git").mkdir(parents=True)
    (elsewhere := tmp_path / "elsewhere").mkdir()
    shutil.copy(SOUND, root / "b" / f"{'长' * 40}.TXT")
    shutil.copy(OTHER, elsewhere / "a.txt")
    (root / "a").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(root)
    for name in ("notes.pptx", "list.csv", "~$a.txt", ".hidden.txt", "b/.git/config.txt"):
        (root / name).write_text("x")
    os.mkfifo(root / "pipe.txt")
    return root


def test_what_is_found_in_a_folder(folder):
    found = look_in(folder)
    assert [str(path.relative_to(folder)) for path in found.documents] == ["a/a.txt", f"b/{'长' * 40}.TXT"]
    assert (found.hidden, found.others, found.unlisted) == (3, 3, [])


def test_links_that_lead_nowhere_and_folders_that_cannot_be_listed(tmp_path):
    for name in ("gone", "turns"):
        (tmp_path / f"{name}.txt").symlink_to(tmp_path / ("turns.txt" if name == "turns" else "nothing"))
    found = look_in(tmp_path)
    assert [path.name for path in found.documents] == ["gone.txt", "turns.txt"]  # reading them says why they fail
    (error,) = look_in(tmp_path / ("d" * 300)).unlisted
    assert error.strerror == "File name too long"


def test_a_folder_is_ingested_and_its_table_is_whole_without_a_terminal(folder, database):
    command = [sys.executable, "-m", "ingest.cli", "ingest", folder, folder.parent / "none.txt"]
    narrow = os.environ | {"JUESUAN_DATABASE_URL": database, "COLUMNS": "40", "FORCE_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=narrow)
    assert done.returncode == 1
    heading, *rows = (line.split() for line in done.stdout.splitlines())
    assert heading == COLUMNS
    assert [len(row) for row in rows] == [10, 10]  # "new document" is two words
    assert f"{'长' * 40}.TXT" in done.stdout and "…" not in done.stdout
    assert done.stderr.splitlines() == [
        f"{folder}: 2 files; left out: 3 hidden, 3 of no known format",
        "juesuan: none.txt: cannot be read: No such file or directory",
    ]


def test_progress_is_said_without_a_terminal(juesuan, folder, monkeypatch):
    monkeypatch.setattr(output, "SAY_SECONDS", 0)
    said = juesuan("ingest", folder).stderr.splitlines()
    assert [line.rsplit(",", 1)[0] for line in said[1:]] == ["1 of 2 files read", "2 of 2 files read"]


def test_a_folder_without_documents_is_a_failure(juesuan, tmp_path):
    (tmp_path / "x.pptx").write_text("x")
    result = juesuan("ingest", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"{tmp_path}: 0 files; left out: 0 hidden, 1 of no known format",
        f"juesuan: {tmp_path}: holds no file whose name ends in {' or '.join(suffixes())}",
    ]
