"""Who filled in a form and how to reach them is no analyst's business: it enters no record."""

import re
from dataclasses import replace

from ingest.forms.declared.labels import FormSpec
from ingest.forms.layout.rows import FormRow, Piece
from ingest.values.characters import squeeze

_WHO = "填报人|填表人|联系人|经办人|负责人|审核人|复核人|评价人|联系方式|联系电话|手机号码?|电话"
_TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－]?\d{7,8}|\d{3,4}[-—－]\d{7,8})(?!\d)")
_NAMED = re.compile(
    rf"(?:项目|单位|部门|财务)?(?:{_WHO})(?:及(?:联系方式|联系电话|电话))?[(（]?(?:签字|签章)?[)）]?\s*[:：]\s*"
    r"(?:[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|[\u4e00-\u9fff]{2,3}(?=[,，、;；。\s]))?\s*[,，、]?\s*(?:\d{7,12})?"
)
_LABEL_WITH_COLON = re.compile(r"[:：]")


def without_contacts(text: str) -> str:
    """The text without telephone numbers and without names that a contact label introduces."""
    return _TELEPHONE.sub("", _NAMED.sub("", text))


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


def names_contact(text: str, spec: FormSpec) -> bool:
    """填报人, or 填报人及联系方式：… in one cell."""
    head = _LABEL_WITH_COLON.split(squeeze(text), maxsplit=1)[0]
    return spec.key("contacts", head) is not None


def is_label(text: str, spec: FormSpec) -> bool:
    return any(spec.key(section, text) for section in ("head", "money", "contacts", "goals"))
