"""Fetching: what is new or changed at the sources of a manifest goes into the archive, and is recorded.

Nothing is read here; `SyncReport.to_read` is what a night reads next.
"""

from ingest.sync.archive import Archive
from ingest.sync.manifest import Manifest, read_manifest
from ingest.sync.report import SyncItem, SyncReport
from ingest.sync.run import plan, sync

__all__ = ["Archive", "Manifest", "SyncItem", "SyncReport", "plan", "read_manifest", "sync"]
