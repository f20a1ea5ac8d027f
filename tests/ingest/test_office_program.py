"""Old Word files and RTF: LibreOffice makes a .docx of each, which is read in its place."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

from ingest import errors
from ingest.isolation import Limits, each_made_ahead, extract_isolated, landlock
from ingest.pipeline import extract
from ingest.readers import format_named, read
from ingest.readers.office_program import conversions as module
from ingest.readers.office_program import libreoffice
from ingest.readers.office_program.conversions import Conversions
from tests.variants.look import Look
from tests.variants.word import docx_of

ROOT = Path(libreoffice.__file__).parents[3]
BEGINS_AS_WORD = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")
DOC = format_named("doc")
with_libreoffice = pytest.mark.skipif(libreoffice.program() is None, reason="needs LibreOffice")


@pytest.fixture
def made(monkeypatch):
    """The calls of a LibreOffice that makes the same .docx of every file but of those that hold `broken`."""
    calls: list[int] = []
    ours = Conversions()

    def to_docx(binary, originals, office_filter, seconds, must_confine):
        calls.append(len(originals))
        return [None if b"broken" in one else docx_of(Look()) for one in originals]

    monkeypatch.setattr(libreoffice, "program", lambda: Path("soffice.bin"))
    monkeypatch.setattr(libreoffice, "to_docx", to_docx)
    for user in ("ingest.readers.word.format", "ingest.isolation.conversions"):
        monkeypatch.setattr(f"{user}.conversions", ours)
    return calls


@pytest.mark.parametrize(("name", "content"), [("old.doc", BEGINS_AS_WORD), ("old.wps", BEGINS_AS_WORD)])
def test_the_file_that_was_made_is_read_and_the_source_is_the_original(name, content, tmp_path, made):
    path = tmp_path / name
    path.write_bytes(content)
    found = extract(path)
    assert (found.source.format, found.source.sha256) == ("doc", sha256(content).hexdigest())
    (tmp_path / "new.docx").write_bytes(docx_of(Look()))
    assert found.amounts == extract(tmp_path / "new.docx").amounts


def test_many_files_need_one_start(made):
    several = Conversions()
    several.convert([BEGINS_AS_WORD + bytes([n]) for n in range(5)], DOC, 10)
    assert several.made_of("3.doc", BEGINS_AS_WORD + b"\x03", DOC) == docx_of(Look())
    assert made == [5]


def test_a_folder_needs_one_start_for_its_files(tmp_path, made):
    paths = [tmp_path / f"{n}.doc" for n in range(4)]
    for n, path in enumerate(paths):
        path.write_bytes(BEGINS_AS_WORD + bytes([n]))
    (tmp_path / "page.html").write_text("<html><p>正文</p></html>", encoding="utf-8")
    assert [*each_made_ahead([*paths, tmp_path / "page.html"], Limits())] == [*paths, tmp_path / "page.html"]
    assert read(paths[2]).format == "doc"
    assert made == [4]


def test_a_file_that_libreoffice_does_not_open_is_named(tmp_path, made):
    path = tmp_path / "old.doc"
    path.write_bytes(BEGINS_AS_WORD + b"broken")
    with pytest.raises(errors.NotConverted) as refused:
        read(path)
    message = "the Word 97 file is damaged: LibreOffice does not open it, or not within 120 seconds"
    assert str(refused.value) == f"old.doc: {message}"


@pytest.mark.parametrize("reading", [read, extract_isolated])
def test_without_libreoffice_the_file_waits(reading, tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    path = tmp_path / "old.rtf"
    path.write_bytes(b"{\\rtf1\\ansi no table}")
    with pytest.raises(errors.NeedsLibreOffice) as waits:
        reading(path)
    install = "install it (Debian: libreoffice-writer-nogui)"
    assert str(waits.value) == f"old.rtf: waits for LibreOffice, which makes a .docx of files like this: {install}"


def test_a_process_that_may_start_nothing_reads_what_was_made_before(monkeypatch, tmp_path):
    given = Conversions()
    given.use_only({})
    monkeypatch.setattr(libreoffice, "to_docx", lambda *_: pytest.fail("started"))
    with pytest.raises(errors.NotConverted):
        given.made_of("old.doc", BEGINS_AS_WORD, DOC)
    assert module.conversions is not given


@with_libreoffice
def test_an_old_word_file_is_read_as_the_new_one(tmp_path):
    new = tmp_path / "made.docx"
    new.write_bytes(docx_of(Look()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [shutil.which("soffice") or "", profile, "--headless", "--convert-to", "doc:MS Word 97", new.name]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True)
    there = extract_isolated(tmp_path / "made.doc")
    assert there.source.format == "doc"
    assert [(one.table_code, one.row_key, one.measure, one.value, one.place.cell) for one in there.amounts] == [
        (one.table_code, one.row_key, one.measure, one.value, one.place.cell) for one in extract(new).amounts
    ]


# Stands in for LibreOffice: what it may do is said for every program that is started so.
PROBE = """
import socket, sys
from pathlib import Path
made, beside, secret, port = sys.argv[1:]
def tried(what):
    try:
        what()
        return "may"
    except OSError as error:
        return type(error).__name__
print(
    tried(lambda: Path(made).write_text("x")), tried(lambda: Path(beside).write_text("x")),
    tried(lambda: Path(secret).read_text()), tried(lambda: socket.create_connection(("127.0.0.1", int(port)), 1)),
    tried(lambda: socket.socket(socket.AF_UNIX)), tried(lambda: Path("/proc/1/environ").read_bytes()),
)
"""
needs_landlock = pytest.mark.skipif(not landlock.version(), reason="needs Landlock, which this kernel does not have")
PYTHON = shutil.which("python3", path=os.pathsep.join(("/usr/bin", "/usr/local/bin")))
with_python = pytest.mark.skipif(PYTHON is None, reason="needs a python3 among the programs of the machine")


@needs_landlock
@with_python
def test_the_program_writes_in_its_folder_alone_reads_what_is_installed_and_has_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server, tempfile.TemporaryDirectory(dir="/var/tmp") as around:
        folder, beside, secret = (Path(around) / name for name in ("own", "beside.txt", "secret.txt"))
        folder.mkdir()
        secret.write_text("secret")
        Path(around).chmod(0o777)  # so that nothing but the rules is in the way
        program = [PYTHON or "", "-I", "-S", "-c", PROBE, *map(str, (folder / "made.txt", beside, secret))]
        arguments = [str(os.getpid()), str(folder), "20", "confined", *program, str(server.getsockname()[1])]
        ran = subprocess.run(
            [sys.executable, "-P", "-m", libreoffice.LAUNCHER, *arguments],
            capture_output=True, text=True, check=False, cwd="/", env={"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        refused = "PermissionError"
        assert ran.stdout.split() == ["may", refused, refused, refused, "may", refused], ran.stderr
        assert ((folder / "made.txt").read_text(), beside.exists()) == ("x", False)


@with_libreoffice
@needs_landlock
def test_libreoffice_works_under_these_rules(tmp_path):
    [made] = libreoffice.to_docx(
        libreoffice.program(), [b"{\\rtf1\\ansi table}"], format_named("rtf").office_filter, 120, must_confine=True
    )
    assert made is not None and made.startswith(b"PK")
