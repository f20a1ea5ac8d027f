"""Row keys of tables whose rows are units, some of them with the department above its units."""

from warehouse.kinds.characters import name_of, squeeze, without_footnote

TOTAL = "TOTAL"
UNIT = "unit:"


def unit_key(above: list[tuple[str, str]], code: str, name: str) -> str:
    """`unit:department/unit` below the row of a department, else `unit:name`.

    The code of a unit begins with that of its department: 117 and 117001. `above` holds (code, name) of the rows that
    this one may be part of, and afterwards those that the next one may be part of.
    """
    digits = squeeze(code)
    while above and not (digits.startswith(above[-1][0]) and digits != above[-1][0]):
        above.pop()
    name = without_footnote(name_of(name))
    path = [*(one for _, one in above), name]
    if digits:
        above.append((digits, name))
    return UNIT + "/".join(path)
