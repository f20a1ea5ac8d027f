"""Characters that mean the same, made the same: those of `warehouse.kinds`, under which declarations are compared."""

from warehouse.kinds.characters import *  # noqa: F403
