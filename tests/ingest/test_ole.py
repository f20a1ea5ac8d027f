"""What an old Office file is, is said by the parts directly below its root, not by what is embedded in them."""

import struct

import pytest
import xlwt

from ingest.readers import format_of, ole
from ingest.readers.formats import ends_of

SECTOR = 512


def container(*names: str, embedded: str = "", first_words: bytes = b"") -> bytes:
    """A container with these parts below its root; the first of them holds another of the name `embedded`.

    Its sectors: the table of sectors, the directory, `first_words`.
    """
    entries = [_entry("Root Entry", child=1)]
    entries += [_entry(name, behind=n + 1 if n < len(names) else ole._NONE) for n, name in enumerate(names, start=1)]
    if embedded:
        entries[1] = _entry(names[0], behind=2 if len(names) > 1 else ole._NONE, child=len(entries))
        entries.append(_entry(embedded))
    header = bytearray(SECTOR)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[ole._NONE] * 108)
    directory = b"".join(entries).ljust(SECTOR * 2, b"\0")
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 0xFFFFFFFE, 0xFFFFFFFE, *[ole._NONE] * 124)
    return bytes(header) + table + directory + first_words.ljust(SECTOR, b"\0")


def _entry(name: str, behind: int = ole._NONE, child: int = ole._NONE) -> bytes:
    text = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(text)] = text
    struct.pack_into("<HBBIII", entry, 64, len(text) + 2, 2, 1, ole._NONE, behind, child)
    struct.pack_into("<I", entry, 116, 3)
    return bytes(entry)


@pytest.mark.parametrize(
    ("names", "embedded", "name"),
    [
        (("WordDocument", "1Table"), "", "doc"),
        (("ObjectPool", "WordDocument"), "Workbook", "doc"),
        (("MBD00A1", "Workbook"), "WordDocument", "xls"),
    ],
)
def test_a_part_within_a_part_does_not_say_what_the_file_is(names, embedded, name):
    assert format_of(ends_of(container(*names, embedded=embedded))).name == name


def test_a_real_workbook_is_told(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("表1").write(0, 0, "合计")
    book.save(str(tmp_path / "made.xls"))
    data = (tmp_path / "made.xls").read_bytes()
    assert [stream.name for stream in ole.streams(data)] == [ole.WORKBOOK]
    assert format_of(ends_of(data)).name == "xls"


@pytest.mark.parametrize(("flag", "is_locked"), [(0, False), (1, True)])
def test_a_word_file_with_a_password_says_so_in_its_first_words(flag, is_locked):
    words = bytes.fromhex("eca5c100") + bytes(7) + bytes([flag])
    assert ole.is_locked_word_file(container("WordDocument", first_words=words)) is is_locked


@pytest.mark.parametrize("length", [8, 100, 600, 1100])
def test_of_a_damaged_container_every_name_in_it_counts(length):
    data = container("WordDocument", first_words=ole.WORD)
    assert ole.listing(data[:length] + ole.WORD).endswith(ole.WORD)


def test_a_directory_that_leads_back_to_itself_ends():
    data = bytearray(container("WordDocument"))
    struct.pack_into("<I", data, SECTOR + 4 * 2, 1)  # behind its second sector comes its first
    with pytest.raises(ole.NotRead):
        ole.streams(bytes(data))
