"""Names of projects as they are printed in tables and lists."""

import re

from warehouse.kinds.characters import name_of

_LONG_CODE = re.compile(r"^[0-9A-Z]{12,}[-_]")


def project_name(text: str) -> str:
    """河道清淤 of 11000022T000000460216-河道清淤, without white space."""
    return _LONG_CODE.sub("", name_of(text))
