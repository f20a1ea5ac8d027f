"""The version of the reading changes when an extraction or a declaration changes, and not when a file is moved."""

import shutil
from pathlib import Path

import pytest

from ingest import version
from ingest.version import READING, digest_of, parser_version
from tests.readings import readings, recorded


def test_a_changed_extraction_needs_a_higher_number():
    known, now = recorded(), readings()
    assert known["reading"] == READING, "python -m tests.readings writes the new readings down"
    changed = [name for name in now if now[name] != known["samples"].get(name)]
    assert changed == [], "raise READING in ingest/version.py, then python -m tests.readings"
    assert set(known["samples"]) == set(now)


def test_the_version_begins_with_the_number():
    assert parser_version().startswith(f"{READING}+")


def test_a_moved_file_or_a_comment_does_not_change_the_digest(tmp_path: Path):
    first, elsewhere = tmp_path / "a.toml", tmp_path / "b" / "c.toml"
    first.write_text('key = "value"\nother = 1\n', "utf-8")
    elsewhere.parent.mkdir()
    elsewhere.write_text('# why\nother = 1\nkey   = "value"\n', "utf-8")
    assert digest_of([first]) == digest_of([elsewhere])


def test_the_layout_of_the_workbook_does_not_change_the_digest(tmp_path: Path):
    table, shown = tmp_path / "a.toml", tmp_path / "b.toml"
    table.write_text('code = "GK01"\n', "utf-8")
    shown.write_text('code = "GK01"\n[sheet]\nnote = "注"\n', "utf-8")
    assert digest_of([table]) == digest_of([shown])


def test_a_changed_metric_does_not_change_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "tables.toml").write_text("one = 1\n", "utf-8")
    monkeypatch.setattr(version, "_DECLARATIONS", (tmp_path,))
    before = version._declared.__wrapped__()
    (tmp_path / "metrics.toml").write_text("two = 2\n", "utf-8")
    assert version._declared.__wrapped__() == before
    (tmp_path / "others.toml").write_text("two = 2\n", "utf-8")
    assert version._declared.__wrapped__() != before


def test_a_wording_and_a_line_of_a_list_change_the_digest(tmp_path: Path):
    wording, listed = tmp_path / "a.toml", tmp_path / "list.csv"
    wording.write_text('key = "value"\n', "utf-8")
    listed.write_text("code,name\n1,a\n", "utf-8")
    before = digest_of([wording, listed])
    listed.write_text("code,name\n1,b\n", "utf-8")
    other_list = digest_of([wording, listed])
    wording.write_text('key = "another"\n', "utf-8")
    assert len({before, other_list, digest_of([wording, listed])}) == 3


def test_the_digest_is_the_same_in_every_folder(tmp_path: Path):
    folder = Path(__file__).parents[1] / "ingest"
    shutil.copytree(folder, tmp_path / "ingest", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert digest_of(folder.rglob("*.toml")) == digest_of((tmp_path / "ingest").rglob("*.toml"))
