"""The pages of `juesuan serve` as files for any web server: every page that links lead to, with the same content."""

from ingest.pages.web.site.snapshot import Snapshot
from ingest.pages.web.site.write import Written, write_site

__all__ = ["Snapshot", "Written", "write_site"]
