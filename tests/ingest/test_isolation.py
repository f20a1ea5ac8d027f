"""Isolation of readers: a reader that crashes or misbehaves gives one message for its document and affects no other."""

import os
import re
import resource
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from ingest import errors
from ingest.isolation import Limits, extract_isolated
from ingest.isolation.confine import Missing
from ingest.isolation.messages import Answer, decode, encode
from ingest.isolation.opened import OpenedPath
from ingest.isolation.parent import extract_measured
from ingest.isolation.process import ServerProcess
from ingest.nightly import attempt
from ingest.nightly.batch import ingest
from ingest.nightly.read_files import limits_of
from ingest.pipeline import extract
from tests.ingest.truth import BAD, SAMPLES
from warehouse.base.config import Settings

ROOT = Path(__file__).parents[2]
SOUND, OTHER = SAMPLES / "pingdingshan_gongxin_2023.txt", SAMPLES / "shifan_gongxin_2023.txt"
PDF = SAMPLES / "foshan_guidao_2019.pdf"
TIGHT = Limits(memory_mb=128, seconds=20, output_mb=4)


@pytest.mark.parametrize("path", [SOUND, PDF], ids=["text", "pdf"])
def test_an_isolated_reader_returns_the_same_extraction(path):
    here, there = extract(path, "https://example.org/a"), extract_isolated(path, url="https://example.org/a")
    assert there == here
    assert repr(there) == repr(here)  # 1.0 == 1.00, but it was not printed so


OPENS_NOTHING = """
import os, sys
from pathlib import Path
from ingest import errors
from ingest.isolation.warm_up import warm_up
from ingest.pipeline import extract
from ingest.readers.pdf.scan import pictures
os.geteuid = lambda: 0  # for root more is loaded
warm_up()
pictures.use_only({})
files = [Path(name) for name in sys.argv[1:]]
known, opened = set(sys.modules), []
sys.addaudithook(lambda event, of: opened.append(of[0]) if event in ("open", "os.listdir") else None)
for file in files:
    try:
        extract(file)
    except errors.IngestError:
        pass
print(set(opened) - set(files) - set(map(str, files)), set(sys.modules) - known)
"""


def test_a_reader_opens_nothing_but_its_document():
    """All else is loaded before: a reader that has given up root could not open it where only root may."""
    files = [*sorted(BAD.glob("*.*")), *sorted(SAMPLES.glob("*.txt")), *sorted(SAMPLES.glob("*.pdf"))[::4]]
    done = subprocess.run(
        [sys.executable, "-c", OPENS_NOTHING, *files], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}
    )
    assert done.stdout == "set() set()\n", done.stderr


@pytest.mark.parametrize("path", sorted(BAD.glob("*.*")), ids=lambda path: path.name)
def test_a_bad_file_gives_the_same_message_in_an_isolated_reader(path):
    with pytest.raises(errors.IngestError) as here:
        extract(path)
    with pytest.raises(type(here.value)) as there:
        extract_isolated(path)
    assert (str(there.value), there.value.page) == (str(here.value), here.value.page)


def test_a_directory_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(errors.NotAFile, match=r"is a directory; name the files in it"):
        extract_isolated(tmp_path)
    with pytest.raises(errors.MachineError, match=r"^gone\.pdf: cannot be read: No such file or directory$"):
        extract_isolated(tmp_path / "gone.pdf")


def test_more_pages_than_the_limit_are_refused():
    with pytest.raises(errors.TooManyPages, match="has 5000 pages, more than the 4000 a disclosure may have"):
        extract_isolated(BAD / "blank_5000.pdf", Limits(pages=4000))


def test_a_reader_that_waits_for_ever_is_ended(tmp_path):
    """Reading a pipe without a writer never returns."""
    os.mkfifo(tmp_path / "endless.pdf")
    began = time.monotonic()
    with pytest.raises(errors.TooSlow, match=r"^endless\.pdf: .*longer than the 0\.5 seconds"):
        extract_isolated(tmp_path / "endless.pdf", Limits(seconds=0.5))
    assert time.monotonic() - began < 10


def test_a_document_that_needs_too_much_memory_is_refused():
    with pytest.raises(errors.TooMuchMemory, match=r"^zero: .*more than the 64 MB"):
        extract_isolated(Path("/dev/zero"), Limits(memory_mb=64))


