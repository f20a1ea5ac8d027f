"""Workers read each queued file once, and a file that cannot be read is reported once."""

from pathlib import Path

from tests.ingest.truth import BAD
from tests.work.nights import GOOD, asked, finish, put_all, queue, readings, workers


def test_every_file_is_loaded_once_and_a_bad_one_is_reported_once(database, tmp_path: Path):
    bad = [BAD / "empty.pdf", BAD / "truncated.pdf"]
    files = put_all(tmp_path, [*GOOD[:3], *bad])
    assert queue(database, files) == 5
    assert queue(database, files) == 0
    with workers(database, tmp_path, 2) as started:
        assert finish(started) == [0, 0]
    said = readings(database)
    assert {name: status for name, (status, *_) in said.items()} == {
        **{path.name: "loaded" for path in GOOD[:3]},
        **{path.name: "failed" for path in bad},
    }
    assert said["empty.pdf"] == ("failed", 1, "the file is empty (0 bytes)")
    assert asked(database, "select source_name from mart.disclosure order by 1") == [(path.name,) for path in GOOD[:3]]
    assert queue(database, files) == 0
    assert asked(database, "select count(*) from procrastinate.procrastinate_jobs") == [(0,)]
