"""A reading process that a document controls, as root and as another user: every attack is refused."""

import ctypes
import errno
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from ingest import errors
from ingest.isolation import Limits, child, landlock
from ingest.isolation.confine import PR_SET_DUMPABLE, Missing
from ingest.isolation.messages import Request
from ingest.isolation.parent import extract_measured
from ingest.isolation.process import ServerProcess
from ingest.isolation.unprivileged import NOBODY
from tests.hostile.attacks import OF_CALLS, OF_FILES, carry_out
from tests.ingest.truth import SAMPLES
from warehouse.records.reading import Extraction

SOUND = SAMPLES / "pingdingshan_gongxin_2023.txt"
ROOT, USER = 0, 61234
FONTS = Path("/usr/share/fonts")
TIGHT = Limits(memory_mb=128, seconds=20, output_mb=4)
needs_root = pytest.mark.skipif(os.geteuid() != ROOT, reason="only root can start processes of another user")
needs_landlock = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock: readers open files")


class Attacked:
    """The files of others, another process, and what became of the attacks on them by a reader of one user."""

    def __init__(self, folder: Path, user: int):
        self.folder, self.user = folder, user
        folder.chmod(0o755)  # with the files: everybody may read them, only Landlock refuses it
        for name in ("kept", ".pgpass", "document.txt"):
            (folder / name).write_text(name)
        with self._victim() as victim:
            self.outcomes = json.loads(self._by_a_reader(victim))
            self.is_victim_alive = victim.poll() is None

    @contextmanager
    def _victim(self) -> Iterator[subprocess.Popen]:
        """A process of the same user, so that only the filter refuses to signal it."""
        victim = subprocess.Popen(["sleep", "60"], user=self.user if os.geteuid() == ROOT else None)
        yield victim
        victim.kill()
        victim.wait()

    def _by_a_reader(self, victim: subprocess.Popen) -> str:
        names = {"folder": str(self.folder), "victim": victim.pid, "parent": os.getpid()}

        def attack(*_: object, **__: object) -> str:
            return carry_out(OF_CALLS | OF_FILES, **names)

        return _said(self.folder / "document.txt", attack, self.user)


@contextmanager
def reader(path: Path, extract: Callable[..., Extraction], user: int) -> Iterator[tuple[int, object]]:
    """A reading process of a user, with `extract` in the place of reading. Its id and what it prints."""
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as output:
        pid = os.fork()
        if pid == 0:
            _become(user)
            child.extract = extract
            child.read_and_exit(Request.to_read(path, None, TIGHT), answer.fileno(), output.fileno(), os.getppid())
        try:
            yield pid, output
        finally:
            if psutil.pid_exists(pid):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _become(user: int) -> None:
    if user != os.geteuid():
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # as for a process that was never root


USERS = [pytest.param(ROOT, marks=needs_root, id="root"), pytest.param(USER, id="user")]


@pytest.fixture(scope="module", params=USERS)
def user(request):
    """An id to read as; without root the tests have only their own."""
    return request.param if os.geteuid() == ROOT else os.geteuid()


@pytest.fixture(scope="module")
def attacked(user):
    with tempfile.TemporaryDirectory() as folder:  # every user may enter it, unlike tmp_path
        yield Attacked(Path(folder), user)


@pytest.mark.parametrize("attack", OF_CALLS)
def test_a_system_call_that_reading_does_not_need_is_refused(attacked, attack):
    assert attacked.outcomes[attack] == errno.EPERM


@needs_landlock
@pytest.mark.parametrize("attack", OF_FILES)
def test_a_file_that_reading_does_not_need_is_refused(attacked, attack):
    assert attacked.outcomes[attack] in (errno.EACCES, errno.EPERM)


def test_nothing_came_of_the_attacks(attacked):
    assert attacked.is_victim_alive
    assert {path.name: path.read_text() for path in attacked.folder.iterdir()} == {
        "kept": "kept", ".pgpass": ".pgpass", "document.txt": "document.txt",
    }  # fmt: skip