def test_an_answer_larger_than_the_limit_is_refused():
    with pytest.raises(errors.TooMuchOutput, match="reading it gave more than 0 MB"):
        extract_isolated(SOUND, Limits(output_mb=0))


@pytest.fixture(scope="module")
def taken_over():
    server = ServerProcess("tests.hostile.executes_documents")
    yield server
    server.stop()


@pytest.fixture
def run(taken_over, tmp_path):
    """A function that reads a document which executes a program in the reader; returns the result or error."""

    def run(program: str, limits: Limits = TIGHT):
        path = tmp_path / "hostile.pdf"
        path.write_text(program, encoding="utf-8")
        return extract_measured(path, limits, None, taken_over)

    return run


DEATHS = {
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", errors.ReaderCrashed, "SIGSEGV"),
    "abort": ("import ctypes; ctypes.CDLL(None).abort()", errors.ReaderCrashed, "SIGABRT"),
    "killed": ("import signal; signal.raise_signal(9)", errors.ReaderKilled, "SIGKILL"),
    "eats memory": ("all = [bytearray(1 << 20) for _ in range(10_000)]", errors.TooMuchMemory, "128 MB"),
    "one large piece": ("bytearray(1 << 40)", errors.TooMuchMemory, "128 MB"),
    "an error of ours": ("{}['名']", errors.ReaderFailed, r"KeyError: '名' \(executes_documents.py:11, execute\)"),
    "recursion": ("def f(): f()\nf()", errors.ReaderFailed, "RecursionError"),
    "no answer": ("import os; os._exit(0)", errors.UntrustedAnswer, "not what a reader delivers"),
    "half an answer": ("import os; os.write(3, b'{\"extraction'); os._exit(0)", errors.UntrustedAnswer, "JSON"),
    "something else": ("import os; os.write(3, b'[1, 2]'); os._exit(0)", errors.UntrustedAnswer, "delivers"),
    "an error that is none": (
        'import os; os.write(3, b\'{"refusal": {"error": "visible"}}\'); os._exit(0)',
        errors.UntrustedAnswer,
        "no error visible",
    ),
    "a huge answer": ("import os\nwhile True: os.write(3, bytes(1 << 20))", errors.ReaderFailed, "File too large"),
    "leaves by exit": ("raise SystemExit(7)", errors.ReaderFailed, "SystemExit: 7"),
    "a terminal's codes": ("raise KeyError('\\x1b[2J\\u202e')", errors.ReaderFailed, "KeyError"),
}


@pytest.mark.parametrize("case", DEATHS)
def test_a_reader_that_crashes_gives_a_message_of_one_line(run, case):
    program, error, says = DEATHS[case]
    with pytest.raises(error, match=f"^hostile\\.pdf: .*{says}") as caught:
        run(program)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("program", ["while True: pass", "import time; time.sleep(1000)"], ids=["works", "sleeps"])
def test_a_reader_that_does_not_end_is_killed(run, program):
    with pytest.raises(errors.TooSlow, match="longer than the 1 seconds"):
        run(program, Limits(seconds=1))


SAYS_WHAT = "import os; raise ValueError({})"
OPEN_DESCRIPTORS = "[n for n in range(32) if not __import__('ctypes').CDLL(None).fstat(n, bytes(256))]"


def asked(run, expression: str) -> str:
    """The value of an expression inside a reader."""
    with pytest.raises(errors.ReaderFailed) as caught:
        run(SAYS_WHAT.format(expression))
    return re.search(r"ValueError: (.*) \(executes_documents", str(caught.value))[1]


@pytest.mark.parametrize(
    ("kind", "bound"),
    [("CPU", (20, 21)), ("FSIZE", (4 << 20,) * 2), ("CORE", (0, 0)), ("NPROC", (0, 0)), ("NOFILE", (32, 32))],
)
def test_a_reader_has_resource_limits(run, kind, bound):
    assert asked(run, f"__import__('resource').getrlimit({getattr(resource, 'RLIMIT_' + kind)})") == str(bound)


