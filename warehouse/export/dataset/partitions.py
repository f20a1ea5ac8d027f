"""Which files the rows of a table or view are written to: one for each fiscal year and province where it has both.

The folders are named as DuckDB, Spark and Arrow expect it: fiscal_year=2024/province_code=410000. A fiscal year stands
in the path only; the code of the province is made from the code of the division and is added by the path.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from warehouse.base.catalog import Mart

NULL = "__HIVE_DEFAULT_PARTITION__"  # what Spark, DuckDB and Arrow read as null
DOCUMENTS = 1000  # documents of a file, where a view has neither year nor place


@dataclass(frozen=True, slots=True)
class Key:
    """What decides the file of a row. `name`: the column that the path has; none where only the file's name tells."""

    name: str
    expression: str


YEAR = Key("fiscal_year", "fiscal_year")
PROVINCE = Key("province_code", "left(division_code, 2) || '0000'")
SLICE = Key("", f"document_id / {DOCUMENTS}")


@dataclass(frozen=True, slots=True)
class Partitions:
    """How the rows of one view are divided."""

    view: str
    keys: tuple[Key, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that stand in the paths."""
        return tuple(key.name for key in self.keys if key.name)

    @property
    def expressions(self) -> list[sql.Composable]:
        return [sql.SQL(key.expression) for key in self.keys]

    def path(self, values: Sequence[object]) -> str:
        """The path of a file, relative to the dataset, by the values of the keys."""
        folders = [
            f"{key.name}={NULL if value is None else value}"
            for key, value in zip(self.keys, values, strict=True)
            if key.name
        ]
        numbers = [
            f"-{value:06}" for key, value in zip(self.keys, values, strict=True) if not key.name and value is not None
        ]
        return "/".join([self.view, *folders, f"part{''.join(numbers)}.parquet"])


def partitions(mart: Mart) -> Partitions:
    """Views without a year are divided by documents; what has neither is one file."""
    named = {column.name for column in mart.columns}
    if "fiscal_year" in named and named & {"division_code", "document_id"}:
        return Partitions(mart.name, (YEAR, PROVINCE) if "division_code" in named else (YEAR,))
    return Partitions(mart.name, (SLICE,) if "document_id" in named else ())
