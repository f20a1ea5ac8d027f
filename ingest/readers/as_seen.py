"""Places on pages that are pictures: from the page as it was laid straight to the page as it is seen."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ingest.document import Laid
from warehouse.records.places import Place
from warehouse.records.reading import Extraction

Pictures = Mapping[tuple[int, int | None], Laid]


def as_seen(extraction: Extraction, pictures: Pictures) -> Extraction:
    """Every place on one of these pages in points of the page as it is seen."""
    seen: Extraction = _as_seen(extraction, pictures) if pictures else extraction
    return seen


def _as_seen(told: Any, pictures: Pictures) -> Any:
    if isinstance(told, Place):
        laid = pictures.get(told.page_of_file)
        return told.with_box(laid.as_seen(told.box)) if laid and told.box else told
    if type(told) is tuple:
        return tuple(_as_seen(one, pictures) for one in told)
    if not is_dataclass(told) or isinstance(told, type):
        return told
    values = {one.name: getattr(told, one.name) for one in fields(told) if one.init}
    return replace(told, **{name: _as_seen(value, pictures) for name, value in values.items()})
