"""What a user with a Python that is too old reads: one line of words from make, from the command, and from pip."""

import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.test_layers import ROOT

AS_OLD = """
import runpy, sys
sys.version_info, sys.version = (3, 9, 2, "final", 0), "3.9.2 (default)"
runpy.run_module("ingest.cli", run_name="__main__")
"""
PRETENDS = """#!/bin/sh
case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac
"""


def test_the_command_names_the_python_it_needs():
    """The test of the version is the first thing the command does; here this Python says that it is another."""
    done = subprocess.run([sys.executable, "-c", AS_OLD], capture_output=True, text=True, cwd=ROOT)
    said = f"juesuan: needs Python 3.11 or newer, and {sys.executable} is 3.9.2\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_names_the_python_it_needs(tmp_path):
    python = tmp_path / "python3.9"
    python.write_text(PRETENDS)
    python.chmod(0o755)
    command = ["make", "--no-print-directory", "demo", f"PYTHON={python}", f"VENV={tmp_path / 'environment'}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    said = f"juesuan needs Python 3.11 or newer, and {python} is Python 3.9.2."
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.splitlines()[0] == f"{said} Name another one: make demo PYTHON=/path/to/python3.11"
    assert not (tmp_path / "environment").exists()


def test_pip_is_told_the_python_that_is_needed():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"] == ">=3.11"
