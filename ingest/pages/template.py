"""Renders the page.html of a folder. What a document says is escaped, and none of its control characters gets out."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.base.visible import visible_lines

Filters = Mapping[str, Callable[..., Any]]


def page(folder: Path, view: Mapping[str, Any], filters: Filters = MappingProxyType({})) -> str:
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(filters)
    return visible_lines(environment.get_template("page.html").render(view))
