"""Persons and telephone numbers in the names of rows of tables are left out, before anything is made of the rows."""

from collections.abc import Iterable
from dataclasses import replace

from ingest.forms.layout.contacts import without_contacts
from ingest.tables.shapes.readrows import ReadRow, ReadTable
from warehouse.kinds.characters import squeeze


def leave_out_contacts(tables: Iterable[ReadTable]) -> None:
    """In place: rows, sums of rows, and rows that were not read."""
    for table in tables:
        table.rows[:] = map(_without_contacts, table.rows)
        table.addends[:] = map(_without_contacts, table.addends)
        table.unread_rows[:] = map(without_contacts, table.unread_rows)


def _without_contacts(row: ReadRow) -> ReadRow:
    """A row whose name is nothing but a number has no telephone number in it."""
    label = without_contacts(row.label)
    return row if label == row.label or not squeeze(label) else replace(row, label=label, key=without_contacts(row.key))
