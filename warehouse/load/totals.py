"""The totals of income and expenditure: whether a new file moves them without saying so in its own narrative.

A correction that moves a total states the new one, for the narrative of a disclosure names both. Figures that were
multiplied, or taken from other accounts, do not agree with the text beside them.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from psycopg import Connection

from warehouse.base.messages import _
from warehouse.load.rows import declared_tables
from warehouse.records.reading import Extraction, StatedFigure

IN_YUAN = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
WAN = IN_YUAN["万元"]
# 元. Two prints of one total in 万元, each rounded to two decimals, are no further apart.
SAME_WITHIN = Decimal(100)
# The metrics of which others are shown as a share: the total of each side.
TOTALS = """
select label, item_key, table_code, measure from staging.metric
where kind = %s and metric = side and table_code is not null
"""
OF_PARSE = """
select amount.item_key, measure.table_code, measure.measure, amount.value
from warehouse.amount
join warehouse.measure using (measure_id)
where amount.parse_id = %s and amount.item_key = any(%s) and amount.value is not null
"""
Cell = tuple[str | None, str, str]  # item, table and measure
Totals = Mapping[str, Decimal]  # label of the metric → 元


def of_parse(connection: Connection, parse_id: int, kind: str) -> Totals:
    """The totals of a stored reading."""
    cells = _cells(connection, kind)
    rows = connection.execute(OF_PARSE, [parse_id, [item for item, _, _ in cells]])
    return {cells[cell]: value for *key, value in rows if (cell := tuple(key)) in cells}


def of_extraction(connection: Connection, extraction: Extraction) -> Totals:
    """The totals of a reading that is not stored yet."""
    tables = declared_tables(connection)
    cells = _cells(connection, extraction.profile.kind)
    placed = {(table, measure) for _, table, measure in cells}
    found = (
        (cells.get((tables.item_of(one.table_code, one.row_key), one.table_code, one.measure)), one.value)
        for one in extraction.amounts
        if (one.table_code, one.measure) in placed
    )
    return {label: value for label, value in found if label is not None and value is not None}


def moved(public: Totals, read: Totals, narrative: tuple[StatedFigure, ...]) -> Iterator[str]:
    """A reason for each total that differs from the public one and that the narrative does not state."""
    for label, now in read.items():
        before = public.get(label, now)
        if abs(now - before) > SAME_WITHIN and not _is_stated(now, narrative):
            says = _("still states the former") if _is_stated(before, narrative) else _("does not say so")
            yield _("{label} would be {wan} in place of {wan_2} 万元, and the narrative of the file {says}").format(
                label=label, wan=_wan(now), wan_2=_wan(before), says=says
            )


def _cells(connection: Connection, kind: str) -> dict[Cell, str]:
    return {(item, table, measure): label for label, item, table, measure in connection.execute(TOTALS, [kind])}


def _is_stated(total: Decimal, narrative: tuple[StatedFigure, ...]) -> bool:
    """Whether a figure of the narrative is this total, as far as the figure is printed."""
    return any(
        abs(figure.value * IN_YUAN[figure.unit] - total) <= _half_unit(figure) * IN_YUAN[figure.unit]
        for figure in narrative
        if figure.value is not None and figure.unit in IN_YUAN
    )


def _half_unit(figure: StatedFigure) -> Decimal:
    if figure.half_unit is not None:
        return figure.half_unit
    exponent = figure.value.as_tuple().exponent if figure.value is not None else 0
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)


def _wan(yuan: Decimal) -> str:
    return f"{yuan / WAN:,.2f}"
