"""The kind of a department: what makes 工业和信息化局 and 经济和信息化委员会 of two cities comparable."""

import csv
from functools import cache

from warehouse.kinds.reference_lists import FOLDER
from warehouse.kinds.wordings import body_words, document_words

FILE = FOLDER / "department_kinds.csv"
_WORDS = body_words()


def department_kind(name: str, place: str) -> str | None:
    """The kind of a body by its name without place and organ; an unlisted body is of the kind it is named."""
    name = document_words().scope_behind_body.sub("", name)  # 某某局(本级) is of the kind of 某某局
    core = name.removeprefix(place) if name.startswith(place) else name
    core = _WORDS.committee_of_place.sub("", core) or core
    bare = _WORDS.organ.sub("", core) or core
    return _by_words().get(bare) or _by_words().get(core) or _by_ending(bare) or bare or None


def is_listed(kind: str) -> bool:
    """Whether a kind is one of the list, and not only what a body is named."""
    return kind in _by_words().values()


def _by_ending(bare: str) -> str | None:
    """示范市财政: a listed word behind a place that the division list has not."""
    fitting = [
        word for word in _by_words() if bare.endswith(word) and bare[: -len(word)].endswith(_WORDS.place_endings)
    ]
    return _by_words()[max(fitting, key=len)] if fitting else None


@cache  # made once of the list
def _by_words() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {word: row["kind"] for row in csv.DictReader(file) for word in row["words"].split("|")}
