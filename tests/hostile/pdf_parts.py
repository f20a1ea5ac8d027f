"""Splits a PDF into its numbered objects and joins them again with a new cross-reference table."""

import base64
import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_ROOT = re.compile(rb"/Root\s+(\d+) 0 R")


@dataclass(slots=True)
class Parts:
    """Object number → the bytes between obj and endobj."""

    objects: dict[int, bytes]
    root: int

    @classmethod
    def of(cls, data: bytes) -> "Parts":
        objects = {int(number): body for number, body in _OBJECT.findall(data)}
        return cls(objects, int(_ROOT.findall(data)[-1]))

    def add(self, body: bytes) -> int:
        number = max(self.objects) + 1
        self.objects[number] = body
        return number

    def holding(self, mark: bytes) -> list[int]:
        """Numbers of the objects that contain these bytes outside of a stream."""
        return [number for number, body in self.objects.items() if mark in body.split(b"stream")[0]]

    def stream(self, number: int) -> bytes:
        """The decoded stream of an object."""
        head, data = _STREAM.match(self.objects[number]).groups()
        if b"ASCII85Decode" in head:
            data = base64.a85decode(b"<~" + data.strip().removeprefix(b"<~"), adobe=True)
        return zlib.decompress(data) if b"FlateDecode" in head else data

    def with_stream(self, number: int, data: bytes) -> None:
        head = _STREAM.match(self.objects[number])[1]
        for entry in (rb"/Length\s+\d+( 0 R)?", rb"/Filter\s*(\[[^\]]*\]|/\w+)"):
            head = re.sub(entry, b"", head)
        self.objects[number] = stream(data, head.strip().removeprefix(b"<<").removesuffix(b">>"))

    def contents(self) -> list[int]:
        """Numbers of the content streams, in page order."""
        found = [re.search(rb"/Contents\s+(\d+) 0 R", body) for body in self.objects.values()]
        return [int(match[1]) for match in found if match]

    def pages(self) -> list[int]:
        return [number for number in self.holding(b"/Contents") if b"/MediaBox" in self.objects[number]]

    def assembled(self) -> bytes:
        out, places = bytearray(b"%PDF-1.7\n"), {}
        for number, body in sorted(self.objects.items()):
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        size, xref = max(self.objects) + 1, len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            out += b"%010d 00000 %c \n" % (places.get(number, 0), b"fn"[number in places])
        return bytes(out + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, self.root, xref))


def stream(data: bytes, entries: bytes = b"", packed: int = 1) -> bytes:
    """A stream compressed `packed` times."""
    for _ in range(packed):
        data = zlib.compress(data, 1)
    filters = b"/Filter[" + b"/FlateDecode" * packed + b"]"
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (entries, filters, len(data), data)
