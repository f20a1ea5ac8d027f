"""What a robots.txt asks of us: RFC 9309, and the older Crawl-delay.

The group that names us counts, else that of `*`. Of the rules that match an address the longest wins, and
Allow where two are of one length. The standard library's parser takes the first match and knows no `*`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes

TOKEN = "juesuan"  # what a robots.txt calls us
LARGEST = 500 * 1024  # bytes that are looked at, as the RFC asks


@dataclass(frozen=True, slots=True)
class Rule:
    allows: bool
    pattern: str


@dataclass(frozen=True, slots=True)
class Robots:
    """`delay` in seconds between two requests, None where nothing is asked."""

    rules: tuple[Rule, ...] = ()
    delay: float | None = None

    def allows(self, path: str) -> bool:
        """`path` with its query, percent-encoded as it is sent."""
        matching = [rule for rule in self.rules if _matches(rule.pattern, _normal(path))]
        return max(matching, key=lambda rule: (len(rule.pattern), rule.allows)).allows if matching else True


ALLOW_ALL = Robots()


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None


def parse(content: bytes) -> Robots:
    """The rules for us in a robots.txt; anything that is no rule is passed over."""
    groups = list(_groups(content[:LARGEST].decode("utf-8-sig", errors="replace")))
    ours = [group for group in groups if TOKEN in group.agents]
    chosen = ours or [group for group in groups if "*" in group.agents]
    delays = [group.delay for group in chosen if group.delay is not None]
    return Robots(tuple(rule for group in chosen for rule in group.rules), max(delays, default=None))


def _groups(text: str) -> Iterator[_Group]:
    group, is_open = _Group(), True  # open: further User-agent lines name the same group
    for key, value in _lines(text):
        if key == "user-agent":
            if not is_open:
                yield group
                group, is_open = _Group(), True
            group.agents.append(re.split(r"[/\s]", value.lower())[0])
        elif key in ("allow", "disallow"):
            is_open = False
            if value:
                group.rules.append(Rule(key == "allow", _normal(value)))
        elif key == "crawl-delay":
            is_open = False
            group.delay = _seconds(value)
    yield group


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _seconds(value: str) -> float | None:
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value) else None


def _normal(path: str) -> str:
    """One spelling of `%7E` and `~`, of 决 and its percent-encoding."""
    return re.sub(r"(?:%[0-9A-Fa-f]{2})+|[^\x21-\x7e]+", lambda found: _escaped(found.group()), path)


def _escaped(text: str) -> str:
    return quote(unquote_to_bytes(text), safe="~")


def _matches(pattern: str, path: str) -> bool:
    """`*` is any text, `$` at the end the end. In one pass, so that no pattern takes long."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, part in enumerate(others, start=1):
        if anchored and number == len(others):
            return len(path) - len(part) >= place and path.endswith(part)
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return not anchored or place == len(path)
