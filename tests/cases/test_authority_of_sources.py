"""The cases about sources, run as nights: whose figures are public afterwards."""

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cases.cases import CASES, needs_cases
from tests.work.nights import asked, environment

PUBLIC = """
select division_code, department, version, (select amount_wan from mart.metric_value
    where metric = 'expenditure' and document_id = disclosure.document_id)
from mart.disclosure where is_current order by 1
"""
HELD = "select reason from warehouse.held_parse where decision is null"
GENUINE = """
[[source]]
name = "genuine"
glob = "genuine.txt"
department = "平顶山市审计局"
fiscal_year = 2023
"""
IMPOSTOR = """
[[source]]
name = "impostor"
glob = "impostor.txt"
department = "洛阳市财政局"
fiscal_year = 2023
"""


@pytest.fixture
def night(database: str, tmp_path: Path):
    """A function that makes a nightly run of sources.toml in a copy of the case, and returns (exit status, output)."""

    def run(case: str, manifest: str | None = None) -> tuple[int, str]:
        folder = tmp_path / case
        shutil.copytree(CASES / case, folder, dirs_exist_ok=True)
        if manifest:
            (folder / "sources.toml").write_text(manifest, "utf-8")
        command = [sys.executable, "-m", "ingest.cli", "nightly", str(folder / "sources.toml"), "--jobs", "1"]
        surroundings = environment(database, tmp_path / "archive")
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.long
@needs_cases
def test_two_bodies_of_one_name_in_two_cities_stay_two(night, database):
    status, printed = night("same_name_two_cities")
    assert status == 0, printed
    assert asked(database, PUBLIC) == [
        ("110105", "朝阳区教育局", 1, Decimal("20195.28")),
        ("220104", "朝阳区教育局", 1, Decimal("2885.04")),
    ]


@needs_cases
@pytest.mark.long
def test_another_source_does_not_replace_the_figures_of_a_department(night, database):
    assert night("another_source_replaces_a_department", GENUINE)[0] == 0
    status, printed = night("another_source_replaces_a_department", GENUINE + IMPOSTOR)
    assert status == 1
    assert asked(database, PUBLIC) == [("410400", "平顶山市审计局", 1, Decimal("17406.96"))]
    ((reason,),) = asked(database, HELD)
    assert reason.startswith(
        "平顶山市审计局: comes from source impostor of sources.toml, which is for 洛阳市财政局, and the public version "
        "comes from source genuine of sources.toml, which is for 平顶山市审计局"
    )
    assert reason in printed
