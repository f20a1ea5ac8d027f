"""Files with pages that are pictures wait in a queue of their own, and are read again where pictures can be read."""

import pytest

from ingest.nightly import attempt as attempts
from ingest.pipeline import extract
from ingest.version import parser_version
from tests.ingest.truth import BAD, SAMPLES
from tests.work.nights import asked
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.errors import Superseded
from warehouse.load.document import load
from warehouse.records.reading import WITH_PICTURES
from warehouse.work import jobs, readings

WITHOUT, WITH = parser_version(), parser_version(recognises=True)
SCAN, DIGITAL = jobs.File("1" * 64, "scan.pdf", "file:///scan.pdf"), jobs.File("2" * 64, "a.pdf", "file:///a.pdf")
QUEUES = "select queueing_lock, queue_name from procrastinate.procrastinate_jobs order by 1"


@pytest.fixture
def context(database, tmp_path, monkeypatch):
    monkeypatch.setattr(attempts, "reading_version", lambda: WITH)
    return attempts.WorkerContext(database, Settings(database_url=database, archive=tmp_path), [])


def begun(context):
    with context.session() as connection:
        return readings.begin(connection, SCAN.sha256, WITH)


def queued(context, *files) -> None:
    with context.session() as connection:
        jobs.enqueue(connection, files, WITH)


def taken(connection, *files) -> None:
    """As a worker that takes the jobs of these files and ends them."""
    with connection.transaction():
        jobs.drop(connection, [file.sha256 for file in files])


def stored(database):
    return asked(
        database,
        "select status, attempts, pictures, recognised from warehouse.reading where sha256 = %s",
        [SCAN.sha256],
    )


def plays(monkeypatch, *pages) -> None:
    """The reading of the file reaches these pages, and is then refused. What is no page is called there."""

    def extract_isolated(path, limits, url, attachments, told):
        for page in pages:
            page() if callable(page) else told.reached(*page)
        raise attempts.errors.NoPages("scan.pdf")

    monkeypatch.setattr(attempts, "extract_isolated", extract_isolated)


def test_a_file_in_which_pictures_are_met_goes_into_the_other_queue(context, database, monkeypatch):
    queued(context, SCAN, DIGITAL)
    plays(monkeypatch, (0, 3))
    with pytest.raises(attempts.TryAgain) as again:
        attempts.ingest_archived(context, SCAN.sha256)
    assert again.value.queue == jobs.scans_name(WITH)
    assert stored(database) == [("waiting", 0, 3, 0)]  # the attempt is not counted
    with connect(database, autocommit=True) as connection:  # as after a restored backup: without its job
        taken(connection, SCAN, DIGITAL)
        assert jobs.repair_queue(connection, WITH, 30) == 2
        assert jobs.open_jobs(connection, WITH) == 2
    assert asked(database, QUEUES) == [(SCAN.sha256, jobs.scans_name(WITH)), (DIGITAL.sha256, jobs.queue_name(WITH))]


def test_between_two_pages_it_lets_files_go_first_that_came_meanwhile(context, database, monkeypatch):
    queued(context, SCAN)
    with context.session() as connection:
        readings.wait_for_pictures(connection, begun(context), 3)
        taken(connection, SCAN)
    plays(monkeypatch, (0, 3), lambda: queued(context, DIGITAL), (1, 3), (2, 3), (3, 3))
    with pytest.raises(attempts.TryAgain):
        attempts.ingest_archived(context, SCAN.sha256)
    assert stored(database) == [("waiting", 0, 3, 1)]
    with context.session() as connection:
        taken(connection, DIGITAL)
    plays(monkeypatch, (0, 3), (1, 3), (2, 3), (3, 3))
    attempts.ingest_archived(context, SCAN.sha256)
    assert stored(database) == [("failed", 1, 3, 3)]


def test_an_attempt_that_another_took_over_notes_nothing(context):
    queued(context, SCAN)
    earlier = begun(context)
    begun(context)
    with context.session() as connection, pytest.raises(Superseded):
        readings.note_pages(connection, earlier, 1, 3)
    with context.session() as connection, pytest.raises(Superseded):
        readings.wait_for_pictures(connection, earlier, 3)


def test_where_pictures_can_be_read_only_what_lacked_them_is_read_again(database):
    """A digital document counts as read; one that was refused as a scan, or lacks a page, does not."""
    digital = extract(SAMPLES / "shifan_gongxin_2023.txt")
    files = [
        jobs.File(digital.source.identity, "digital.txt", "file:///digital.txt"),
        jobs.File("3" * 64, "scanned.pdf", "file:///scanned.pdf"),
    ]
    with connect(database, autocommit=True) as connection:
        jobs.enqueue(connection, files, WITHOUT)
        load(connection, digital)
        for file, status in zip(files, ("loaded", "failed"), strict=True):
            attempt = readings.begin(connection, file.sha256, WITHOUT)
            readings.conclude(connection, attempt, status)
            taken(connection, file)
        again = jobs.to_reread(connection, WITH)
        assert {file.name for file in again} == {"digital.txt", "scanned.pdf"}
        assert jobs.enqueue(connection, again, WITH) == 1
        assert jobs.to_reread(connection, WITH) == []
    assert asked(database, QUEUES)[-1] == ("3" * 64, jobs.queue_name(WITH))


def test_the_version_says_whether_pictures_were_read(tmp_path):
    assert WITH == WITHOUT + WITH_PICTURES
    assert extract(SAMPLES / "shifan_gongxin_2023.txt").parser_version == WITHOUT
    assert (BAD / "scanned.pdf").is_file()


def killed(context, *pages) -> None:
    """A worker that begins the scan, reaches these pages and is killed; another takes its job over."""
    with context.session() as connection:
        attempt = readings.begin(connection, SCAN.sha256, WITH)
        for page in pages:
            readings.note_pages(connection, attempt, page, 9)
        taken(connection, SCAN)
        jobs.repair_queue(connection, WITH, 30)


def test_only_attempts_that_recognise_no_other_page_lead_into_quarantine(context, database):
    queued(context, SCAN)
    for page in range(1, 5):
        killed(context, *range(page + 1))
    assert stored(database) == [("reading", 4, 9, 4)]
    for _ in range(2):
        killed(context, *range(5))
    assert stored(database) == [("reading", 6, 9, 4)]
    killed(context, *range(5))
    assert stored(database) == [("quarantined", 7, 9, 4)]
