"""ZIP archives for the tests, as Chinese systems write them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.ingest.truth import SAMPLES

SAMPLE = SAMPLES / "shifan_gongxin_2023.txt"


def zip_of(files: Mapping[str, bytes], encoding: str = "gb18030", method: int = ZIP_DEFLATED) -> bytes:
    """An archive with these files; their names are in this encoding, without the flag of UTF-8."""
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(_Named(name, encoding), content, method)
    return packed.getvalue()


class _Named(ZipInfo):
    """A file whose name is written as it is given: zipfile itself would set the flag of UTF-8."""

    def __init__(self, name: str, encoding: str):
        super().__init__(name)
        self.encoding = encoding

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def parts_of_sample(body: str) -> dict[str, bytes]:
    """Narrative and tables of the sample, of another body, in files of their own."""
    text = SAMPLE.read_bytes().decode("gb18030").replace("示范市工业和信息化局", body)
    begin = text.index("第二部分", text.index("第二部分") + 1)
    end = text.index("第三部分", begin)
    return {
        "说明.txt": (text[: text.index("第二部分")] + text[end:]).encode(),
        "表格.txt": text[begin:end].encode(),
    }
