"""Declarations are TOML files that are checked as a whole when they are read; what is wrong is named with its file."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from warehouse.kinds.characters import comparable


class DeclarationError(Exception):
    """Our own declarations are at fault: a file in warehouse/kinds is wrong."""


class Declared(BaseModel):
    """What one file, or one entry of it, declares. A key that is not known is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


D = TypeVar("D", bound=BaseModel)
Pattern = re.Pattern[str]


def read_declaration(path: Path, model: type[D]) -> D:
    """The file as `model`. Raises DeclarationError naming file, key and fault."""
    return checked(read_toml(path), model, path.name)


def read_toml(path: Path) -> dict[str, Any]:
    """Raises DeclarationError where the file is not there or is no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DeclarationError(f"{path.name}: {error}") from error


def checked(raw: dict[str, Any], model: type[D], where: str) -> D:
    """`raw` as `model`. Raises DeclarationError; `where` names the file, and the entry if there are several."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DeclarationError(f"{where}: {key + ': ' if key else ''}{_fault(first)}") from None


def _fault(error: Any) -> str:
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, ValueError):
        return str(cause)
    said = error["msg"][:1].lower() + error["msg"][1:]
    return said if error["type"] in ("missing", "extra_forbidden") else f"{said} (it says {error['input']!r})"


def heading(text: str) -> str:
    """A heading or a wording of one in the form in which they are compared; `/` separates a path."""
    return "/".join(map(comparable, text.split("/")))


def headings(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(heading, texts))
