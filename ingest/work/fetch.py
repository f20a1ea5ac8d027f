"""What a night works on: the files a manifest names, fetched into the archive."""

import shutil
from hashlib import sha256
from pathlib import Path

from ingest.work.attempt import archived
from ingest.work.nightly import Fetched
from warehouse.config import Settings
from warehouse.job_queue import File


def fetch(url: str, settings: Settings, manifest: Path) -> Fetched:
    files = []
    for path in sorted(manifest.iterdir()):
        digest = sha256(path.read_bytes()).hexdigest()
        target = archived(settings.archive, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(path, target)
        files.append(File(digest, path.name, path.as_uri()))
    return Fetched({"files": len(files)}, tuple(files))
