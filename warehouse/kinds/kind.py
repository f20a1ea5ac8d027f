"""A kind of document, such as departmental final accounts: everything that is declared about it, in one folder.

Whatever reads, checks or shows a document takes its kind as an argument. A new kind is one more folder.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field

from warehouse.kinds.checks import Family, Rule, read_checks
from warehouse.kinds.declared import DeclarationError, Declared, Pattern, read_declaration
from warehouse.kinds.metrics import NO_METRICS, Metrics, read_metrics
from warehouse.kinds.names import FOLDER, kind_names
from warehouse.kinds.tables import Key, StandardTable, Titles, read_table


class Named(Declared):
    """What says of a document that it is of a kind. Texts are squeezed."""

    words: tuple[str, ...] = Field(min_length=1)
    phrases: tuple[Pattern, ...] = ()  # with such a word in them, and naming no kind of document
    column: Pattern | None = None  # the heading of a column; its group `year` is the year of the amounts
    column_beside: Pattern | None = None  # with such a column in the table, its columns name no kind
    has_columns_of: tuple[Key, ...] = ()  # kinds whose columns stand in the tables of this one
    sentence: Pattern | None = None  # asked where no title, heading or column says anything


class Government(Declared):
    """What tells the accounts of a whole government from those of a department."""

    called: str
    cover: Pattern
    titles: tuple[Pattern, ...]
    rows: frozenset[str]  # squeezed
    department_tables: frozenset[str]  # codes of tables that a government has not


class KindDeclared(Declared):
    """`label` is the Chinese word for the kind, `called` how a message calls a document of it.

    `tables` are the codes of the standard tables in the order of the form. A kind without any is told from
    the others and refused by name. `due_years_later`: a document whose date no manifest says is due by the end of
    the year so many years after its own.
    """

    name: Key
    label: str
    called: str
    named: Named
    tables: tuple[str, ...] = ()
    before_titles: tuple[str, ...] = ()  # printed in front of the titles of tables: 部门综合预算
    projects_named_in: frozenset[str] = frozenset()  # codes of tables: their 项 give self-evaluated projects a code
    government: Government | None = None
    due_years_later: int = Field(default=1, ge=0, le=9)
    names_own_office: bool = False  # the name of a body keeps (本级), where the cover prints it
    lists_single_unit: bool = False  # the units of a document of one unit are this unit


@dataclass(frozen=True, eq=False)
class DocumentKind:
    """Two kinds are the same only if they are one object."""

    name: str
    label: str  # 决算
    called: str
    named: Named
    government: Government | None
    tables: tuple[StandardTable, ...]
    folder: Path  # of its declarations
    families: tuple[Family, ...] = ()  # of its checks
    rules: tuple[Rule, ...] = ()  # its checks, those of an id in declared order
    projects_named_in: frozenset[str] = frozenset()  # codes of tables
    due_years_later: int = 1
    names_own_office: bool = False
    lists_single_unit: bool = False
    metrics: Metrics = NO_METRICS  # what bodies and years are compared by

    @cached_property
    def titles(self) -> Titles:
        """Comparable title → table code. No two tables of a kind share one."""
        return Titles({title: table.code for table in self.tables for title in table.titles})

    @cached_property
    def classifications(self) -> tuple[str, ...]:
        """Those by whose codes the rows of its tables are keyed."""
        return tuple(dict.fromkeys(table.key for table in self.tables if table.key))

    def table(self, code: str) -> StandardTable:
        """Raises KeyError."""
        return self._by_code[code]

    def has(self, code: str | None) -> bool:
        return code in self._by_code

    def find(self, code: str | None) -> StandardTable | None:
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> dict[str | None, StandardTable]:
        return {table.code: table for table in self.tables}


@cache  # read once per process
def load_kind(name: str) -> DocumentKind:
    """A kind of the project by its name. Raises DeclarationError."""
    kind = read_kind(FOLDER / name)
    if kind.name != name:
        raise DeclarationError(f"kind.toml: name is {kind.name}, and the folder is called {name}")
    return kind


@cache  # read once per process
def load_kinds() -> tuple[DocumentKind, ...]:
    """Every kind of the project, in the order of their names."""
    return tuple(map(load_kind, kind_names()))


def read_kind(folder: Path) -> DocumentKind:
    """The kind that a folder declares. Raises DeclarationError naming file, key and fault."""
    declared = read_declaration(folder / "kind.toml", KindDeclared)
    tables = {table.code: table for table in _tables(folder, declared)}
    if tables.keys() != set(declared.tables):
        odd = ", ".join(sorted(tables.keys() ^ set(declared.tables)))
        raise DeclarationError(f"kind.toml: tables and the files of {folder.name}/tables differ in {odd}")
    in_order = tuple(tables[code] for code in declared.tables)
    checks = read_checks(folder / "checks", in_order)
    for fault in _faults(declared, tables, {rule.id for rule in checks.rules}):
        raise DeclarationError(fault)
    return DocumentKind(
        name=declared.name,
        label=declared.label,
        called=declared.called,
        named=declared.named,
        government=declared.government,
        tables=in_order,
        folder=folder,
        families=checks.families,
        rules=checks.rules,
        projects_named_in=declared.projects_named_in,
        due_years_later=declared.due_years_later,
        names_own_office=declared.names_own_office,
        lists_single_unit=declared.lists_single_unit,
        metrics=read_metrics(folder, in_order),
    )


def _faults(declared: KindDeclared, tables: Mapping[str, StandardTable], rules: Set[str]) -> Iterator[str]:
    """Tables, rows of other tables and rules that are named and not declared."""
    of_departments = declared.government.department_tables if declared.government else frozenset()
    for code in sorted((of_departments | declared.projects_named_in) - tables.keys()):
        yield f"kind.toml: {code} is no table of {declared.name}"
    for table in tables.values():
        cells = [cell.split("/") for cell in (table.part_of.whole if table.part_of else ())]
        named = {*(table.whole_of.tables if table.whole_of else ()), *(code for code, _ in cells)}
        for code in sorted(named - tables.keys()):
            yield f"{table.code}: {code} is no table of {declared.name}"
        for code, row in cells:
            if code in tables and all(one.key != row for one in tables[code].rows):
                yield f"{table.code}: part_of names row {row}, which {code} does not have"
        if table.part_of and table.part_of.rule not in rules:
            yield f"{table.code}: part_of names {table.part_of.rule}, which is no rule"


def _tables(folder: Path, kind: KindDeclared) -> list[StandardTable]:
    paths = sorted((folder / "tables").glob("*.toml"))
    tables = [read_table(path, kind.named.words, kind.before_titles) for path in paths]
    codes: dict[str, str] = {}
    titles: dict[str, str] = {}
    for path, table in zip(paths, tables, strict=True):
        if codes.setdefault(table.code, path.name) != path.name:
            raise DeclarationError(f"{path.name}: {table.code} is declared in {codes[table.code]} as well")
        for title in sorted(table.titles):
            if titles.setdefault(title, table.code) != table.code:
                raise DeclarationError(f"{path.name}: title {title} belongs to both {titles[title]} and {table.code}")
    return tables
