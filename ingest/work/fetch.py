"""What a night works on: a sync, and every archived file that is not in the warehouse yet."""

from ingest.commands_sync import networks
from ingest.sync import Archive, Manifest, sync
from ingest.sync.errors import ArchiveFull, ArchiveUnusable, SyncRunning
from ingest.sync.run import SyncReport
from ingest.work.nightly import Fetched
from warehouse import sources
from warehouse.config import Settings
from warehouse.database import connect
from warehouse.job_queue import File
from warehouse.runs import Problem
from warehouse.source_records import FetchOutcome, KnownFile


def fetch(url: str, settings: Settings, manifest: Manifest) -> Fetched:
    """Syncs; a full archive ends that, and the night goes on with what came before. Raises psycopg's errors."""
    counts, problems = {}, []
    with connect(url) as connection:
        try:
            report = sync(connection, manifest, Archive(settings.archive_folder), networks(settings.allow_networks))
            counts, problems = {str(outcome): report.counts[outcome] for outcome in FetchOutcome}, _failed(report)
        except (ArchiveFull, ArchiveUnusable) as error:
            problems = [Problem("machine", "archive", str(error))]
        except SyncRunning as error:
            problems = [Problem("fetch", manifest.name, str(error))]
        files = tuple(_file(known) for known in sources.not_loaded(connection))
    return Fetched(counts, files, tuple(problems))


def _failed(report: SyncReport) -> list[Problem]:
    return [Problem("fetch", item.address, item.reason or "") for item in report.failed]


def _file(known: KnownFile) -> File:
    return File(known.sha256, known.file_name, known.address)
