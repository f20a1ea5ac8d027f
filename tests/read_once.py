"""What was read of a document, kept for all workers of a test run.

Reading a document of the corpus takes up to some seconds, and several modules ask for each of them, on any worker.
"""

import fcntl
import hashlib
import os
import pickle
import shutil
import tempfile
from pathlib import Path

import pytest

from ingest.pipeline import extract
from warehouse.records.reading import Extraction

FOLDER = "JUESUAN_TEST_READINGS"  # workers inherit it from the process that starts them


def provide_folder(config: pytest.Config) -> None:
    """In the process that starts the workers: a folder for the run, removed at its end."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="juesuan-readings-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ[FOLDER], ignore_errors=True))


def read_once(path: Path) -> Extraction:
    """As `extract`, once for all workers."""
    kept = Path(os.environ[FOLDER], hashlib.sha256(str(path).encode()).hexdigest())
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(extract(path)))
    return pickle.loads(kept.read_bytes())
