"""The list of the columns of schema mart, which users rely on: `python -m tests.mart_columns` adds new ones.

tests/expected/mart_columns.csv has a line for every column of a view, of a table and of the result of a function:
object, column, type as PostgreSQL writes it. A line is removed by hand only, because queries of analysts may use the
column.
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
OF_NO_DOCUMENT = {"label", "column_description", "relationship", "contract"}  # views that say what views hold
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
    """Every column of schema mart in the database."""
    return set(connection.execute(COLUMNS).fetchall())


def recorded() -> set[Line]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {tuple(line.values()) for line in csv.DictReader(lines)}


def missing(promised: set[Line], found: set[Line]) -> list[str]:
    """A text for each column of the list that the database lacks or has with another type."""
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
