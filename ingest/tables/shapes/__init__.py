"""Few shapes instead of one parser per table. A shape finds the layout in a part's header and reads its rows."""

from collections.abc import Callable
from types import ModuleType

from ingest.tables.shapes import (
    code_groups,
    items,
    items_of_units,
    keyed_rows,
    levels,
    several_keys,
    sides,
    stages_by_items,
)
from ingest.tables.shapes.readrows import ReadTable
from warehouse.kinds.tables import StandardTable

SHAPES: dict[str, ModuleType] = {
    "keyed_rows": keyed_rows,
    "sides": sides,
    "code_groups": code_groups,
    "stages_by_items": stages_by_items,
    "items": items,
    "items_of_units": items_of_units,
    "levels": levels,
    "several_keys": several_keys,
}
# What a shape makes of the rows of all parts together.
FINISH: dict[str, Callable[[StandardTable, ReadTable], None]] = {
    "levels": levels.finish,
    "several_keys": several_keys.completed,
}
