"""A landed revision never changes: databases that have run it would have other tables than new ones."""

from hashlib import sha256
from pathlib import Path

from warehouse.base.project_files import ROOT

VERSIONS = ROOT / "migrations" / "versions"
LISTED = Path(__file__).parents[1] / "expected" / "revisions.sha256"


def test_landed_revisions_are_unchanged():
    landed = [line.split() for line in LISTED.read_text("utf-8").splitlines()]
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in VERSIONS.iterdir() if path.is_file()}
    changed = [name for digest, name in landed if found.pop(name, None) != digest]
    assert changed == [], "a landed revision never changes, not even in a comment: restore it and add a new revision"
    assert sorted(found) == [], f"new revisions need their line in {LISTED.name}: sha256sum in migrations/versions"
