"""Makes many documents from one sample (the same accounts under other names), and files that cannot be read."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.ingest.truth import BAD, SAMPLES

SAMPLE = SAMPLES / "shifan_gongxin_2023.txt"
NAME, YEAR = "示范市工业和信息化局", "2023"
LAST_AMOUNT = "45.00"
GARBAGE_SHARE = 0.05


def body(number: int) -> bytes:
    """The accounts with another name and year; four numbers in a row are four years of one body."""
    text = SAMPLE.read_bytes().decode("gb18030")
    return text.replace(NAME, f"示范市第{number // 4:04}局").replace(YEAR, str(2019 + number % 4)).encode("gb18030")


def corrected(number: int) -> bytes:
    """The same accounts with other amounts of two items of office costs, and the same totals."""
    text = body(number).decode("gb18030")
    return text.replace("办公费\t14.28", "办公费\t15.28").replace("印刷费\t2.30", "印刷费\t1.30").encode("gb18030")


Kind = Callable[[random.Random, int, bytes], bytes]
GARBAGE: dict[str, Kind] = {
    "bytes at random": lambda chance, number, whole: chance.randbytes(5000),
    "a PDF of bytes at random": lambda chance, number, whole: b"%PDF-1.7\n" + chance.randbytes(5000),
    "the beginning of a text": lambda chance, number, whole: whole[: len(whole) // 50 + number],
    "an empty file": lambda chance, number, whole: b"",
    "an image": lambda chance, number, whole: b"\x89PNG" + chance.randbytes(500),
    "a text without a table": lambda chance, number, whole: f"第{number}行 没有表\n".encode() * 50,
    "half a PDF": lambda chance, number, whole: (BAD / "truncated.pdf").read_bytes()[: 9000 + number],
    "an encrypted PDF": lambda chance, number, whole: (BAD / "encrypted.pdf").read_bytes() + _mark(number),
    "a scan": lambda chance, number, whole: (BAD / "scanned.pdf").read_bytes() + _mark(number),
    "a PDF without pages": lambda chance, number, whole: (BAD / "zero_pages.pdf").read_bytes() + _mark(number),
    "something else": lambda chance, number, whole: (BAD / "not_a_disclosure.pdf").read_bytes() + _mark(number),
    "a web page": lambda chance, number, whole: b"<!doctype html><html>" + str(number).encode(),
}


def garbage(number: int, whole: bytes) -> bytes:
    """A file that cannot be read; the kinds alternate by number, and no two files have the same bytes."""
    kinds = list(GARBAGE.values())
    return kinds[number % len(kinds)](random.Random(number), number, whole)


def _mark(number: int) -> bytes:
    return b"\n%" + str(number).encode() + b"\n%%EOF\n"


def fill(folder: Path, documents: int, share: float = GARBAGE_SHARE) -> tuple[list[Path], list[Path]]:
    """Writes `documents` files; a share of them, at least one of every kind, cannot be read. Returns (good, bad)."""
    folder.mkdir(parents=True, exist_ok=True)
    bad = max(round(documents * share), len(GARBAGE))
    good = [folder / f"body_{number:04}.txt" for number in range(documents - bad)]
    for number, path in enumerate(good):
        path.write_bytes(body(number))
    broken = [folder / f"garbage_{number:04}.pdf" for number in range(bad)]
    for number, path in enumerate(broken):
        path.write_bytes(garbage(number, good[0].read_bytes()))
    return good, broken
