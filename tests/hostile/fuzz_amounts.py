"""Fuzz target: any text as a printed amount.

usage: python -m tests.hostile.fuzz_amounts --seconds 120
"""

import unicodedata
from decimal import Decimal

from tests.hostile.fuzz import Broken, main

ALPHABET = (
    "0123456789" * 3 + ".,-" * 4 + " \n\t()=~_lIOoS|①²２，．－—−\u3000\xa0\ue000元%¥/\\NaNe+٣\u200b\u202e\x00三合"
    "·。’:△▲负（）【】万О\x0b\x85\u2028\xad无注"
)


def text_of(data: bytes) -> str:
    """One character for each byte, mostly characters of amounts; the last 16 values of a byte give any character."""
    return "".join(ALPHABET[byte % len(ALPHABET)] if byte < 240 else chr(0x2000 + 97 * byte) for byte in data)


def check(data: bytes) -> None:
    check_text(text_of(data))


def check_text(printed: str) -> None:
    from ingest.values.amounts import read_amount
    from warehouse.records.reading import Presence

    reading = read_amount(printed)
    if reading.value is not None:
        _require(reading.presence is Presence.NUMBER and not reading.candidates, printed, "a value among choices")
        _require(is_said(reading.value, printed), printed, "a value of other digits", reading.value)
        again = read_amount(f"{reading.value:f}").value
        _require(str(again) == str(reading.value), printed, "a value that reads back otherwise", again)
    if reading.presence is not Presence.NUMBER:
        _require(not any(char in "0123456789" for char in _plain(printed)), printed, "digits that count for nothing")
        _require(not reading.candidates and reading.value is None, printed, "a number that is none")
    values = [candidate.value for candidate in reading.candidates]
    _require(len(values) == len(set(values)), printed, "a choice between equals")
    _require(all(value.is_finite() for value in values), printed, "a choice that is no number")
    _require(all(candidate.how for candidate in reading.candidates), printed, "a choice without a reason")
    for candidate in reading.candidates:
        if not candidate.rest and not candidate.changes:
            _require(_digits(f"{candidate.value:f}") in _digits(_plain(printed)), printed, "other digits", candidate)


def is_said(value: Decimal, printed: str) -> bool:
    """Whether the value has all printed digits and no others, in their order, with the printed point and sign."""
    text = "".join(char for char in _plain(printed) if char in "0123456789.-")
    return f"{value:f}" == text


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789").lstrip("0")


def _plain(printed: str) -> str:
    """Replaces compatibility forms and digits of other scripts; ① and ² are marks and are not replaced."""
    kept = "".join(char if char.isdigit() and not char.isdecimal() else _compatible(char) for char in printed)
    return kept.translate(str.maketrans("−‐‑﹣", "----"))


def _compatible(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else unicodedata.normalize("NFKC", char)


def _require(holds: bool, printed: str, what: str, got: object = "") -> None:
    if not holds:
        raise Broken(f"{what}: {printed!r} {got}")


def _import() -> None:
    import ingest.values.amounts  # noqa: F401


if __name__ == "__main__":
    main(check, _import, 40)
