"""The columns of schema mart that others rely on: `python -m tests.mart_columns` adds the new ones to the list.

tests/expected/mart_columns.csv has a line for every column of a view, of a table and of what a function returns:
object, column, type as PostgreSQL writes it. A line leaves the list by hand only, for it takes something away from
analysts.
"""

import csv
import sys
from pathlib import Path

from psycopg import Connection

from tests.conftest import new_database
from warehouse import server
from warehouse.base.database import connect
from warehouse.schema.upgrade import upgrade

FILE = Path(__file__).parent / "expected" / "mart_columns.csv"
HEADER = ("object", "column", "type")
COLUMNS = """
with shown (name, relation_id) as (
    select relname::text, oid from pg_class
    where relnamespace = 'mart'::regnamespace and relkind in ('r', 'p', 'v', 'm')
    union all
    select format('%s(%s)', proname, pg_get_function_identity_arguments(oid)), prorettype::regtype::text::regclass
    from pg_proc
    where pronamespace = 'mart'::regnamespace
)

select shown.name, attname::text, format_type(atttypid, atttypmod)
from shown
join pg_attribute on attrelid = shown.relation_id and attnum > 0 and not attisdropped
"""

Line = tuple[str, str, str]


def in_database(connection: Connection) -> set[Line]:
    """Every column of schema mart as it is."""
    return set(connection.execute(COLUMNS).fetchall())


def recorded() -> set[Line]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {tuple(line.values()) for line in csv.DictReader(lines)}


def missing(promised: set[Line], found: set[Line]) -> list[str]:
    """In words, what is promised and not there under that name and type."""
    types = {(name, column): type_ for name, column, type_ in found}
    return [
        f"mart.{name}.{column}: {type_} promised, {types.get((name, column), 'not there')}"
        for name, column, type_ in sorted(promised - found)
    ]


def _write(lines: set[Line]) -> None:
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *sorted(lines)])


def main() -> None:
    with new_database(server.start()) as url:
        upgrade(url)
        with connect(url) as connection:
            found = in_database(connection)
    promised = recorded() if FILE.exists() else set()
    if broken := missing(promised, found):
        sys.exit("\n".join(broken))
    _write(found | promised)


if __name__ == "__main__":
    main()
