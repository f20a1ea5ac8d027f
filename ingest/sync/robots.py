"""What a robots.txt asks of us: RFC 9309, and the older Crawl-delay, as Protego reads them.

Protego copies each rule for every name of its group, and takes a group named `j` for ours. So it gets a text in which
only three names are left: ours, that of everybody, that of others.
"""

import re
from dataclasses import dataclass

from protego import Protego

TOKEN = "juesuan"  # what a robots.txt calls us
OTHERS = "others"
LARGEST = 500 * 1024  # bytes that are looked at, as the RFC asks
_NAMING = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#/\s]*)", re.IGNORECASE)  # the spellings Protego knows


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us."""

    parsed: Protego

    def allows(self, path: str) -> bool:
        """`path` with its query, percent-encoded as it is sent."""
        return self.parsed.can_fetch(
            f"http://host{path}", TOKEN
        )  # without a host, //a/b would be read as host and path

    @property
    def delay(self) -> float | None:
        """Seconds between two requests, None where nothing is asked."""
        return self.parsed.crawl_delay(TOKEN)


def parse(content: bytes) -> Robots:
    """The rules for us in a robots.txt; anything that is no rule is passed over."""
    lines = content[:LARGEST].decode("utf-8-sig", errors="replace").splitlines()
    return Robots(Protego.parse("\n".join(map(_named_for_us, lines))))


def _named_for_us(line: str) -> str:
    """A line that names a group's crawler: juesuan, also with a version, `*`, or others. Any other line as it is."""
    naming = _NAMING.match(line)
    if naming is None:
        return line
    name = naming.group(1).lower()
    return f"user-agent: {name if name in (TOKEN, '*') else OTHERS}"


ALLOW_ALL = parse(b"")
