"""Fetching: new and changed documents of the sources of a manifest go into the archive and are recorded.

No document is read here; `SyncReport.to_read` lists the files for the nightly run to read.
"""

from ingest.sync.archive import Archive, archive_of
from ingest.sync.manifest import Manifest, read_manifest
from ingest.sync.report import SyncItem, SyncReport
from ingest.sync.run import plan, sync

__all__ = ["Archive", "Manifest", "SyncItem", "SyncReport", "archive_of", "plan", "read_manifest", "sync"]
