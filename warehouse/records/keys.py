"""The key of a record: what tells it from the others of its extraction. Its class names the fields in `KEY_FIELDS`."""

from typing import ClassVar, Protocol


class Keyed(Protocol):
    KEY_FIELDS: ClassVar[tuple[str, ...]]


def key_of(record: Keyed) -> tuple[object, ...]:
    """The values of its key fields, in the order in which its class names them."""
    return tuple(getattr(record, name) for name in record.KEY_FIELDS)
