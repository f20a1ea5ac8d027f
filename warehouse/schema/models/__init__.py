"""The tables of schema `warehouse`: dimensions, documents, figures, statements, performance forms, the nightly work.

The revisions in migrations/ create them; a test holds both equal. Every table has its natural key;
surrogate keys are narrow because `amount` will hold tens of millions of rows.
"""

from warehouse.schema.models import comparison, dimensions, documents, figures, performance, sources, statements, work
from warehouse.schema.models.base import SCHEMA, metadata

__all__ = [
    "SCHEMA",
    "comparison",
    "dimensions",
    "documents",
    "figures",
    "metadata",
    "performance",
    "sources",
    "statements",
    "work",
]
