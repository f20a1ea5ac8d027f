"""Variants that are not read as they should be, and why: expected to fail; one that passes must leave the list."""

KNOWN_OPEN: dict[str, str] = {}
