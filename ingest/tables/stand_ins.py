"""Columns whose name means another measure in documents that do not print that one: 上年实户资金余额 is what is used of
former balances, unless 使用非财政拨款结余 stands in a table of the same document.
"""

from collections.abc import Mapping
from dataclasses import replace

from ingest.tables.shapes.readrows import ReadRow, ReadTable
from warehouse.kinds.tables import StandardTable


def name_stand_ins(tables: Mapping[str, tuple[StandardTable, ReadTable]]) -> None:
    """Gives such columns the measure that they stand for, in place."""
    printed = {cell.measure for _, table in tables.values() for row in table.rows for cell in row.cells}
    for form, table in tables.values():
        meant = {one.name: one.stands_for for one in form.measures if one.stands_for and one.stands_for not in printed}
        if printed.intersection(meant):
            table.rows[:] = [_renamed(row, meant) for row in table.rows]


def _renamed(row: ReadRow, meant: Mapping[str, str]) -> ReadRow:
    return replace(row, cells=tuple(replace(cell, measure=meant.get(cell.measure, cell.measure)) for cell in row.cells))
