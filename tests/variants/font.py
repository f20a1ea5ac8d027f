"""A TrueType font in which every glyph is a black box, half as wide for ASCII: every character is visible."""

import struct
import zlib

EM, ASCENT, DESCENT = 1000, 860, -140
BOXES = ((100, 0, 800, 700), (60, 0, 880, 780), (60, 0, 420, 700))  # glyphs: .notdef, full width, half width
ADVANCES = (1000, 1000, 500)
FULL, HALF = 1, 2
ON_CURVE = 1


def glyph(box: tuple[int, int, int, int]) -> bytes:
    """A glyph with one contour of four points, padded to an even length."""
    x0, y0, x1, y1 = box
    points = ((x0, y0), (x0, y1), (x1, y1), (x1, y0))
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(((0, 0), *points), points, strict=False)]
    xs = b"".join(struct.pack(">h", dx) for dx, _ in steps)
    ys = b"".join(struct.pack(">h", dy) for _, dy in steps)
    return struct.pack(">hhhhhHH4B", 1, x0, y0, x1, y1, 3, 0, *[ON_CURVE] * 4) + xs + ys


def true_type() -> bytes:
    glyphs = [glyph(box) for box in BOXES]
    places = [sum(map(len, glyphs[:n])) for n in range(len(glyphs) + 1)]
    tables = {
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0),
            *(0, DESCENT, EM, ASCENT, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, EM, *[0] * 11, len(glyphs)),
        b"hmtx": b"".join(struct.pack(">Hh", width, box[0]) for width, box in zip(ADVANCES, BOXES, strict=True)),
        b"loca": struct.pack(f">{len(places)}I", *places),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, len(glyphs), 4, 1, 0, 0, 1, *[0] * 8),
    }
    head, data = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 32), b""
    start = len(head) + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        head += struct.pack(">4sIII", tag, 0, start + len(data), len(table))
        data += table + b"\0" * (-len(table) % 4)
    return head + data


def glyph_of_codes() -> bytes:
    """The CIDToGIDMap of the font: two bytes for each code."""
    return struct.pack(">H", HALF) * 128 + struct.pack(">H", FULL) * (0x10000 - 128)


TRUE_TYPE, GLYPH_OF_CODES = zlib.compress(true_type()), zlib.compress(glyph_of_codes())
