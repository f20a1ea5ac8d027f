"""Row keys of tables whose rows are units, some of them with the department above its units."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.tables.shapes.readrows import is_total
from warehouse.kinds.characters import name_of, squeeze

TOTAL = "TOTAL"
UNIT = "unit:"


@dataclass(slots=True)
class UnitKeys:
    """Keys of unit rows in their order. The code of a unit begins with that of its department: 117 and 117001."""

    _above: list[tuple[str, str]] = field(default_factory=list)  # (code, name) of the rows that this one may be part of

    def key(self, code: str, name: str) -> str:
        """`unit:department/unit` below the row of a department, else `unit:name`; TOTAL of 合计."""
        name = name_of(name)
        if is_total(name) or (not name and is_total(code)):
            self._above.clear()
            return TOTAL
        digits = squeeze(code)
        while self._above and not (digits.startswith(self._above[-1][0]) and digits != self._above[-1][0]):
            self._above.pop()
        path = [*(above for _, above in self._above), name]
        if digits:
            self._above.append((digits, name))
        return UNIT + "/".join(path)


def unit_keys(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Of (code, name) pairs."""
    keys = UnitKeys()
    return (keys.key(code, name) for code, name in rows)
