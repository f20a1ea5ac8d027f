"""In the Superset of `make bi`, while it runs: every filter reaches every chart, asked through its API."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.bi.scripts import DECLARED, declared

ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("BI_VENV", ROOT / ".venv-bi")) / "bin" / "python"
SCRIPT = ROOT / "docs" / "bi" / "superset" / "run.py"


def test_every_filter_reaches_every_chart():
    if not PYTHON.exists():
        pytest.skip(f"needs Superset in {PYTHON.parents[1].name}: make bi")
    done = subprocess.run([PYTHON, SCRIPT, "filters"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    if "not running" in done.stderr:
        pytest.skip("needs a running Superset: make bi")
    assert (done.returncode, done.stderr) == (0, "")
    for one in DECLARED["dashboards"]:
        assert f"{len(one['filters'])} filters reach {len(declared.cards_of(one))} charts" in done.stdout
