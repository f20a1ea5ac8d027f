"""Writes PDF pages: words, lines and boxes at given positions, with any PDF operators around them.

The font draws a box for every character. A reader of text needs only its widths and its map to Unicode, so that every
character can be written, also one of private use or a damaged one.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.variants.font import GLYPH_OF_CODES, TRUE_TYPE, true_type

A4 = (595, 842)
SIZE = 7.0
BLACK, WHITE, GREY = (0, 0, 0), (1, 1, 1), (0.85, 0.85, 0.85)
Box = tuple[float, float, float, float]  # left, bottom, right, top
Colour = tuple[float, float, float]


def width_of(text: str, size: float = SIZE) -> float:
    """The width in points; an ASCII character is half as wide as others."""
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


@dataclass
class Page:
    """The content of one page. `entries` are added to its dictionary unchanged."""

    size: tuple[float, float] = A4
    operators: list[str] = field(default_factory=list)
    entries: str = ""
    annotations: list[str] = field(default_factory=list)

    def draw(self, operators: str) -> None:
        self.operators.append(operators)

    def text(
        self, x: float, y: float, text: str, size: float = SIZE, *, colour: Colour = BLACK, state: str = ""
    ) -> None:
        """`state` are operators within the text object, such as `3 Tr`."""
        fill = "" if colour == BLACK else f"{rgb(colour)} rg "
        codes = "".join(f"{ord(char):04X}" for char in text)
        self.draw(f"q {fill}BT /F1 {size:g} Tf {state} {x:.2f} {y:.2f} Td <{codes}> Tj ET Q")

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, dash: str = "") -> None:
        self.draw(f"q {dash} {width:g} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S Q")

    def fill(self, box: Box, colour: Colour) -> None:
        left, bottom, right, top = box
        self.draw(f"q {rgb(colour)} rg {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f Q")

    def around(self, before: str, after: str) -> None:
        """Put operators before and after everything drawn so far."""
        self.operators = [before, *self.operators, after]


def rgb(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)


@dataclass
class Pdf:
    """A document. `states` are named graphics states, `layers` is optional content that is switched off."""

    pages: list[Page] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=lambda: {"clear": "/ca 0 /CA 0", "half": "/ca 0.5 /CA 0.5"})
    maps: dict[str, str] = field(default_factory=dict)  # character → another one in the font's map to Unicode
    has_unicode: bool = True

    def page(self, size: tuple[float, float] = A4) -> Page:
        self.pages.append(Page(size))
        return self.pages[-1]

    def assembled(self) -> bytes:
        objects: list[bytes] = [b""] * 9
        kids = []
        for page in self.pages:
            objects += [_stream("\n".join(page.operators)), *(note.encode() for note in page.annotations)]
            content = len(objects) - len(page.annotations)
            notes = "".join(f"{number} 0 R " for number in range(content + 1, len(objects) + 1))
            width, height = page.size
            objects.append(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:g} {height:g}]/Contents {content} 0 R"
                f"/Resources 3 0 R/Annots[{notes}]{page.entries}>>".encode()
            )
            kids.append(f"{len(objects)} 0 R")
        states = "".join(f"/{name}<<{entries}>>" for name, entries in self.states.items())
        objects[:9] = [
            b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]/Order[7 0 R]>>>>>>",
            f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode(),
            f"<</Font<</F1 4 0 R>>/ExtGState<<{states}>>/Properties<</off 7 0 R>>>>".encode(),
            b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[5 0 R]%s>>"
            % (b"/ToUnicode 6 0 R" if self.has_unicode else b""),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/DW 1000/W[0 127 500]/CIDToGIDMap 9 0 R/FontDescriptor<</Type/FontDescriptor"
            b"/FontName/Made/Flags 4/FontBBox[0 -140 1000 860]/Ascent 860/Descent -140/CapHeight 700/ItalicAngle 0"
            b"/StemV 80/FontFile2 8 0 R>>>>",
            _stream(self._to_unicode()),
            b"<</Type/OCG/Name(off)>>",
            _packed(TRUE_TYPE, b"/Length1 %d" % len(true_type())),
            _packed(GLYPH_OF_CODES),
        ]
        return _file(objects)

    def _to_unicode(self) -> str:
        drawn = "".join(line for page in self.pages for line in page.operators if "<" in line)
        codes = sorted({hexes[n : n + 4] for hexes in _hexes(drawn) for n in range(0, len(hexes), 4)})
        pairs = [f"<{code}> <{_utf16(self.maps.get(chr(int(code, 16)), chr(int(code, 16))))}>" for code in codes]
        parts = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
        chars = "\n".join(f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar" for part in parts)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{chars}\nendcmap end end"
        )


def _hexes(drawn: str) -> Iterable[str]:
    return (part.split(">")[0] for part in drawn.split("<")[1:])


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _stream(text: str) -> bytes:
    return _packed(zlib.compress(text.encode("latin-1"), 1))


def _packed(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Filter/FlateDecode%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def _file(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, end))
