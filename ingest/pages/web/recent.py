"""A cache in memory: what was not used for the longest time goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """`most` is the greatest sum of the sizes that are given with what is kept. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._made: OrderedDict[Hashable, tuple[Made, int]] = OrderedDict()
        self._lock, self._most, self._size = Lock(), most, 0

    def get(self, key: Hashable) -> Made | None:
        with self._lock:
            if key not in self._made:
                return None
            self._made.move_to_end(key)
            return self._made[key][0]

    def keep(self, key: Hashable, made: Made, size: int) -> Made:
        with self._lock:
            if key not in self._made:
                self._made[key] = made, size
                self._size += size
            while self._size > self._most:
                _, (_, dropped) = self._made.popitem(last=False)
                self._size -= dropped
        return made
