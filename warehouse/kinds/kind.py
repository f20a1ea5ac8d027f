"""A kind of document, such as departmental final accounts: everything that is declared about it, in one folder.

Whatever reads, checks or shows a document takes its kind as an argument. A new kind is one more folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field

from warehouse.kinds.checks import Family, Rule, read_checks
from warehouse.kinds.declared import DeclarationError, Declared, read_declaration
from warehouse.kinds.tables import Key, StandardTable, read_table

FOLDER = Path(__file__).resolve().parent
FINAL_ACCOUNTS = "final_accounts"


class KindDeclared(Declared):
    """`tables` are the codes of the standard tables in the order of the form."""

    name: Key
    label: str
    tables: list[str] = Field(min_length=1)


@dataclass(frozen=True, eq=False)
class DocumentKind:
    """Two kinds are the same only if they are one object."""

    name: str
    label: str  # 决算
    tables: tuple[StandardTable, ...]
    folder: Path  # of its declarations
    families: tuple[Family, ...] = ()  # of its checks
    rules: tuple[Rule, ...] = ()  # its checks, those of an id in declared order

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Comparable title → table code. No two tables of a kind share one."""
        return {title: table.code for table in self.tables for title in table.titles}

    def table(self, code: str) -> StandardTable:
        """Raises KeyError."""
        return self._by_code[code]

    def has(self, code: str | None) -> bool:
        return code in self._by_code

    @cached_property
    def _by_code(self) -> dict[str | None, StandardTable]:
        return {table.code: table for table in self.tables}


@cache
def load_kind(name: str) -> DocumentKind:
    """A kind of the project by its name. Raises DeclarationError."""
    return read_kind(FOLDER / name)


@cache
def load_kinds() -> tuple[DocumentKind, ...]:
    """Every kind of the project, in the order of their names."""
    return tuple(load_kind(path.parent.name) for path in sorted(FOLDER.glob("*/kind.toml")))


def read_kind(folder: Path) -> DocumentKind:
    """The kind that a folder declares. Raises DeclarationError naming file, key and fault."""
    declared = read_declaration(folder / "kind.toml", KindDeclared)
    tables = {table.code: table for table in _tables(folder)}
    if tables.keys() != set(declared.tables):
        odd = ", ".join(sorted(tables.keys() ^ set(declared.tables)))
        raise DeclarationError(f"kind.toml: tables and the files of {folder.name}/tables differ in {odd}")
    in_order = tuple(tables[code] for code in declared.tables)
    checks = read_checks(folder / "checks", in_order)
    return DocumentKind(declared.name, declared.label, in_order, folder, checks.families, checks.rules)


def _tables(folder: Path) -> list[StandardTable]:
    paths = sorted((folder / "tables").glob("*.toml"))
    tables = [read_table(path) for path in paths]
    codes: dict[str, str] = {}
    titles: dict[str, str] = {}
    for path, table in zip(paths, tables, strict=True):
        if codes.setdefault(table.code, path.name) != path.name:
            raise DeclarationError(f"{path.name}: {table.code} is declared in {codes[table.code]} as well")
        for title in sorted(table.titles):
            if titles.setdefault(title, table.code) != table.code:
                raise DeclarationError(f"{path.name}: title {title} belongs to both {titles[title]} and {table.code}")
    return tables