def test_a_reader_has_no_secret_and_no_open_descriptor(run, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", "postgresql://u:secret@127.0.0.1/x")
    opened = socket.socket()
    assert (
        asked(run, "sorted(os.environ)") == "['LC_ALL', 'LC_CTYPE', 'PATH', 'PYTHONPATH']"
        or asked(run, "sorted(os.environ)") == "['LC_ALL', 'PATH', 'PYTHONPATH']"
    )
    assert asked(run, OPEN_DESCRIPTORS) == "[0, 1, 2, 3, 4]"  # 4 is the document
    opened.close()


def test_output_of_a_reader_is_not_printed(run, capfd):
    with pytest.raises(errors.UntrustedAnswer):
        run("import os\nprint('noise')\nos.write(2, b'noise')\nos._exit(0)")
    assert capfd.readouterr() == ("", "")


def test_endless_printing_fills_no_disk(run):
    with pytest.raises(errors.TooMuchOutput, match="more than 4 MB"):
        run("import os\nwhile True: os.write(1, bytes(1 << 20))")


REFUSED = {
    "a process": "os.fork()",
    "a thread": "__import__('_thread').start_new_thread(print, ())",
    "a program": "os.execv('/bin/true', ['true'])",
    "a program of its own": "__import__('subprocess').run(['true'])",
    "a network": "__import__('socket').socket()",
    "a file to write": "open('{folder}/new', 'w')",
    "a file to add to": "open('{folder}/kept', 'a')",
    "a file to remove": "os.remove('{folder}/kept')",
    "a file to rename": "os.rename('{folder}/kept', '{folder}/new')",
    "a file to shorten": "os.truncate('{folder}/kept', 0)",
    "a folder": "os.mkdir('{folder}/new')",
    "a link": "os.symlink('/etc/passwd', '{folder}/new')",
    "a signal to others": "os.kill(os.getppid(), 9)",
    "more memory": "__import__('resource').setrlimit(9, (-1, -1))",
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_reader_is_refused_what_it_may_not_do(run, case, tmp_path):
    (tmp_path / "kept").write_text("kept")
    with pytest.raises(errors.ReaderFailed, match=r"not permitted|not allowed|can't start new thread"):
        run(f"import os; {REFUSED[case].format(folder=tmp_path)}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hostile.pdf", "kept"]
    assert (tmp_path / "kept").read_text() == "kept"


ANSWERS = "import os; os.write(3, {!r}); os._exit(0)"


def test_an_answer_about_another_file_is_refused(run):
    with pytest.raises(errors.FileChanged):
        run(ANSWERS.format(encode(Answer(extract(SOUND)))))


def test_an_answer_with_an_unknown_kind_of_document_is_refused(run):
    read = extract(SOUND)
    other = replace(read, profile=replace(read.profile, kind="plan"))
    with pytest.raises(errors.UntrustedAnswer, match="names no kind of document"):
        run(ANSWERS.format(encode(Answer(other))))


@pytest.mark.parametrize(
    ("printed", "spoilt"),
    [
        ('"status":"as_printed"', '"status":"certain"'),
        ('"presence":"number"', '"presence":7'),
        ('"value":"0.00"', '"value":"NaN"'),
        ('"value":"0.00"', '"value":"1e"'),
        ('"row_no":1', '"row_no":"1"'),
        ('"row_no":1', '"row_no":1.5'),
        ('"amounts":[', '"amounts":[null,'),
        ('"fiscal_year":2023', '"fiscal_year":"2023"'),
    ],
)
def test_an_answer_is_checked_field_by_field(printed, spoilt):
    answer = encode(Answer(extract(SOUND))).decode()
    assert printed in answer and decode(Answer, answer.encode())
    with pytest.raises(ValueError):
        decode(Answer, answer.replace(printed, spoilt, 1).encode())


def test_answers_of_concurrent_readers_are_not_mixed():
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(extract_isolated, [SOUND, OTHER] * 4))
    assert [extraction.source.name for extraction in read] == [SOUND.name, OTHER.name] * 4


def test_a_reader_whose_server_has_ended_already_does_not_begin():
    """The kernel kills a reader only when its server ends after the reader has asked for that."""
    program = "from ingest.isolation.confine import end_with_parent; end_with_parent(1)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr.rpartition("\n")[0].rpartition("\n")[2]) == (
        1, "ProcessLookupError: [Errno 3] the parent process has ended",
    )  # fmt: skip


