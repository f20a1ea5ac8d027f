"""Office files that are made to do harm, or that are no such files: `python -m tests.hostile.bad_office_files`.

Prints for each the line with which it is refused, or what was read of it.
"""

import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlwt
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from ingest.errors import IngestError
from ingest.isolation import Limits, extract_isolated, stop_reading
from tests.variants.look import Look
from tests.variants.word import NAMES, docx_of, paragraph
from tests.variants.workbook import xlsx_of

MEGABYTE = 1 << 20
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50 + '"><!ENTITY d "'
    + "&c;" * 50 + '"><!ENTITY e "' + "&d;" * 50 + '">]>'
)  # fmt: skip
BOOK, TEXT = "xl/workbook.xml", "word/document.xml"


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def packed(parts: dict[str, bytes]) -> bytes:
    saved = BytesIO()
    with ZipFile(saved, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return saved.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(data)
    return packed(parts | {name: change(parts.get(name, b""))})


def with_entity(doctype: str) -> Callable[[bytes], bytes]:
    """The declaration before the root of a part, and the entity in its first text."""

    def changed(xml: bytes) -> bytes:
        body = xml.decode().partition("?>")[2] if xml.startswith(b"<?xml") else xml.decode()
        for end in ("</w:t>", 'name="封面"'):
            body = body.replace(end, end.replace("封面", "&e;") if "封面" in end else f"&e;{end}", 1)
        return (doctype + body).encode()

    return changed


def deep(xml: bytes) -> bytes:
    return xml.replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 100_000, 1)


def locked(data: bytes) -> bytes:
    """Every part says that it needs a password."""
    changed = bytearray(data)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + flags] |= 1
            at = changed.find(magic, at + 4)
    return bytes(changed)


def lying_about_size(data: bytes) -> bytes:
    """The list of parts says that one is small that unpacks to 64 MB."""
    packed_part = bytearray(packed(parts_of(data) | {"xl/worksheets/sheet2.xml": b" " * (64 * MEGABYTE)}))
    at = packed_part.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", packed_part, at + 28)[0]
        if packed_part[at + 46 : at + 46 + length] == b"xl/worksheets/sheet2.xml":
            struct.pack_into("<I", packed_part, at + 24, 100)
        at = packed_part.find(b"PK\x01\x02", at + 4)
    return bytes(packed_part)


def rows_without_end(count: int) -> bytes:
    row = '<row><c t="inlineStr"><is><t>教育支出</t></is></c><c><v>1.25</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{row * count}</sheetData></worksheet>'
    return with_part(xlsx_of(Look()), "xl/worksheets/sheet2.xml", lambda old: sheet.encode())


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def paragraphs_without_end(count: int) -> bytes:
    row = "<w:tr><w:tc><w:p><w:r><w:t>1.25</w:t></w:r></w:p></w:tc></w:tr>"
    xml = f"<w:document {NAMES}><w:body><w:tbl>{row * count}</w:tbl></w:body></w:document>"
    return with_part(docx_of(Look()), TEXT, lambda old: xml.encode())


def of_pictures() -> bytes:
    book, picture, saved = Workbook(), BytesIO(), BytesIO()
    Picture.new("RGB", (40, 20)).save(picture, "PNG")
    book.active.append(["示范市水务局2024年度部门决算"])
    book.active.add_image(Image(picture), "A3")
    book.save(saved)
    return saved.getvalue()


def old_book() -> bytes:
    book, saved = xlwt.Workbook(), BytesIO()
    book.add_sheet("表1").write(0, 0, "收入决算表")
    book.save(saved)
    return saved.getvalue()


def encrypted_old_book() -> bytes:
    """A workbook stream that begins with the record FILEPASS."""
    data = bytearray(old_book())
    at = data.find(bytes.fromhex("0908"))
    after = at + 4 + struct.unpack_from("<H", data, at + 2)[0]
    data[after : after + 4] = struct.pack("<HH", 0x2F, 0)
    return bytes(data)


def self_referring(name: str, target: str) -> Callable[[bytes], bytes]:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    cyclic = f'<Relationship Id="rx" Type="{kind}/{name}" Target="{target}"/>'
    return lambda xml: xml.replace(b"</Relationships>", f"{cyclic}</Relationships>".encode())


