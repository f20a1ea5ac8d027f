"""All rows of every public view, to compare a warehouse before and after a change."""

from psycopg import Connection

VIEWS = "select table_name from information_schema.tables where table_schema = 'mart' order by table_name"
FUNCTIONS = "select proname from pg_proc where pronamespace = 'mart'::regnamespace order by proname"

Rows = dict[str, list[str]]


def public_rows(connection: Connection) -> Rows:
    """View → its rows, sorted."""
    return {name: _rows(connection, f"mart.{name}") for (name,) in connection.execute(VIEWS).fetchall()}


def public_rows_as_of(connection: Connection, day: str) -> Rows:
    """The same of a day, an SQL expression, for the views that have an as-of function."""
    functions = connection.execute(FUNCTIONS).fetchall()
    return {name.removesuffix("_as_of"): _rows(connection, f"mart.{name}({day})") for (name,) in functions}


def differing(before: Rows, after: Rows) -> dict[str, tuple[list[str], list[str]]]:
    """View → rows that only one of both has."""
    return {
        name: (sorted(set(before[name]) - set(after[name])), sorted(set(after[name]) - set(before[name])))
        for name in before
        if before[name] != after[name]
    }


def _rows(connection: Connection, source: str) -> list[str]:
    return sorted(map(str, connection.execute(f"select * from {source}").fetchall()))
