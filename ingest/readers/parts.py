"""The files of a disclosure of several, as they are handed to be read. Who says that they are one: docs/nightly.md."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a disclosure: where its bytes are, and what it was called at the address it came from."""

    path: Path
    name: str
    url: str | None = None


def web_address(address: str | None) -> str | None:
    """The address, if it is one of the web: a file: address names a path of one machine and is not published."""
    return address if (address or "").startswith(("http:", "https:")) else None
