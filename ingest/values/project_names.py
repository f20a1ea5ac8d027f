"""Names of projects as they are printed in tables and lists."""

import re

from warehouse.kinds.characters import name_of, squeeze

_LONG_CODE = re.compile(r"^([0-9A-Z]{12,})[-_]")
_CODE = re.compile(r"[0-9A-Z]*[0-9][0-9A-Z-]{3,}")


def project_name(text: str) -> str:
    """河道清淤 of 11000022T000000460216-河道清淤, without white space."""
    return _LONG_CODE.sub("", name_of(text))


def code_in_name(text: str) -> str | None:
    """11000022T000000460216 of 11000022T000000460216-河道清淤."""
    found = _LONG_CODE.match(name_of(text))
    return found[1] if found else None


def project_code(text: str) -> str | None:
    """What a cell of codes of projects holds; None of a blank, a dash or words."""
    bare = squeeze(text).upper()
    return bare if _CODE.fullmatch(bare) else None
