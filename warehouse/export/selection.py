"""What an export selects of a table or view: its rows in an order that depends on the data only."""

from psycopg import sql

from warehouse.base.catalog import Column, Mart


def selection(mart: Mart) -> sql.Composed:
    """SQL that selects all rows, sorted by all columns, texts by code point: the order depends on the data only."""
    return sql.SQL("select {} from mart.{} order by {}").format(
        sql.SQL(", ").join(named(column) for column in mart.columns),
        sql.Identifier(mart.name),
        sql.SQL(", ").join(map(ordered, mart.columns)),
    )


def named(column: Column) -> sql.Composable:
    """The column as it is exported, under its name."""
    return sql.SQL("{} as {}").format(_selected(column), sql.Identifier(column.name))


def _selected(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    if not column.is_cast:
        return name
    return sql.SQL("to_json({})::text" if column.is_array else "{}::text").format(name)


def ordered(column: Column) -> sql.Composable:
    """What rows are sorted by in this column."""
    expression = _selected(column)
    return expression + sql.SQL(' collate "C"') if column.is_text else expression
