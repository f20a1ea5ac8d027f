"""PDFs that a stranger would like to have rendered: broken, huge, packed many times, endless."""

import zlib
from pathlib import Path

from tests.hostile.pdf_parts import Parts, stream

BAD = Path(__file__).parents[2] / "samples" / "bad"
HUGE = b"[0 0 100000000 100000000]"
DRAWN = b"0 0 m 500 500 l S "


def pdf(
    content: bytes, box: bytes = b"[0 0 595 842]", resources: bytes = b"<<>>", others: tuple[bytes, ...] = ()
) -> bytes:
    """A page with one content stream; `others` are objects from 5 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources %s>>" % (box, resources)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *others]
    return Parts(dict(enumerate(objects, start=1)), root=1).assembled()


def hanging(levels: int = 12) -> bytes:
    """Each form draws the next one twenty times."""
    forms = []
    for number in range(5, 5 + levels):
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</F %d 0 R>>>>" % (number + 1)
        forms.append(stream(b"/F Do " * 20, entries))
    last = stream(DRAWN, b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]")
    return pdf(stream(b"/F Do"), resources=b"<</XObject<</F 5 0 R>>>>", others=(*forms, last))


def _broken() -> bytes:
    packed = zlib.compress(DRAWN * 1000)
    half = packed[: len(packed) // 2] + b"\xff" * 20
    return pdf(b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(half), half))


CASES = {
    "a stream that ends early": _broken(),
    "a page of a thousand kilometres": pdf(stream(DRAWN), box=HUGE),
    "a page without area": pdf(stream(DRAWN), box=b"[0 0 0 0]"),
    "a page without end": pdf(stream(DRAWN), box=b"[0 0 1e38 -1e38]"),
    "packed three times": pdf(stream(bytes(20_000_000), packed=3)),
    **{name: (BAD / f"{name}.pdf").read_bytes() for name in ("truncated", "encrypted", "zero_pages", "empty", "not_a")},
}
