"""Files that cannot be read: each gives a message of one line, none is loaded, and all other files are loaded."""

import os
import random

import pytest

from ingest.errors import IngestError
from ingest.pipeline import extract
from ingest.readers import labels, read, suffixes
from tests.ingest.pdfs import drawn, write_pdf
from tests.ingest.truth import BAD, SAMPLES, WITHOUT_SUFFIX
from tests.kinds import KINDS

WHAT_IS_READ = " or ".join(kind.called for kind in KINDS if kind.tables)
SOUND = SAMPLES / "pingdingshan_gongxin_2023.txt"
MESSAGES = {
    "blank_5000.pdf": "has 5000 pages, more than the 2000 a disclosure may have",
    "empty.pdf": "the file is empty (0 bytes)",
    "encrypted.pdf": "the PDF is encrypted and needs a password",
    "not_a.pdf": f"is none of: {labels()} (it looks like a GIF image)",
    "not_a_disclosure.pdf": f"is not taken for {WHAT_IS_READ}: no standard table was found in it",
    "scanned.pdf": "scanned, needs OCR (docs/scans.md): 2 of 2 pages are only images and no page holds text",
    "truncated.pdf": "the PDF is truncated: its 95989 bytes end without %%EOF",
    "zero_pages.pdf": "the PDF has no page",
}


def test_every_bad_file_is_tested():
    assert {path.name for path in BAD.iterdir()} == {*MESSAGES, WITHOUT_SUFFIX.name}


@pytest.mark.parametrize(("name", "message"), MESSAGES.items())
def test_a_bad_file_gives_a_message_of_one_line(name, message):
    with pytest.raises(IngestError) as caught:
        extract(BAD / name)
    assert str(caught.value) == f"{name}: {message}"


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(IngestError, match=r"is a directory; name the files in it, for example .*/\*\.pdf"):
        extract(tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(IngestError, match=r"^gone\.pdf: cannot be read: No such file or directory$"):
        extract(tmp_path / "gone.pdf")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_refused(tmp_path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(SOUND.read_bytes())
    path.chmod(0)
    with pytest.raises(IngestError, match=r"^locked\.pdf: cannot be read: Permission denied$"):
        extract(path)


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"PK\x03\x04rest", "a ZIP archive or Office file"),
        (b"\xd0\xcf\x11\xe0rest", "an old Office file"),
        (b"GIF89arest", "a GIF image"),
        (b"PK\x03\x04OFD.xml", "an OFD document"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "an Office file that needs a password"),
        (b"\x00" * 100, "binary data"),
    ],
)
def test_content_decides_and_not_the_suffix(content, looks_like, tmp_path):
    path = tmp_path / "disclosure.pdf"
    path.write_bytes(content)
    with pytest.raises(IngestError, match=f"it looks like {looks_like}"):
        extract(path)


def test_a_sound_disclosure_needs_no_suffix():
    assert extract(WITHOUT_SUFFIX).source.format == "text"


def test_text_in_an_unknown_encoding_is_refused(tmp_path):
    path = tmp_path / "made.txt"
    path.write_bytes("决算".encode() + b"\xff\xff\xff")
    with pytest.raises(IngestError, match=r"neither UTF-8, UTF-16 nor GB18030 \(first bad byte at 6\)"):
        extract(path)


def test_a_pdf_with_text_and_without_a_table_is_no_disclosure(tmp_path):
    with pytest.raises(IngestError, match="no standard table was found"):
        extract(drawn(tmp_path / "made.pdf", [(50, 700, "only words")]))


def test_a_pdf_whose_pages_hold_nothing(tmp_path):
    with pytest.raises(IngestError, match="no page of 1 holds any text"):
        extract(drawn(tmp_path / "made.pdf", []))


def test_a_page_that_is_missing_is_named(tmp_path):
    path = write_pdf(
        tmp_path / "made.pdf",
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ],
    )
    with pytest.raises(IngestError, match=r"^made\.pdf, page 2: the PDF is damaged"):
        extract(path)


def test_a_page_of_nothing_but_an_image_is_noted(tmp_path):
    dot = "/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1"
    uses = "/Resources<</XObject<</I 7 0 R>>/Font<</F 8 0 R>>>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents NO 0 R" + uses + ">>"
    path = write_pdf(
        tmp_path / "made.pdf",
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            page.replace("NO", "5"),
            page.replace("NO", "6"),
            "<</Length 37>>stream\nBT /F 12 Tf 50 700 Td (words) Tj ET   \nendstream",
            "<</Length 25>>stream\nq 500 0 0 700 0 0 cm /I Do\nendstream",
            f"<</Type/XObject{dot}>>stream\n0\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ],
    )
    assert read(path).notes == ("第2页只有图像,未读(需要OCR)",)


