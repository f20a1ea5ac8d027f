"""Mutations of a PDF, each a function of its bytes and a random generator."""

import re
from collections.abc import Callable
from random import Random

from tests.hostile.pdf_parts import Parts, stream

PdfMutation = Callable[[bytes, Random], bytes]
ZEROS = 300 << 20  # size of the decompressed stream of `bomb`, in bytes
HOSTILE_TEXTS = (
    "'); drop table warehouse.amount; --",
    "=cmd|'/C calc'!A1",
    '+HYPERLINK("http://example.org",1)',
    "\u202e12.34\u202c",
    "\x00",
    "\x1b[2J",
    "\ud800",
    "[/]{0}%s",
    "../../../../etc/passwd",
    "9" * 400,
    "\ue000\ue000",
    "<script>alert(1)</script>",
)


def bytes_flipped(data: bytes, dice: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 10, 40, 200))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data))] + dice.choice((b"", b"\n%%EOF\n"))


def middle_lost(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.randrange(1, 5000) :]


def middle_doubled(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data))
    return data[: at + dice.randrange(1, 5000)] + data[at:]


def numbers_of_the_xref_spoilt(data: bytes, dice: Random) -> bytes:
    at = data.rindex(b"xref\n0 ")
    table = re.sub(
        rb"\d{10}", lambda found: b"%010d" % dice.randrange(len(data)) if dice.random() < 0.2 else found[0], data[at:]
    )
    return data[:at] + table


def lengths_spoilt(data: bytes, dice: Random) -> bytes:
    lengths = (0, 1, 7, 10**6, 10**10, -1, 2**31, 2**63)
    return re.sub(rb"/Length \d+", lambda _: b"/Length %d" % dice.choice(lengths), data)


def references_mixed(data: bytes, dice: Random) -> bytes:
    """Exchanges references, so that a page can be its own parent, or a font a page."""
    count = len(Parts.of(data).objects)
    return _sometimes(rb"\b\d+ 0 R", lambda: b"%d 0 R" % dice.randrange(count + 3), data, dice, 0.1)


def numbers_huge(data: bytes, dice: Random) -> bytes:
    huge = (b"1" * 40, b"-2147483649", b"4294967296", b"9" * 400, b"1e400", b"0.0000001", b"-0")
    parts = Parts.of(data)
    for number in dice.sample(sorted(parts.objects), 8):
        head, mark, rest = parts.objects[number].partition(b"stream")
        parts.objects[number] = (
            _sometimes(rb"\b\d+\b(?! \d+ R| R)", lambda: dice.choice(huge), head, dice, 0.4) + mark + rest
        )
    return parts.assembled()


def nested_objects(data: bytes, dice: Random) -> bytes:
    depth = dice.choice((100, 10_000, 500_000))
    opening, closing = dice.choice(((b"[", b"]"), (b"<</A ", b">>")))
    parts = Parts.of(data)
    nest = opening * depth + b"0" + closing * dice.choice((0, depth))
    page = dice.choice(parts.pages())
    parts.objects[page] = parts.objects[page].replace(b"/MediaBox", b"/Annots %d 0 R /MediaBox" % parts.add(nest))
    parts.objects[dice.choice(sorted(parts.objects))] = nest
    return parts.assembled()


def page_tree_in_a_ring(data: bytes, dice: Random) -> bytes:
    parts = Parts.of(data)
    tree = parts.holding(b"/Kids")[0]
    ring = b"/Kids [ %d 0 R " % dice.choice((tree, parts.root, dice.choice(parts.pages())))
    parts.objects[tree] = parts.objects[tree].replace(b"/Kids [", ring * dice.choice((1, 1, 1)), 1)
    parts.objects[tree] = re.sub(rb"/Count \d+", b"/Count %d" % dice.choice((3, 10**9, -5)), parts.objects[tree])
    return parts.assembled()


