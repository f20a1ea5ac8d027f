"""A dataset for every table and view of schema mart, joined with all that it refers to.

In Superset a chart has one dataset and cannot join. So the dataset brings the columns of what the table or view refers
to, as sql/joins.toml declares it: `amount` has the columns of `department` as `department_…`.
"""

import re
from collections.abc import Iterator, Mapping

from assets import SCHEMA, identity, virtual_dataset
from declared import JOINS, MART, Json
from sqlalchemy import create_engine, inspect

Columns = Mapping[str, Mapping[str, str]]  # table or view → column → its comment
LONGEST_NAME = 30  # characters of a comment that serve as the name of a column


def files(reader_url: str) -> dict[str, Json]:
    """Path in the ZIP → dataset, with the columns that the database has."""
    shown = columns_of(reader_url.replace("postgresql://", "postgresql+psycopg2://", 1))
    return {f"datasets/juesuan/mart_{name}.yaml": dataset(name, shown) for name in shown}


def columns_of(url: str) -> Columns:
    """`url` names the driver."""
    with create_engine(url).connect() as connection:
        catalog = inspect(connection)
        return {
            name: {column["name"]: column["comment"] or "" for column in catalog.get_columns(name, SCHEMA)}
            for name in MART["tables"]
        }


def dataset(name: str, shown: Columns) -> Json:
    made = virtual_dataset(MART["tables"][name], says(name, shown), joined_sql(name, shown), identity("mart", name))
    brought = {f"{target}_{column}": shown[target][column] for target, column in _brought(name, shown)}
    made["columns"] = [_column(column, comment) for column, comment in (dict(shown[name]) | brought).items()]
    return made


def says(name: str, shown: Columns) -> str:
    led = [f"{'、'.join(JOINS[target])} → {MART['tables'][target]}" for target in referred(name, shown)]
    return f"mart.{name}" + (f"，已连接：{'；'.join(led)}" if led else "")


def joined_sql(name: str, shown: Columns) -> str:
    """The query of the dataset. A row has at most one row of each target, so no row is repeated."""
    brought = [f'{target}."{column}" as "{target}_{column}"' for target, column in _brought(name, shown)]
    joins = [f"left join {SCHEMA}.{target} on {_same(target)}" for target in referred(name, shown)]
    own = [f'shown."{column}"' for column in shown[name]]
    return "\n".join([f"select {', '.join(own + brought)}", f"from {SCHEMA}.{name} as shown", *joins])


def _same(target: str) -> str:
    return " and ".join(f"{target}.{column} = shown.{column}" for column in JOINS[target])


def referred(name: str, shown: Columns) -> list[str]:
    """The tables and views to which the columns of `name` lead."""
    return [target for target, columns in JOINS.items() if target != name and set(columns) <= shown[name].keys()]


def _brought(name: str, shown: Columns) -> Iterator[tuple[str, str]]:
    """The columns of the targets that the table or view does not have itself."""
    for target in referred(name, shown):
        yield from ((target, column) for column in shown[target] if column not in shown[name])


def _column(name: str, comment: str) -> Json:
    """Superset shows the name, and the whole comment beside it."""
    short = re.split(r"（(?!境)|；|，|：(?=[a-z])", comment)[0][:LONGEST_NAME]
    return {"column_name": name, "verbose_name": short, "description": comment, "groupby": True, "filterable": True}