def files(rows: int = 1_000_000, bomb: int = 60) -> Iterator[tuple[str, bytes]]:
    """File name → its bytes, one after another. `bomb`: the MB that each of five parts unpacks to."""
    book, text = xlsx_of(Look()), docx_of(Look())
    yield "rar.docx", b"Rar!\x1a\x07\x01\x00" + bytes(50)
    yield "seven.xlsx", b"7z\xbc\xaf\x27\x1c" + bytes(50)
    yield "ofd.doc", packed({"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<Document/>"})
    yield "works.wps", OLE + bytes(26) + b"\x09\x00" + bytes(500) + "MatOST".encode("utf-16-le")
    yield "password_ooxml.xlsx", OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    yield "password.xls", encrypted_old_book()
    yield "password_parts.docx", locked(text)
    yield "pictures.xlsx", of_pictures()
    yield "pictures.docx", with_part(_only_title(text), "word/media/image1.png", lambda old: b"\x89PNG")
    yield "sheets.ods", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
    yield "binary.xlsb", packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\0"})
    yield "slides.pptx", packed({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})
    yield "image.xls", b"\x89PNG\r\n\x1a\n" + bytes(50)
    yield "truncated.xlsx", book[: len(book) // 2]
    yield "truncated.docx", text[: len(text) // 2]
    yield "truncated.xls", old_book()[:2000]
    yield "directory_lost.xlsx", book[:-60] + bytes(60)
    yield "directory_points_elsewhere.docx", text[:-6] + b"\xff\xff\xff\x7f\0\0"
    yield "overwritten.xlsx", book[:3000] + bytes(500) + book[3500:]
    yield "no_workbook_relations.xlsx", packed({BOOK: parts_of(book)[BOOK], "[Content_Types].xml": b"<Types/>"})
    yield "broken_xml.xlsx", with_part(book, BOOK, lambda old: b"<broken")
    yield "broken_xml.docx", with_part(text, TEXT, lambda old: b"<broken")
    yield "external_entity.xlsx", with_part(book, BOOK, with_entity(DOCTYPE))
    yield "external_entity.docx", with_part(text, TEXT, with_entity(DOCTYPE))
    yield "entities_of_entities.docx", with_part(text, TEXT, with_entity(LAUGHS))
    yield "nested_100000_deep.docx", with_part(text, TEXT, deep)
    yield "bomb_size.xlsx", packed(parts_of(book) | {f"xl/media/{n}.bin": bytes(bomb * MEGABYTE) for n in range(5)})
    yield "bomb_entries.docx", packed(parts_of(text) | {f"word/media/{n}": b"" for n in range(10_001)})
    yield "bomb_that_lies.xlsx", lying_about_size(book)
    yield (
        "cyclic_relations.xlsx",
        with_part(book, "xl/_rels/workbook.xml.rels", self_referring("worksheet", "workbook.xml")),
    )
    yield f"rows_{rows}.xlsx", rows_without_end(rows)
    yield f"rows_{rows}.docx", paragraphs_without_end(rows)
    yield "macros.xlsm", packed(parts_of(book) | {"xl/vbaProject.bin": OLE + bytes(500)})
    yield "macros.docm", packed(parts_of(text) | {"word/vbaProject.bin": OLE + bytes(500)})
    yield "word_named_xls.xls", text
    yield "book_named_doc.doc", book
    yield "external_reference.docx", with_part(text, "word/_rels/document.xml.rels", lambda old: _EXTERNAL.encode())


_EXTERNAL = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" TargetMode="External"
Target="file:///etc/passwd"/></Relationships>"""


def _only_title(text: bytes) -> bytes:
    title = paragraph("示范市水务局2024年度部门决算")
    xml = f"<w:document {NAMES}><w:body>{title}</w:body></w:document>"
    return with_part(text, TEXT, lambda old: xml.encode())


def line(path: Path, limits: Limits) -> str:
    try:
        found = extract_isolated(path, limits)
    except IngestError as error:
        return f"{type(error).__name__:16} {error}"
    return f"{'read':16} {path.name}: {len(found.amounts)} amounts, {len(found.doubts)} doubts"


def main() -> None:
    words, limits = sys.argv[1:], Limits()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files():
            if not words or any(word in name for word in words):
                path = Path(folder) / name
                path.write_bytes(data)
                print(line(path, limits), flush=True)
                path.unlink()
    stop_reading()


if __name__ == "__main__":
    main()
