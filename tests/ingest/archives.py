"""ZIP archives for the tests, as Chinese systems write them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


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
