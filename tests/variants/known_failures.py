"""Variants that are expected to fail, with the reason. A test fails if one of them passes: it must leave the list."""

KNOWN_FAILURES: dict[str, str] = {}
