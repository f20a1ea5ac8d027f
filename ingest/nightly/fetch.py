"""The files for a nightly run: those of a sync, and every archived file that is not in the warehouse yet."""

from dataclasses import replace

import psycopg

from ingest.isolation import stop_reading
from ingest.nightly.night import Fetched, Notice
from ingest.nightly.read_files import asking
from ingest.sync import Manifest, archive_of, sync
from ingest.sync.errors import ArchiveFull, ArchiveUnusable, SyncRunning
from ingest.sync.report import SyncReport
from ingest.sync.unexpected import reason_of
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.messages import _
from warehouse.records.sources import FetchOutcome, KnownFile, Purpose
from warehouse.work import sources
from warehouse.work.jobs import File
from warehouse.work.runs import Problem

# Outcomes that are listed in the report one by one; new documents are only counted.
WORTH_A_LINE = (FetchOutcome.CHANGED, FetchOutcome.RETURNED, FetchOutcome.VANISHED)
ANOTHER_PAGE = (FetchOutcome.NEW, FetchOutcome.CHANGED)


def fetch(url: str, settings: Settings, manifest: Manifest) -> Fetched:
    """Runs a sync. A full archive, or a fault of the project, ends it; the night goes on with the files fetched before.
    Raises psycopg's errors."""
    fetched, problems = Fetched(), []
    with connect(url) as connection:
        try:
            archive, ask = archive_of(settings), asking(settings)
            report = sync(connection, manifest, archive, settings.networks, ask=ask)
            fetched = _fetched(report, sources.http_responses(connection, report.run_id))
        except (ArchiveFull, ArchiveUnusable) as error:
            problems = [Problem("machine", "archive", str(error))]
        except SyncRunning as error:
            problems = [Problem("fetch", manifest.name, str(error))]
        except psycopg.Error:
            raise
        except Exception as error:
            problems = [Problem("machine", "sync", reason_of(error))]
        finally:
            stop_reading()  # asked whose the documents of archives are
        files = tuple(_file(known) for known in sources.not_loaded(connection))
    return replace(fetched, files=files, problems=(*fetched.problems, *problems))


def _fetched(report: SyncReport, answers: dict[str, int]) -> Fetched:
    counts = {str(outcome): report.counts[outcome] for outcome in FetchOutcome}
    notices = [Notice(str(item.outcome), item.address) for item in report.documents if item.outcome in WORTH_A_LINE]
    notices += [
        Notice("listing", f"{item.address}: {item.reason}")
        for item in report.items
        if item.purpose is Purpose.LISTING and item.outcome in ANOTHER_PAGE and item.reason
    ]
    notices += [
        Notice("parts", f"{item.address}: {item.reason}")
        for item in report.wholes
        if item.outcome is FetchOutcome.UNCHANGED and item.reason
    ]
    if report.adopted.moved:
        notices.append(
            Notice(
                "place",
                _("{moved} files now belong to the bodies that the manifest names").format(moved=report.adopted.moved),
            )
        )
    problems = [Problem("fetch", item.address, item.reason or "") for item in report.failed]
    problems += [
        Problem("failed", sha256, _("could not take its place: {why}").format(why=why))
        for sha256, why in report.adopted.refused
    ]
    return Fetched(counts, answers, (), tuple(notices), tuple(problems))


def _file(known: KnownFile) -> File:
    return File(known.sha256, known.file_name, known.address)
