"""Labels of which a phantom border left a part: which known label a damaged text prints."""

from ingest.forms.form_spec import FormSpec, label
from ingest.forms.layout.columns import Column, columns_of
from ingest.forms.layout.rows import FormRow, Piece
from warehouse.kinds.characters import name_of, squeeze
from warehouse.kinds.form_weights import form_weights


def is_level(text: str, spec: FormSpec) -> bool:
    """The text is a level 1 or level 2 label."""
    bare = label(text)
    return bare in spec.groups or bare in spec.level1_labels


def known_part(text: str, known: tuple[str, ...], least: int) -> str | None:
    """Which of the known labels a damaged text prints: the one of which it holds the largest part in a row,
    at least `least` characters."""
    bare = squeeze(name_of(text))
    shares = [(_shared(bare, squeeze(name)) / len(name), name) for name in known]
    shares = sorted((share for share in shares if share[0] * len(share[1]) >= min(least, len(share[1]))), reverse=True)
    is_clear = shares and (len(shares) == 1 or shares[0][0] > shares[1][0])
    return shares[0][1] if is_clear else None


def prints_item(row: FormRow, spec: FormSpec) -> str | None:
    """The management item whose label is left in the row."""
    return known_part(row.text, spec.management_items, least=form_weights().torn.part_of_item)


def all_columns(row: FormRow, spec: FormSpec, kind: str) -> list[Column]:
    """The columns of a header in the order that is declared: an illegible label stands between its neighbours."""
    printed = columns_of(row, spec, kind)
    order = {"indicators": spec.indicator_order, "money": spec.money_order}.get(kind, ())
    if not order or not printed:
        return printed
    found = {column.key: column for column in printed}
    out: list[Column] = []
    for key in order:
        at = out[-1].piece.end if out else max(printed[0].piece.start - 1, 0)
        out.append(found.get(key) or Column(key, Piece("", at, at + 1), ""))
    return out


def _shared(text: str, name: str) -> int:
    """Length of the longest run of `name` that `text` prints."""
    longest = 0
    for start in range(len(name)):
        while start + longest < len(name) and name[start : start + longest + 1] in text:
            longest += 1
    return longest