DAMAGES = {
    "bytes changed": lambda data, dice: _changed(data, dice, 40),
    "end lost": lambda data, dice: data[: dice.randrange(len(data))] + b"\n%%EOF\n",
    "middle lost": lambda data, dice: data[: (at := dice.randrange(len(data)))] + data[at + dice.randrange(5000) :],
}


@pytest.mark.takes(12)
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["shifan_gongxin_2024.pdf", "shifan_gongxin_2023.txt"])
def test_a_damaged_file_is_read_or_raises_an_ingest_error(name, seed, damage, tmp_path):
    path = tmp_path / name
    path.write_bytes(DAMAGES[damage]((SAMPLES / name).read_bytes(), random.Random(seed)))
    try:
        extract(path)
    except IngestError as error:
        assert str(error).startswith(name) and "\n" not in str(error)


def _changed(data, dice, count):
    changed = bytearray(data)
    for _ in range(count):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


BATCH = [*sorted(BAD.iterdir()), SOUND]


@pytest.fixture
def batch(juesuan, tmp_path):
    return juesuan("ingest", BATCH[0], tmp_path, *BATCH[1:], tmp_path / "gone.pdf")


def test_a_batch_with_bad_files_continues_and_fails_at_its_end(batch, connection, tmp_path):
    assert batch.exit_code == 1
    lines = [line for line in batch.stderr.splitlines() if line.startswith("juesuan:")]
    assert lines == [
        f"juesuan: {line}"
        for line in (
            f"{tmp_path}: holds no file whose name ends in {' or '.join(suffixes())}",
            f"blank_5000.pdf: {MESSAGES['blank_5000.pdf']}",
            *(f"{name}: {message}" for name, message in list(MESSAGES.items())[1:]),
            "gone.pdf: cannot be read: No such file or directory",
        )
    ]
    assert "Traceback" not in batch.output
    names = connection.execute("select source_name from mart.disclosure order by 1").fetchall()
    assert names == [(WITHOUT_SUFFIX.name,), (SOUND.name,)]


def test_nothing_of_a_bad_file_is_loaded(batch, connection):
    counted = "select count(*) from warehouse.document_version where source_name <> all(%s)"
    assert connection.execute(counted, ([WITHOUT_SUFFIX.name, SOUND.name],)).fetchone() == (0,)


def test_documents_that_are_already_loaded_remain(juesuan, connection):
    count = "select count(*) from mart.amount"
    juesuan("ingest", SOUND)
    before = connection.execute(count).fetchone()
    connection.commit()
    assert juesuan("ingest", *sorted(BAD.glob("*.pdf"))).exit_code == 1
    assert before[0] > 0 and connection.execute(count).fetchone() == before


def loaded_names(connection):
    return [name for (name,) in connection.execute("select source_name from mart.disclosure order by 1")]


HOSTILE = {
    "a NUL in a name": ("一、一般公共预算财政拨款收入", "一、一般公共预算\x00财政拨款收入"),
    "a number without end": ("4415.98", "9" * 400 + ".98"),
    "a number of many decimals": ("4415.98", "0." + "1" * 400),
    "a name without end": ("一、一般公共预算财政拨款收入", "一、" + "长" * 100_000),
}
FORM = """收入支出决算总表
单位：万元
收入\t\t支出\t
项目\t决算数\t项目\t决算数
一、一般公共预算财政拨款收入\t4415.98\t一、一般公共服务支出\t4415.98
本年收入合计\t4415.98\t本年支出合计\t4415.98
总计\t4415.98\t总计\t4415.98
"""


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_stops_no_batch(case, juesuan, connection, tmp_path):
    path = tmp_path / "hostile.txt"
    padding = "说明。\n" * 1000  # so that the first bytes, by which the format is decided, are text
    path.write_text(f"沁水县粮食局2024年度部门决算\n目录\n{padding}{FORM.replace(*HOSTILE[case])}", encoding="utf-8")
    result = juesuan("ingest", path, SOUND)
    assert "Traceback" not in result.output and not isinstance(result.exception, Exception)
    assert SOUND.name in loaded_names(connection)
    assert result.exit_code == (path.name not in loaded_names(connection))
