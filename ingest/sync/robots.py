"""The rules of a robots.txt for this crawler: RFC 9309, and the older Crawl-delay, parsed by Protego.

Protego copies each rule for every name of its group, and takes a group named `j` for that of `juesuan`. So it gets a
text in which the names are replaced by three: `juesuan`, `*` and one for all others.
"""

import re
from dataclasses import dataclass

from protego import Protego

TOKEN = "juesuan"  # the crawler's name in a robots.txt
OTHERS = "others"
LARGEST = 500 * 1024  # bytes that are parsed, the least that the RFC asks for
_NAMING = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#/\s]*)", re.IGNORECASE)  # the spellings Protego knows


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for this crawler."""

    parsed: Protego

    def allows(self, path: str) -> bool:
        """`path` with its query, percent-encoded as it is sent."""
        return self.parsed.can_fetch(
            f"http://host{path}", TOKEN
        )  # without a host, //a/b would be read as host and path

    @property
    def delay(self) -> float | None:
        """Crawl-delay in seconds; None where there is none."""
        return self.parsed.crawl_delay(TOKEN)


def parse(content: bytes) -> Robots:
    """The rules of a robots.txt for this crawler; lines that are no rules are ignored."""
    lines = content[:LARGEST].decode("utf-8-sig", errors="replace").splitlines()
    return Robots(Protego.parse("\n".join(map(_named_for_us, lines))))


def _named_for_us(line: str) -> str:
    """A user-agent line with its name as juesuan (also with a version), `*` or others. Other lines are unchanged."""
    naming = _NAMING.match(line)
    if naming is None:
        return line
    name = naming.group(1).lower()
    return f"user-agent: {name if name in (TOKEN, '*') else OTHERS}"


ALLOW_ALL = parse(b"")
