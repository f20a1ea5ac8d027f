"""Renders the page.html of a folder. What a document says is escaped, and none of its control characters gets out."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.base.visible import visible_lines

Filters = Mapping[str, Callable[..., Any]]
SHARED = Path(__file__).parent  # base.html and the script, the only one that the pages allow to run


def page(folder: Path, view: Mapping[str, Any], filters: Filters = MappingProxyType({})) -> str:
    loader = FileSystemLoader([folder, SHARED])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters.update(filters)
    script = (SHARED / "page.js").read_text("utf-8")
    digest = f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
    shown = environment.get_template("page.html").render(view, script=script, script_digest=digest)
    return visible_lines(shown)
