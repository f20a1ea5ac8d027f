"""ZIP archives: what is unpacked of them, what is refused by which line, and which files in one are one disclosure."""

import re
import stat
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

import pytest

from ingest import errors
from ingest.about.archives import disclosures_in
from ingest.about.files import InArchive, Said, grouped, said_of
from ingest.nightly.read_files import IN_THIS_PROCESS, read_each
from ingest.readers import FORMATS, is_archive, read, zip_archive
from ingest.readers.parts import Part
from ingest.readers.zip_archive import Packed, unpacked
from tests.ingest.archives import parts_of_sample, zip_of
from tests.ingest.truth import SAMPLES
from warehouse.kinds.kind import load_kinds
from warehouse.load.files import file_rows, source_values
from warehouse.records.reading import Scope

SAMPLE = SAMPLES / "shifan_gongxin_2023.txt"


@pytest.fixture
def archive(tmp_path):
    """Writes an archive of these bytes."""

    def write(content: bytes) -> Path:
        (path := tmp_path / "公开.zip").write_bytes(content)
        return path

    return write


def lines(path: Path) -> list[str]:
    """Documents by their names, everything else by the line that refuses it."""
    return [one.name if isinstance(one, Packed) else str(one) for one in unpacked(path, path.name, FORMATS)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_the_encoding_of_the_system_that_packed_them(archive, encoding):
    assert lines(archive(zip_of({"示范市审计局/决算说明.txt": b"text"}, encoding))) == ["示范市审计局/决算说明.txt"]


def test_what_systems_leave_behind_is_passed_over(archive):
    left = ("__MACOSX/._a.txt", "a/Thumbs.db", "a/.DS_Store", "~$a.docx", "a/", ".git/x.txt")
    assert lines(archive(zip_of(dict.fromkeys(left, b"x") | {"a\\b.txt": b"text"}))) == ["a/b.txt"]


def test_archives_in_archives_up_to_a_depth(archive):
    deep = zip_of({"d.txt": b"text"})
    for level in "cba":
        deep = zip_of({f"{level}.zip": deep, f"{level}.txt": b"text"}, method=ZIP_STORED)
    assert lines(archive(deep)) == [
        "公开.zip: a.zip/b.zip/c.zip: more than 3 archives are in one another",
        "a.zip/b.zip/c.txt",
        "a.zip/b.txt",
        "a.txt",
    ]


def link(name: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        info = ZipInfo(name)
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    return packed.getvalue()


def encrypted() -> bytes:
    """The flag of a password in both places where a ZIP archive has it."""
    content = bytearray(zip_of({"a.txt": b"text"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (zip_of({"../../etc/a.txt": b"x"}), "../../etc/a.txt: its path leads out of the archive"),
        (zip_of({"/etc/a.txt": b"x"}), "/etc/a.txt: its path leads out of the archive"),
        (zip_of({"C:\\a.txt": b"x"}), "C:/a.txt: its path leads out of the archive"),
        (link("a.txt"), "a.txt: is a link"),
        (encrypted(), "a.txt: is encrypted and needs a password"),
        (zip_of({"a.txt": b"text"}, method=ZIP_BZIP2), "a.txt: is packed by a method that is not read [(]12[)]"),
        (zip_of({"a.txt": b""}), "a.txt: the file is empty [(]0 bytes[)]"),
        (zip_of({"b/a.rar": b"Rar!\x1a\x07\x00"}), "b/a.rar: is none of: .* [(]it looks like a RAR archive[)]"),
        (zip_of({"a.7z": b"7z\xbc\xaf\x27\x1c"}), "a.7z: is none of: .* [(]it looks like a 7z archive[)]"),
        (zip_of({"a.zip": zip_of({"b.txt": b"text"})[:-30]}), "a.zip: the ZIP archive is damaged"),
        (zip_of({"a.txt": b"textmore"}, method=ZIP_STORED).replace(b"more", b"MORE"), "a.txt: .*damaged: Bad CRC"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read_is_named_with_its_archive_and_the_reason(archive, content, line):
    (said,) = lines(archive(content))
    assert re.match(f"公开[.]zip: {line}", said), said


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (zip_of({"a.txt": b" " * 9_000_000}), {}),  # a ratio of a thousand
        (zip_of({"a.txt": b"x" * 2000, "b.txt": b"x" * 2000}), {"LARGEST_MB": 0}),
        (zip_of(dict.fromkeys(("a.txt", "b.txt"), b"x")), {"MOST_FILES": 1}),
        (zip_of({"a.zip": zip_of({"b.txt": b"x"})}), {"MOST_FILES": 1}),
    ],
    ids=["ratio", "size", "files", "files in archives in it"],
)
def test_a_bomb_is_refused_as_a_whole(archive, monkeypatch, content, limits):
    for name, value in limits.items():
        monkeypatch.setattr(zip_archive, name, value)
    with pytest.raises(errors.TooMuchInArchive, match=r"^公开\.zip: the ZIP archive has \d+ files of \d+ MB unpacked"):
        lines(archive(content))


@pytest.mark.parametrize("at", [-22, -40])
def test_a_broken_list_of_files_is_damage(archive, at):
    """The end of the archive is lost, or its list of files overwritten."""
    content = zip_of({"a.txt": b"text"})
    path = archive(content[:at] if at == -22 else content[: at - 30] + b"\0" * 30 + content[at:])
    with pytest.raises(errors.PublisherError, match=r"公开\.zip: (the ZIP archive is damaged|is none of)"):
        read(path)


def test_an_office_file_is_no_archive(archive):
    assert is_archive(archive(zip_of({"a.txt": b"text"})))
    for part in ("[Content_Types].xml", "OFD.xml", "META-INF/manifest.xml"):
        assert not is_archive(archive(zip_of({part: b"<x/>", "a.txt": b"text"})))
    workbook = zip_of({"xl/workbook.xml": b"<x/>"}, method=ZIP_STORED)
    assert is_archive(archive(zip_of({"表.xlsx": workbook}, method=ZIP_STORED)))


def test_an_archive_without_documents(archive):
    with pytest.raises(errors.NothingInArchive, match=r"公开\.zip: the ZIP archive holds no document"):
        read(archive(zip_of({"Thumbs.db": b"x"})))


def file(path: str, body: str | None = None, year: int | None = None, **more: object) -> InArchive:
    return InArchive(PurePosixPath(path), Said(body, year, **more))


def groups(*files: InArchive) -> tuple[list[list[str]], list[str]]:
    found = grouped(files)
    return [[str(one.path) for one in group] for group in found.disclosures], [str(one.path) for one in found.nobodys]


AUDIT, LAW = "示范市审计局", "示范市司法局"


@pytest.mark.parametrize(
    ("files", "disclosures", "nobodys"),
    [
        ([file("表.xls"), file("说明.docx", AUDIT, 2024)], [["说明.docx", "表.xls"]], []),
        ([file("表.xls"), file("说明.docx")], [["表.xls", "说明.docx"]], []),
        ([file("a/表.xls"), file("b/说明.docx")], [], ["a/表.xls", "b/说明.docx"]),
        (
            [file("a/说明.docx", AUDIT, 2024), file("a/表.xls"), file("b/说明.docx", LAW, 2024), file("b/表.xls")],
            [["a/说明.docx", "a/表.xls"], ["b/说明.docx", "b/表.xls"]],
            [],
        ),
        (
            [file("1.docx", AUDIT, 2024), file("2.docx", LAW, 2024), file("表.xls")],
            [["1.docx"], ["2.docx"]],
            ["表.xls"],
        ),
        ([file("1.pdf", AUDIT, 2024), file("2.pdf", AUDIT, 2023)], [["1.pdf"], ["2.pdf"]], []),
        (
            [file("1.pdf", AUDIT, 2024, kind="budget"), file("2.pdf", AUDIT, 2024, kind="final_accounts")],
            [["1.pdf"], ["2.pdf"]],
            [],
        ),
        (
            [file("1.pdf", AUDIT, 2024, scope=Scope.UNIT), file("2.pdf", AUDIT, 2024, scope=Scope.DEPARTMENT)],
            [["1.pdf"], ["2.pdf"]],
            [],
        ),
        (
            [file("说明/a.docx", AUDIT, 2024, prose=900), file("表格/b.xls", "审计局", 2024)],
            [["说明/a.docx", "表格/b.xls"]],
            [],
        ),
        ([file("b.xls", AUDIT, 2024), file("a.docx", AUDIT, prose=900)], [["a.docx", "b.xls"]], []),
        (
            [file("1.pdf", AUDIT, 2024), file("2.pdf", AUDIT, 2023), file("3.pdf", AUDIT)],
            [["1.pdf"], ["2.pdf"]],
            ["3.pdf"],
        ),
    ],
)  # fmt: skip
def test_which_files_are_one_disclosure_is_said_by_them_and_never_guessed(files, disclosures, nobodys):
    assert groups(*files) == (disclosures, nobodys)


def test_an_archive_of_two_bodies_gives_two_documents_and_names_what_it_refuses(archive):
    files = {f"{body}/{name}": text for body in (AUDIT, LAW) for name, text in parts_of_sample(body).items()}
    path = archive(zip_of(files | {f"{LAW}/附件.rar": b"Rar!\x1a\x07\x00"}))
    ((given, found),) = read_each([path], IN_THIS_PROCESS)
    first, second, refused = (one.read for one in found)
    assert given == path and str(refused).startswith(f"公开.zip: {LAW}/附件.rar: is none of")
    for one, body in ((first, AUDIT), (second, LAW)):
        assert (one.profile.department, one.profile.fiscal_year, len(one.amounts)) == (body, 2023, 712)
        assert [file.name for file in one.source.files] == ["说明.txt", "表格.txt"]
        assert {amount.place.file_no for amount in one.amounts} == {2} and one.stated
        assert source_values(one.source)[1] == "说明.txt"


def test_a_disclosure_that_is_alone_in_an_archive_is_called_as_the_archive(archive):
    ((_, (one,)),) = read_each([archive(zip_of(parts_of_sample(AUDIT)))], IN_THIS_PROCESS)
    assert source_values(one.read.source)[1] == "公开.zip"
    assert [row[4] for row in file_rows(1, one.read.source)] == ["说明.txt", "表格.txt"]


def test_a_file_in_an_archive_that_cannot_be_read_is_named_with_its_archive(archive):
    path = archive(zip_of({f"a/{name}": text for name, text in parts_of_sample(AUDIT).items() if name == "说明.txt"}))
    ((_, (one,)),) = read_each([path], IN_THIS_PROCESS)
    assert isinstance(one.read, errors.NoRuledTables | errors.NotADisclosure)
    assert str(one.read).startswith("公开.zip: a/说明.txt: ")


def test_a_fault_of_the_machine_is_none_of_the_archive(archive, tmp_path):
    def ask(path: Path) -> Said:
        raise errors.ReaderKilled(path.name, signal="SIGKILL")

    (folder := tmp_path / "unpacked").mkdir()
    with pytest.raises(errors.ReaderKilled):
        disclosures_in(archive(zip_of({"a.txt": b"text"})), "公开.zip", folder, ask)


def test_what_a_document_says_of_itself(tmp_path):
    said = said_of(read(SAMPLE), load_kinds())
    assert (said.body, said.year, said.kind) == ("示范市工业和信息化局", 2023, "final_accounts")
    assert said.figures > 20 and said.prose > 150
    (note := tmp_path / "note.txt").write_text("附件下载后用阅读器打开。")
    assert said_of(read(note), load_kinds()) == Said()


def test_an_archive_among_the_files_of_one_disclosure(archive, tmp_path):
    parts = parts_of_sample(AUDIT)
    (text := tmp_path / "说明.txt").write_bytes(parts["说明.txt"])
    tables = Part.of(archive(zip_of({"a/表格.txt": parts["表格.txt"]})))
    ((_, (one,)),) = read_each([text], IN_THIS_PROCESS, attachments=[tables])
    assert [file.name for file in one.read.source.files] == ["说明.txt", "表格.txt"]
    refused = Part.of(archive(zip_of({"表格.txt": parts["表格.txt"], "a.rar": b"Rar!\x1a\x07\x00"})))
    ((_, (one,)),) = read_each([text], IN_THIS_PROCESS, attachments=[refused])
    assert str(one.read).startswith("公开.zip: a.rar: is none of: ")


def test_show_says_each_disclosure_of_an_archive_and_report_is_about_one(juesuan, archive, tmp_path):
    files = {f"{body}/{name}": text for body in (AUDIT, LAW) for name, text in parts_of_sample(body).items()}
    path = archive(zip_of(files))
    shown = juesuan("show", path, "--stage", "stated").stdout.splitlines()
    assert [line for line in shown if line.startswith("disclosure")] == [
        "disclosure 1: 说明.txt, 表格.txt",
        "disclosure 2: 说明.txt, 表格.txt",
    ]
    result = juesuan("report", path, "-o", tmp_path / "page.html")
    assert (result.exit_code, "公开.zip: the ZIP archive holds 2 disclosures" in result.stderr) == (1, True)