def forms_in_forms(data: bytes, dice: Random) -> bytes:
    """Form XObjects that draw each other: in a cycle, or each draws the next one twice (2^n drawings)."""
    parts = Parts.of(data)
    count = dice.choice((1, 2, 30, 300))
    first = max(parts.objects) + 1
    for step in range(count):
        following = first + ((step + 1) % count if dice.random() < 0.5 else min(step + 1, count - 1))
        resources = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</X %d 0 R>>>>" % following
        parts.add(stream(b"0 0 m 50 50 l S /X Do /X Do ", resources))
    for page in parts.pages():
        resources = b"/Resources <</XObject<</X %d 0 R>>" % first
        parts.objects[page] = parts.objects[page].replace(b"/Resources <<", resources, 1)
    drawn = parts.contents()[0]
    parts.with_stream(drawn, parts.stream(drawn) + b"\n/X Do\n")
    return parts.assembled()


def bomb(data: bytes, dice: Random) -> bytes:
    parts = Parts.of(data)
    unit = dice.choice((b"\x00", b" ", b"q ", b"0 0 m 9 9 l S ", b"[(1)]TJ "))
    target = dice.choice((*parts.contents(), *_cmaps(parts)))
    head = parts.objects[target].split(b"stream")[0]
    kept = b"/Length1" in head
    parts.objects[target] = stream(unit * (ZEROS // len(unit)), b"/Length1 9" if kept else b"", dice.choice((1, 2)))
    return parts.assembled()


def huge_table(data: bytes, dice: Random) -> bytes:
    """A grid of 300, 1000 or 5000 vertical and as many horizontal lines on one page."""
    count = dice.choice((300, 1000, 5000))
    lines = [b"%.2f 0 m %.2f 800 l S" % (x * 500 / count, x * 500 / count) for x in range(count)]
    lines += [b"0 %.2f m 500 %.2f l S" % (y * 800 / count, y * 800 / count) for y in range(count)]
    return _drawn(data, dice, b"\n".join(lines))


def merged_deep(data: bytes, dice: Random) -> bytes:
    """Many rectangles with a common corner, each within the next one."""
    count = dice.choice((50, 400, 1500))
    frames = [b"50 50 %.2f %.2f re S" % (4 + n * 450 / count, 4 + n * 700 / count) for n in range(count)]
    return _drawn(data, dice, b"\n".join(frames))


def operators_spoilt(data: bytes, dice: Random) -> bytes:
    """Changes bytes of the decompressed content of a page, so that other things are drawn."""
    parts = Parts.of(data)
    for number in dice.sample(parts.contents(), 3):
        parts.with_stream(number, bytes_flipped(parts.stream(number), dice))
    return parts.assembled()


def coordinates_spoilt(data: bytes, dice: Random) -> bytes:
    far = (b"1e30", b"-99999999999", b"nan", b"0", b"3.4e38", b"7")
    parts = Parts.of(data)
    for number in dice.sample(parts.contents(), 3):
        page = parts.stream(number)
        parts.with_stream(number, _sometimes(rb"(?<=\s)-?\d+\.?\d*(?=\s)", lambda: dice.choice(far), page, dice, 0.02))
    return parts.assembled()


def operators_deep(data: bytes, dice: Random) -> bytes:
    step = dice.choice((b"q ", b"BT ", b"/A BMC ", b"2 0 0 2 0 0 cm ", b"W n ", b"(", b"<< ", b"[ "))
    return _drawn(data, dice, step * dice.choice((1000, 1_000_000)))


def actions(data: bytes, dice: Random) -> bytes:
    """Adds actions that a viewer runs when the file is opened, and references to other files."""
    parts = Parts.of(data)
    action = dice.choice(
        (
            b'/S/JavaScript/JS(app.launchURL\\("http://127.0.0.1:9/"\\);while\\(1\\){})',
            b"/S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>",
            b"/S/URI/URI(http://127.0.0.1:9/fetch)",
            b"/S/GoToR/F(../../../../etc/passwd)/D[0/Fit]",
            b"/S/SubmitForm/F(http://127.0.0.1:9/form)",
            b"/S/ImportData/F(/etc/passwd)",
        )
    )
    run = b"/OpenAction<<%s>>/AA<</WC<<%s>>>>" % (action, action)
    inside = b"/EF<</F %d 0 R>>" % parts.add(stream(b"#!/bin/sh\n", b"/Type/EmbeddedFile"))
    named = b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(../../../tmp/written)%s>>]>>>>" % inside
    parts.objects[parts.root] = parts.objects[parts.root].replace(b"<<", b"<<" + run + named, 1)
    if dice.random() < 0.5:  # a page with its content in an external file
        parts.objects[parts.contents()[0]] = b"<</Length 0/F(/etc/passwd)/FFilter/FlateDecode>>\nstream\n\nendstream"
    return parts.assembled()


def hostile_characters(data: bytes, dice: Random) -> bytes:
    """Maps a character of the page to SQL, a formula, a NUL, or a mark that changes the direction of writing."""
    parts = Parts.of(data)
    for number in _cmaps(parts):
        units = dice.choice(HOSTILE_TEXTS).encode("utf-16-be", "surrogatepass").hex().encode()
        parts.with_stream(
            number,
            _sometimes(rb"<[0-9A-F]{4}>(?=\n)", lambda u=units: b"<" + u + b">", parts.stream(number), dice, 0.1),
        )
    return parts.assembled()


def characters_exchanged(data: bytes, dice: Random) -> bytes:
    """Maps characters to others in the fonts' maps to Unicode, so that the extracted text is another one."""
    parts = Parts.of(data)
    for number in _cmaps(parts):
        page = parts.stream(number)
        codes = re.findall(rb"<[0-9A-F]{4}>(?=\n)", page) or [b"<0030>"]
        parts.with_stream(number, _sometimes(rb"<[0-9A-F]{4}>(?=\n)", lambda c=codes: dice.choice(c), page, dice, 0.05))
    return parts.assembled()


def digits_exchanged(data: bytes, dice: Random) -> bytes:
    """Prints other digits: the result is a valid document with other amounts."""
    parts = Parts.of(data)
    for number in dice.sample(parts.contents(), 5):
        page = parts.stream(number)
        parts.with_stream(
            number,
            _sometimes(rb"(?<=[0-9.,(])\d(?=[0-9.,]*\) Tj)", lambda: b"%d" % dice.randrange(10), page, dice, 0.02),
        )
    return parts.assembled()


def page_turned(data: bytes, dice: Random) -> bytes:
    turned = b"/Rotate %d" % dice.choice((90, 180, 270, 45, -90, 10**12))
    return _sometimes(rb"/Rotate 0", lambda: turned, data, dice, 0.5)


def encrypted(data: bytes, dice: Random) -> bytes:
    return data.replace(b"/Root", dice.choice((b"/Encrypt 1 0 R/Root", b"/Encrypt<</Filter/Standard/V 4>>/Root")), 1)


def _cmaps(parts: Parts) -> list[int]:
    named = [re.search(rb"/ToUnicode\s+(\d+) 0 R", body) for body in parts.objects.values()]
    return sorted({int(match[1]) for match in named if match})


def _drawn(data: bytes, dice: Random, more: bytes) -> bytes:
    parts = Parts.of(data)
    page = dice.choice(parts.contents())
    parts.with_stream(page, parts.stream(page) + b"\n" + more)
    return parts.assembled()


def _sometimes(pattern: bytes, other: Callable[[], bytes], data: bytes, dice: Random, share: float) -> bytes:
    return re.sub(pattern, lambda found: other() if dice.random() < share else found[0], data)


PDF_MUTATIONS: tuple[PdfMutation, ...] = (
    bytes_flipped, cut, middle_lost, middle_doubled, numbers_of_the_xref_spoilt, lengths_spoilt, references_mixed,
    numbers_huge, nested_objects, page_tree_in_a_ring, forms_in_forms, bomb, huge_table, merged_deep, operators_spoilt,
    coordinates_spoilt, operators_deep, actions, hostile_characters, characters_exchanged, digits_exchanged,
    page_turned, encrypted,
)  # fmt: skip
