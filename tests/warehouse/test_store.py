"""The store of the archive: a machine that fetched puts a file there, another that reads takes it."""

from hashlib import sha256
from pathlib import Path

import pytest

from ingest.nightly.attempt import archived, at_hand
from ingest.sync import Archive, archive_of
from ingest.sync.errors import ArchiveUnusable
from warehouse.base.config import Settings
from warehouse.base.errors import StoreUnusable
from warehouse.base.store import Store

CONTENT = "示范市工业和信息化局".encode()
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture(params=["file", "memory"])
def url(request, tmp_path: Path) -> str:
    return (tmp_path / "store").as_uri() if request.param == "file" else f"memory:/{tmp_path}"


def machine(folder: Path, url: str) -> Settings:
    return Settings(home=folder, archive=folder / "archive", archive_store=url)


def received(archive: Archive) -> Path:
    with archive.receive() as incoming:
        incoming.write(CONTENT)
        return incoming.keep().path


def test_what_one_machine_archived_another_has(url, tmp_path):
    first, second = (archive_of(machine(tmp_path / name, url)) for name in ("first", "second"))
    assert not second.holds(DIGEST) and not second.is_sound(DIGEST)
    received(first)
    assert second.holds(DIGEST) and not second.path(DIGEST).exists()
    assert second.file(DIGEST).read_bytes() == CONTENT and second.is_sound(DIGEST)


def test_a_worker_has_a_file_only_while_it_reads(url, tmp_path):
    received(archive_of(machine(tmp_path / "first", url)))
    reading = machine(tmp_path / "second", url)
    with at_hand(reading, [DIGEST]) as folder:
        assert archived(folder, DIGEST).read_bytes() == CONTENT
    assert not folder.exists() and not archived(reading.archive_folder, DIGEST).exists()


def test_a_file_is_copied_once_and_what_was_lost_is_copied_again(url, tmp_path):
    archive = archive_of(machine(tmp_path / "first", url))
    received(archive)
    store = Store(url)
    store.remove(DIGEST)
    assert archive.holds(DIGEST) and not store.holds(DIGEST)
    received(archive)
    assert store.holds(DIGEST)


def test_what_is_forgotten_is_removed_from_the_store(url, tmp_path):
    archive = archive_of(machine(tmp_path / "first", url))
    received(archive)
    archive.remove(DIGEST)
    archive.remove(DIGEST)
    assert not Store(url).holds(DIGEST) and not archive.holds(DIGEST)


def test_a_file_that_is_in_no_place_is_missing(url, tmp_path):
    with pytest.raises(FileNotFoundError), at_hand(machine(tmp_path, url), [DIGEST]):
        pass
    with pytest.raises(ArchiveUnusable):
        archive_of(machine(tmp_path, url)).file(DIGEST)


def test_other_bytes_under_a_name_are_refused(tmp_path):
    path = archived(tmp_path / "store", DIGEST)
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT + b" ")
    with pytest.raises(StoreUnusable, match="the bytes of another file"):
        Store((tmp_path / "store").as_uri()).bring(DIGEST, tmp_path / "file")
    assert not (tmp_path / "file").exists()
    assert not archive_of(machine(tmp_path, (tmp_path / "store").as_uri())).is_sound(DIGEST)


def test_an_address_that_nothing_knows_is_a_fault_of_the_machine():
    with pytest.raises(StoreUnusable, match=r"^The storage of the archive cannot be used: nothing://here: ValueError"):
        Store("nothing://here")
