"""What the identities say of cells whose numbers are not settled yet: `ingest.prove.amounts` uses them as proof.

An equation is two lists of cells with the same sum. It knows nothing of how far the cells can be trusted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.checks.document_cells import CellKey, cells_of_rows
from ingest.checks.instances import EXPAND, Instance
from warehouse.kinds.checks import PROVING
from warehouse.kinds.kind import DocumentKind


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` sums to the same as `right`."""

    rule: str
    says: str
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return self.left + self.right


def equations(kind: DocumentKind, rows: Mapping[tuple[str, str], str]) -> Iterator[Equation]:
    """All equations of a document. `rows` maps (table code, row key) to the printed label."""
    printed = cells_of_rows(kind, rows)
    for rule in kind.rules:
        if rule.kind in PROVING and rule.proves:
            for instance in EXPAND[rule.kind](rule, printed):
                yield from _equations(instance)


def _equations(instance: Instance) -> Iterator[Equation]:
    """What is subtracted on one side stands on the other."""
    if len(instance.rights) == 1:
        (right,) = instance.rights
        signed = [*instance.left, *((-sign, key) for sign, key in right)]
        plus = tuple(key for sign, key in signed if sign > 0)
        minus = tuple(key for sign, key in signed if sign < 0)
        yield Equation(instance.rule.id, instance.rule.says, plus, minus)
