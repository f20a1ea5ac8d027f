"""axe-core in a page of Chromium: what keeps people from using the page, as far as a program finds it."""

import hashlib
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.web.chromium import Chromium

PACKAGE, FILE = "axe-core@4.14.1", "package/axe.min.js"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
GRAVE = ("serious", "critical")
NPM = shutil.which("npm") if shutil.which("node") else None


def axe(folder: Path) -> str:
    """Its script. The test is skipped where npm is missing or does not get it."""
    if NPM is None:
        pytest.skip("axe-core needs node with npm")
    packed = subprocess.run([NPM, "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True, timeout=120)
    if packed.returncode:
        pytest.skip(f"npm does not get {PACKAGE}")
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        script = archive.extractfile(FILE).read()
    assert hashlib.sha256(script).hexdigest() == SHA256
    return script.decode()


def findings(browser: Chromium, script: str) -> list[str]:
    """The serious and critical ones of the page that is open: rule, and where."""
    browser.value(f"{script}; 0")
    found = browser.value(
        "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found.violations))"
    )
    grave = [one for one in json.loads(found) if one["impact"] in GRAVE]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in grave for node in one["nodes"][:2]]
