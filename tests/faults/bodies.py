"""Many bodies from one sample: the same accounts under other names, and garbage of every kind."""

import random
from pathlib import Path

from tests.ingest.truth import BAD, SAMPLES

SAMPLE = SAMPLES / "shifan_gongxin_2023.txt"
NAME, YEAR = "示范市工业和信息化局", "2023"
LAST_AMOUNT = "45.00"
GARBAGE_SHARE = 0.05


def body(number: int) -> bytes:
    """The accounts of a body of its own; four of them are four years of one."""
    text = SAMPLE.read_bytes().decode("gb18030")
    return text.replace(NAME, f"示范市第{number // 4:04}局").replace(YEAR, str(2019 + number % 4)).encode("gb18030")


def garbage(number: int, whole: bytes) -> bytes:
    """Bytes at random, half a file, an empty one, a binary one, an image that says it is a PDF, …"""
    chance = random.Random(number)
    kinds = [
        lambda: chance.randbytes(5000),
        lambda: b"%PDF-1.7\n" + chance.randbytes(5000),
        lambda: whole[: len(whole) // 50],
        lambda: b"",
        lambda: b"\x89PNG" + chance.randbytes(500),
        lambda: f"第{number}行 没有表\n".encode() * 50,
        lambda: (BAD / "truncated.pdf").read_bytes()[: 9000 + number],
        lambda: (BAD / "encrypted.pdf").read_bytes() + b"\n%" + str(number).encode(),
        lambda: b"<!doctype html><html>" + str(number).encode(),
    ]
    return kinds[number % len(kinds)]()


def fill(folder: Path, documents: int, share: float = GARBAGE_SHARE) -> tuple[list[Path], list[Path]]:
    """Writes `documents` files to the folder, `share` of them garbage: (good ones, garbage)."""
    folder.mkdir(parents=True, exist_ok=True)
    bad = round(documents * share)
    good = [folder / f"body_{number:04}.txt" for number in range(documents - bad)]
    for number, path in enumerate(good):
        path.write_bytes(body(number))
    broken = [folder / f"garbage_{number:04}.pdf" for number in range(bad)]
    for number, path in enumerate(broken):
        path.write_bytes(garbage(number, good[0].read_bytes()))
    return good, broken
