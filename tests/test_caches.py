"""Every cache has a comment with its reason: docs/decisions/caches.md."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CACHE = re.compile(r"@(?:lru_)?cache\b|= lru_cache\(")
REASON = re.compile(r"#\s*(?:noqa: \w+\s*)?\w+ \w+ \w+")


def without_reason(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if CACHE.search(line) and not REASON.search(line)]


@pytest.mark.parametrize("package", ["ingest", "warehouse"])
def test_every_cache_has_a_reason(package):
    files = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in (ROOT / package).rglob("*.py")}
    assert {name: found for name, text in files.items() if (found := without_reason(text))} == {}


def test_a_cache_without_a_reason_is_found():
    assert without_reason("@lru_cache(maxsize=8)  # noqa: B019\ndef f(text): ...") != []
    assert without_reason("@cache\ndef f(): ...") == ["@cache"]
    assert without_reason("@cache  # read once per process\ndef f(): ...") == []