def test_a_reader_has_no_groups_capabilities_or_new_privileges(user):
    with reader(SOUND, lambda *_, **__: time.sleep(60), user) as (pid, _):
        status = _status(pid)
    assert status["Uid"].split() == [str(user or NOBODY)] * 4
    assert status["Gid"].split() == [str(user or NOBODY)] * 4
    assert (status["Groups"].strip(), status["NoNewPrivs"], status["Seccomp"]) == ("", "1", "2")
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {0}


def _status(pid: int) -> dict[str, str]:
    """/proc/PID/status of a process, once it is confined."""
    for _ in range(500):
        status = _status_of(pid)
        if status.get("Seccomp") == "2":
            return status
        time.sleep(0.02)
    raise AssertionError(f"process {pid} is not confined after 10 seconds")


def _status_of(pid: int) -> dict[str, str]:
    """/proc/PID/status; nothing of a process that has ended since it was listed."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@needs_root
def test_a_reader_that_gave_up_root_reads_what_only_root_may_open(tmp_path):
    document = tmp_path / "document.txt"
    document.write_text("2024年度部门决算")
    document.chmod(0o600)
    assert _said(document, lambda path, *_, **__: path.read_bytes().decode(), ROOT) == "2024年度部门决算"


@needs_landlock
@pytest.mark.skipif(not FONTS.is_dir(), reason="there are no fonts on this machine")
def test_fonts_can_be_read(user):
    """PDFium takes the width of a character from a font of the machine, where the document does not hold its font."""
    assert _said(SOUND, lambda *_, **__: sorted(os.listdir(FONTS)), user) == str(sorted(os.listdir(FONTS)))


@pytest.fixture
def without_landlock():
    server = ServerProcess("tests.hostile.without_landlock")
    yield server
    server.stop()


def test_a_machine_without_landlock_reads_and_says_so(without_landlock):
    ended = []
    read = extract_measured(SOUND, Limits(), None, without_landlock, ended.append)
    assert read.source.name == SOUND.name
    assert without_landlock.unconfined == ended[0].unconfined
    assert Missing.FILES in ended[0].unconfined


def test_a_machine_without_landlock_reads_nothing_where_confinement_is_required(without_landlock):
    with pytest.raises(errors.NotConfined, match=r"cannot confine the process that would read it: .*no Landlock"):
        extract_measured(SOUND, Limits(must_confine=True), None, without_landlock)


def test_a_measure_that_fails_is_an_error_of_the_machine(monkeypatch):
    def fails(rules: int) -> None:
        raise OSError(errno.E2BIG, "Landlock refuses its rules")

    monkeypatch.setattr(landlock, "version", lambda: 1)
    monkeypatch.setattr(landlock, "rules_to_read", lambda folders: 0)
    monkeypatch.setattr(landlock, "restrict", fails)
    with reader(SOUND, lambda *_, **__: None, os.geteuid()) as (pid, _):
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == child.NOT_CONFINED


def test_a_reader_ends_with_the_server_that_started_it(tmp_path):
    server = ServerProcess("tests.hostile.executes_documents")
    path = tmp_path / "endless.pdf"
    path.write_text("import time; time.sleep(600)")
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(extract_measured, path, Limits(), None, server)
        started = _reader_of(server)
        server.stop()
        with pytest.raises(errors.ReaderLost, match="it was stopped"):
            reading.result()
    assert psutil.wait_procs([started], timeout=10)[1] == []


def _reader_of(server: ServerProcess) -> psutil.Process:
    """The reading process of a server, once it is confined."""
    for _ in range(500):
        readers = psutil.Process(server._process.pid).children() if server._process else []
        for one in readers:
            if _status_of(one.pid).get("Seccomp") == "2":
                return one
        time.sleep(0.02)
    raise AssertionError("no reader is confined after 10 seconds")


def _said(path: Path, ask: Callable[..., object], user: int) -> str:
    """What a reader of a user finds, as it prints it."""

    def extract(*arguments: object, **named: object) -> Extraction:
        raise SystemExit(str(ask(*arguments, **named)))

    with reader(path, extract, user) as (pid, output):
        os.waitpid(pid, 0)
        output.seek(0)
        return output.read().decode().rpartition("SystemExit: ")[2].rstrip("\n")
