"""Names and telephone numbers of those who filled in a form are left out before anything is read."""

import re
from dataclasses import replace
from functools import lru_cache

from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.rows import FormRow, Piece
from warehouse.kinds.characters import squeeze
from warehouse.kinds.form_declarations import wordings

_WORDS = wordings().contacts
_OF, _ROLES, _REACHED_BY, _SIGNED = map("|".join, (_WORDS.of, _WORDS.roles, _WORDS.reached_by, _WORDS.signed))
_TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－]?\d{7,8}|\d{3,4}[-—－]\d{7,8})(?!\d)")
_NAMED = re.compile(
    rf"(?:{_OF})?(?:{_ROLES})(?:及(?:{_REACHED_BY}))?[(（]?(?:{_SIGNED})?[)）]?\s*[:：]\s*"
    r"(?:[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|[\u4e00-\u9fff]{2,3}(?=[,，、;；。\s]))?\s*[,，、]?\s*(?:\d{7,12})?"
)
_LABEL_WITH_COLON = re.compile(r"[:：]")


def without_contacts(text: str) -> str:
    """The text without telephone numbers and without names that a contact label introduces."""
    without_names = _NAMED.sub("", text) if _LABEL_WITH_COLON.search(text) else text
    return _TELEPHONE.sub("", without_names)


def without_contact_cells(row: FormRow, spec: FormSpec) -> FormRow:
    """The row without its contact labels and the cells that answer them."""
    kept: list[Piece] = []
    answers_contact = False
    for piece in row.pieces:
        if names_contact(piece.text, spec):
            answers_contact = True
        elif answers_contact and not is_label(piece.text, spec):
            answers_contact = False
        else:
            answers_contact = False
            kept.append(piece)
    return row if len(kept) == len(row.pieces) else replace(row, pieces=tuple(kept))


@lru_cache(maxsize=16384)  # 3 calls per text
def names_contact(text: str, spec: FormSpec) -> bool:
    """填报人, or 填报人及联系方式：… in one cell."""
    head = _LABEL_WITH_COLON.split(squeeze(text), maxsplit=1)[0]
    return spec.key("contacts", head) is not None


def is_label(text: str, spec: FormSpec) -> bool:
    return any(spec.key(section, text) for section in ("head", "money", "contacts", "goals"))
