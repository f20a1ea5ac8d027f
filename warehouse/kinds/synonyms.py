"""The words people use for kinds of department and for metrics. File common/synonyms.toml."""

from functools import cache

from warehouse.kinds.declared import Declared, read_declaration
from warehouse.kinds.names import FOLDER

FILE = FOLDER / "common" / "synonyms.toml"


class Synonyms(Declared):
    """What is typed → the kind of department, or the key of the metric."""

    kinds: dict[str, str]
    metrics: dict[str, str]

    def in_name(self, typed: str) -> str:
        """A part of a department's name with its kind written out: 工信局 as 工业和信息化局."""
        short = next((word for word in sorted(self.kinds, key=len, reverse=True) if word in typed), None)
        return typed.replace(short, self.kinds[short]) if short else typed


@cache  # read once per process
def synonyms() -> Synonyms:
    """Raises DeclarationError."""
    return read_declaration(FILE, Synonyms)