def test_a_server_that_is_killed_is_started_again(taken_over, run):
    assert asked(run, "1 + 1") == "2"
    taken_over._process.kill()
    assert asked(run, "1 + 1") == "2"


def test_stopping_ends_running_readers(tmp_path):
    server = ServerProcess()
    os.mkfifo(tmp_path / "endless.pdf")
    threading.Timer(2, server.stop).start()
    with pytest.raises(errors.ReaderLost, match="it was stopped"):
        extract_measured(tmp_path / "endless.pdf", Limits(), None, server)


def test_several_readers_load_in_the_order_given(connection, tmp_path):
    """The first document is slow; the others, which are read sooner, are loaded after it."""
    paths = [PDF, BAD / "empty.pdf", SOUND, OTHER, tmp_path / "gone.pdf", SOUND]
    outcomes = list(ingest(connection, paths, jobs=3))
    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.loaded and outcome.loaded.outcome.value for outcome in outcomes] == [
        "new_document", None, "new_document", "new_document", None, "unchanged",
    ]  # fmt: skip
    assert [type(outcome.error).__name__ for outcome in outcomes if outcome.error] == ["EmptyFile", "MachineError"]


def test_limits_are_read_from_the_environment(juesuan, monkeypatch):
    monkeypatch.setenv("JUESUAN_MAX_PAGES", "3")
    result = juesuan("ingest", PDF)
    assert result.exit_code == 1
    assert re.search(r"has \d+ pages, more than the 3 a disclosure may have", result.stderr)


def test_a_setting_that_is_no_number_gives_a_message(juesuan, monkeypatch):
    monkeypatch.setenv("JUESUAN_MAX_PAGES", "many")
    result = juesuan("ingest", PDF)
    assert result.exit_code == 2
    assert result.stderr.startswith("juesuan: JUESUAN_MAX_PAGES=many: Input should be a valid integer")


def test_a_file_name_that_is_not_valid_utf_8_can_be_ingested(juesuan, connection, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff[bold]\x1b[2J\n.txt"))
    path.write_bytes(SOUND.read_bytes())
    result = juesuan("ingest", path, tmp_path / "\x1bgone\n.pdf")
    assert result.exit_code == 1, result.exception
    assert result.stderr == "juesuan: \ufffdgone .pdf: cannot be read: No such file or directory\n"
    assert "\x1b" not in result.stdout
    assert connection.execute("select count(*) from mart.disclosure").fetchone() == (1,)


def test_required_confinement_is_a_setting(monkeypatch):
    monkeypatch.setenv("JUESUAN_REQUIRE_CONFINEMENT", "1")
    assert limits_of(Settings()).must_confine


def test_missing_confinement_is_said_by_the_command(juesuan, connection, monkeypatch):
    monkeypatch.setattr("ingest.cli.main.unconfined", lambda: (Missing.FILES,))
    result = juesuan("ingest", SOUND)
    assert result.stderr.startswith("juesuan: readers are not confined in every respect: other files can be read")


def test_missing_confinement_is_logged_once_by_a_worker():
    attempt._warn_of.cache_clear()
    with structlog.testing.capture_logs() as logged:
        for _ in range(2):
            attempt._warn_of((Missing.CALLS,))
            attempt._warn_of(())
    assert [(event["event"], event["respects"]) for event in logged] == [("reader.not_confined", (Missing.CALLS,))]


def test_an_opened_path_reads_its_file_again_and_a_pipe_once(tmp_path):
    (tmp_path / "file").write_bytes(b"kept")
    file = OpenedPath.of(tmp_path / "file")
    (tmp_path / "file").unlink()
    os.mkfifo(tmp_path / "pipe")
    threading.Thread(target=(tmp_path / "pipe").write_bytes, args=[b"sent"]).start()
    pipe, folder, gone = (OpenedPath.of(tmp_path / name) for name in ("pipe", "", "gone"))
    assert [file.read_bytes(), file.read_text(), pipe.read_bytes(), pipe.read_bytes()] == [
        b"kept",
        "kept",
        b"sent",
        b"sent",
    ]
    assert [path.is_dir() for path in (file, pipe, folder, gone)] == [False, False, True, False]
    with pytest.raises(FileNotFoundError):
        gone.read_bytes()
