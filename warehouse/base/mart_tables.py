"""The tables of schema mart as sql/tables.toml declares them: keys and indexes, and which rows a load rewrites.

Creation, filling, refresh, statistics, the audit query and the as-of views are all derived from the declaration.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from warehouse.base.errors import BadSqlDeclaration
from warehouse.base.project_files import ROOT

FILE = "tables.toml"
PAIRS_FROM = r"string_to_array(regexp_replace({text}, '..', {others}E'\\&\n', 'g'), E'\n')"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Names = Annotated[tuple[Name, ...], Field(min_length=1)]
ChangedByALoad = Literal[
    "divisions", "departments", "fiscal_years", "functional_subjects", "economic_subjects", "codes", "open_tables"
]  # what a load may have added to the dimensions


class Index(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: Names
    include: tuple[Name, ...] = ()
    finds_pairs: bool = False


class MartTable(BaseModel):
    """One table; sql/tables.toml says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Names
    unique: tuple[Names, ...] = ()
    references: dict[Name, Names] = {}
    indexes: dict[Name, Index] = {}
    few_statistics: tuple[Name, ...] = ()
    rewritten: Literal["slot", "two years"] | Names | None = None
    follows: Annotated[dict[Name, ChangedByALoad], Field(max_length=1)] = {}

    @property
    def is_fact(self) -> bool:
        return self.rewritten is not None

    @property
    def group(self) -> tuple[str, ...]:
        """A load rewrites all rows that have the values of its documents in these columns. Empty if not declared."""
        return self.rewritten if isinstance(self.rewritten, tuple) else ()

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if self.is_fact and self.follows:
            raise ValueError("a fact is rewritten, a dimension follows: not both")
        if self.rewritten == "two years" and "document_id" not in self.key:
            raise ValueError('rewritten = "two years" needs document_id in the key')
        return self


MartTables = Mapping[str, MartTable]


@cache  # needed by every load
def mart_tables(folder: Path = ROOT / "sql") -> MartTables:
    """name → table, in the order in which they are filled. Raises BadSqlDeclaration, naming table and rule."""
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
    """The tables that get rows for every document, in the order in which they are filled."""
    return {name: table for name, table in mart_tables(folder).items() if table.is_fact}


def dimensions(folder: Path = ROOT / "sql") -> dict[str, MartTable]:
    return {name: table for name, table in mart_tables(folder).items() if not table.is_fact}


def creation(name: str, table: MartTable) -> str:
    """SQL that creates the empty table with the columns of its view, its keys and indexes, without foreign keys."""
    made = [f"add primary key ({', '.join(table.key)})"]
    made += [f"add unique ({', '.join(columns)})" for columns in table.unique]
    made += [f"alter column {column} set statistics 1" for column in table.few_statistics]
    indexes = "".join(_index(name, index_name, index) for index_name, index in table.indexes.items())
    return (
        f"create table mart.{name} as select * from intermediate.{name} with no data;"
        f"\nalter table mart.{name} {', '.join(made)};{indexes}"
    )


class PairsIndex(NamedTuple):
    name: str
    creation: str


def pairs_index(name: str, table: MartTable) -> PairsIndex | None:
    """The index of pairs of a table, if it has one."""
    found = ((one, index) for one, index in table.indexes.items() if index.finds_pairs)
    return next((PairsIndex(f"mart.{name}_{one}_idx", _index(name, one, index)) for one, index in found), None)


def pairs(columns: Names) -> str:
    """SQL: every two neighbouring characters of the last column, each behind the values of the other columns.

    An index of such arrays finds a word of two Chinese characters, which pg_trgm does not. The other values stand in
    each pair, because rows with one of them are too many to be looked up by themselves. Of functions that PostgreSQL
    has, so that every role may ask, and twice as fast as one in SQL.
    """
    *others, text = columns
    before = "".join(f"{other} || " for other in others)
    split = " || ".join(PAIRS_FROM.format(text=start, others=before) for start in (text, f"substr({text}, 2)"))
    return f"array_remove({split}, '')"


def _index(table: str, name: str, index: Index) -> str:
    if index.finds_pairs:
        return f"\ncreate index {table}_{name}_idx on mart.{table} using gin (({pairs(index.columns)}));"
    include = f" include ({', '.join(index.include)})" if index.include else ""
    return f"\ncreate index {table}_{name}_idx on mart.{table} ({', '.join(index.columns)}){include};"


def foreign_keys(name: str, tables: MartTables) -> str:
    """SQL that adds the foreign keys of a table; all tables must exist. Empty where it has none."""
    added = [
        f"add foreign key ({', '.join(columns)}) references mart.{target} ({', '.join(tables[target].key)})"
        for target, columns in tables[name].references.items()
    ]
    return f"alter table mart.{name} {', '.join(added)}" if added else ""


def differences(tables: MartTables, rows: Mapping[str, Sequence[str]] = {}) -> str:
    """The audit query: tables that differ from their views although everything was refreshed. `rows`: table →
    conditions that choose the rows to compare; of a table without them all are."""
    compared = ((name, condition) for name in tables for condition in rows.get(name, ["true"]))
    return "\nunion all\n".join(_DIFFERENCE.format(name=name, condition=condition) for name, condition in compared)


_DIFFERENCE = """
select '{name}' as star, missing, superfluous
from (
    select
        (
            select count(*)
            from (
                select * from intermediate.{name} where {condition}
                except all
                select * from mart.{name} where {condition}
            ) as rows
        ) as missing,
        (
            select count(*)
            from (
                select * from mart.{name} where {condition}
                except all
                select * from intermediate.{name} where {condition}
            ) as rows
        ) as superfluous
) as counted
where missing > 0 or superfluous > 0
""".strip()
