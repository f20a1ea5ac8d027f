"""Normalises characters of the same meaning, by the rules of `warehouse.kinds` under which words are compared."""

from warehouse.kinds.characters import *  # noqa: F403
