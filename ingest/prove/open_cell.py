"""A cell of a table on its way to an amount."""

from dataclasses import dataclass, field
from decimal import Decimal

from ingest.checks.document_cells import CellKey
from ingest.document import Cell
from ingest.tables.shapes.readrows import ReadCell, ReadRow
from ingest.values.amounts import UNITS, Candidate
from ingest.values.rounding import HALF
from warehouse.kinds.tables import StandardTable
from warehouse.records.reading import Status


@dataclass(slots=True)
class Open:
    """A cell on its way to an amount. Values in yuan, or a count."""

    key: CellKey
    form: StandardTable
    row: ReadRow
    cell: ReadCell
    row_no: int
    unit: str  # as printed: 元, 万元 … or 辆
    value: Decimal | None = None
    status: Status = Status.AS_PRINTED
    is_recognised: bool = False  # in a picture: it proves nothing, and only `ingest.prove.recognised` confirms it
    reasons: list[str] = field(default_factory=list)

    @property
    def factor(self) -> Decimal:
        return UNITS.get(self.unit, Decimal(1))

    @property
    def is_open(self) -> bool:
        return self.cell.reading.is_damaged and self.status is Status.AS_PRINTED

    @property
    def raw(self) -> Cell | None:
        """The printed cell that it was read from."""
        cells, column = self.row.row.cells, self.cell.column
        return cells[column] if column < len(cells) else None

    def tried(self, candidate: Candidate) -> Decimal:
        return candidate.value * self.factor

    @property
    def only(self) -> Decimal | None:
        """The value, or what it can only have been."""
        candidates = self.cell.reading.candidates
        if self.value is None and self.is_open and len(candidates) == 1:
            return self.tried(candidates[0])
        return self.value

    @property
    def guessed(self) -> frozenset[str]:
        """What its only reading decides without proof."""
        candidates = self.cell.reading.candidates
        return candidates[0].changes if self.is_open and len(candidates) == 1 else frozenset()

    @property
    def envelope(self) -> Decimal:
        """Half of the last printed decimal, in yuan: how far rounding can have moved this number."""
        value = self.cell.reading.value
        decimals = 2 if value is None else max(0, -int(value.as_tuple().exponent))
        return HALF * self.factor / Decimal(10 ** min(decimals, 2))
