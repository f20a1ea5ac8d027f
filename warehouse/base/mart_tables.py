"""The tables of schema mart as sql/tables.toml declares them: keys and indexes, and which rows a load rewrites.

Creating them, filling and refreshing them, statistics, audit and the past follow from it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from warehouse.base.errors import BadSqlDeclaration
from warehouse.base.project_files import ROOT

FILE = "tables.toml"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Names = Annotated[tuple[Name, ...], Field(min_length=1)]
Touched = Literal[
    "divisions", "departments", "fiscal_years", "functional_subjects", "economic_subjects", "codes", "open_tables"
]  # what of the dimensions a load can meet


class Index(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: Names
    include: tuple[Name, ...] = ()


class MartTable(BaseModel):
    """One table; sql/tables.toml says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Names
    unique: tuple[Names, ...] = ()
    references: dict[Name, Names] = {}
    indexes: dict[Name, Index] = {}
    few_statistics: tuple[Name, ...] = ()
    rewritten: Literal["slot", "two years"] | Names | None = None
    follows: Annotated[dict[Name, Touched], Field(max_length=1)] = {}

    @property
    def is_fact(self) -> bool:
        return self.rewritten is not None

    @property
    def group(self) -> tuple[str, ...]:
        """The columns whose values a load's documents share with the rows it rewrites; empty if these are its own."""
        return self.rewritten if isinstance(self.rewritten, tuple) else ()

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if self.is_fact and self.follows:
            raise ValueError("a fact is rewritten, a dimension follows: not both")
        if self.rewritten == "two years" and "document_id" not in self.key:
            raise ValueError('rewritten = "two years" needs document_id in the key')
        return self


MartTables = Mapping[str, MartTable]


@cache  # every load asks for them
def mart_tables(folder: Path = ROOT / "sql") -> MartTables:
    """name → table in the order of filling; raises BadSqlDeclaration with the table and the rule it breaks."""
    try:
        declared = tomllib.loads((folder / FILE).read_text("utf-8"))
        tables = TypeAdapter(dict[Name, MartTable]).validate_python(declared)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadSqlDeclaration(f"{FILE}: {error}") from error
    if wrong := list(_wrong_references(tables)):
        raise BadSqlDeclaration(f"{FILE}: {'; '.join(wrong)}")
    return tables


def _wrong_references(tables: MartTables) -> Iterator[str]:
    above = set()
    for name, table in tables.items():
        above.add(name)
        for target, columns in table.references.items():
            if target not in above:
                yield f"{name}.references: no table {target} stands above it"
            elif len(columns) != len(tables[target].key):
                yield f"{name}.references.{target}: the key of {target} is {', '.join(tables[target].key)}"


def facts(folder: Path = ROOT / "sql") -> dict[str, MartTable]:
    """Those that grow with the documents, in the order of filling."""
    return {name: table for name, table in mart_tables(folder).items() if table.is_fact}


def dimensions(folder: Path = ROOT / "sql") -> dict[str, MartTable]:
    return {name: table for name, table in mart_tables(folder).items() if not table.is_fact}


def creation(name: str, table: MartTable) -> str:
    """SQL that makes the table after its view, empty, under its keys and indexes but for foreign keys."""
    made = [f"add primary key ({', '.join(table.key)})"]
    made += [f"add unique ({', '.join(columns)})" for columns in table.unique]
    made += [f"alter column {column} set statistics 1" for column in table.few_statistics]
    indexes = "".join(_index(name, index_name, index) for index_name, index in table.indexes.items())
    return (
        f"create table mart.{name} as select * from intermediate.{name} with no data;"
        f"\nalter table mart.{name} {', '.join(made)};{indexes}"
    )


def _index(table: str, name: str, index: Index) -> str:
    include = f" include ({', '.join(index.include)})" if index.include else ""
    return f"\ncreate index {table}_{name}_idx on mart.{table} ({', '.join(index.columns)}){include};"


def foreign_keys(name: str, tables: MartTables) -> str:
    """SQL that adds them, once all tables are there; empty where there is none."""
    added = [
        f"add foreign key ({', '.join(columns)}) references mart.{target} ({', '.join(tables[target].key)})"
        for target, columns in tables[name].references.items()
    ]
    return f"alter table mart.{name} {', '.join(added)}" if added else ""


def differences(tables: MartTables) -> str:
    """The audit query: tables that do not hold what their views say, once everything is refreshed."""
    return "\nunion all\n".join(_DIFFERENCE.format(name=name) for name in tables)


_DIFFERENCE = """
select '{name}' as star, missing, superfluous
from (
    select
        (
            select count(*)
            from (select * from intermediate.{name} except all select * from mart.{name}) as rows
        ) as missing,
        (
            select count(*)
            from (select * from mart.{name} except all select * from intermediate.{name}) as rows
        ) as superfluous
) as counted
where missing > 0 or superfluous > 0
""".strip()
