"""What an upgrade writes into the files of sql/: rows that are declared elsewhere, and the addresses of evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from warehouse.kinds.labels import labels
from warehouse.schema.descriptions import translations
from warehouse.schema.evidence_urls import with_addresses
from warehouse.schema.joins import joins

# Placeholder in a file of sql/ → the rows, of texts, of the `values` list that takes its place.
ROWS: Mapping[str, Callable[[], Iterable[Sequence[str]]]] = {
    "{labels}": labels,
    "{descriptions}": lambda: translations().items(),
    "{joins}": lambda: ((f"{{{','.join(columns)}}}", to) for to, columns in joins().items()),
}


def written_out(script: str) -> str:
    """The script of a file of sql/ with its placeholders filled in, as PostgreSQL is given it."""
    for placeholder, rows in ROWS.items():
        if placeholder in script:
            script = script.replace(placeholder, ", ".join(f"({', '.join(map(_quoted, row))})" for row in rows()))
    return with_addresses(script)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
