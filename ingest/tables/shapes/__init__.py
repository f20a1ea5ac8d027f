"""Few shapes instead of one parser per table. A shape finds the layout in a part's header and reads its rows."""

from types import ModuleType

from ingest.tables.shapes import code_groups, items, items_of_units, keyed_rows, sides, stages_by_items

SHAPES: dict[str, ModuleType] = {
    "keyed_rows": keyed_rows,
    "sides": sides,
    "code_groups": code_groups,
    "stages_by_items": stages_by_items,
    "items": items,
    "items_of_units": items_of_units,
}
