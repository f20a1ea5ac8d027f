"""Drops the keys and indexes of tables and creates them again.

Their definitions are read from the catalog before they are dropped, so they are the same afterwards.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection

# Foreign keys of the tables, and those of other tables that reference them.
FOREIGN_KEYS = """
select format('%%I.%%I', nspname, relname), quote_ident(conname), pg_get_constraintdef(pg_constraint.oid)
from pg_constraint
join pg_class on pg_class.oid = conrelid
join pg_namespace on pg_namespace.oid = relnamespace
where contype = 'f' and (conrelid = any(%(tables)s::regclass[]) or confrelid = any(%(tables)s::regclass[]))
order by 1, 2
"""
UNIQUE_KEYS = """
select format('%%I.%%I', nspname, relname), quote_ident(conname), pg_get_constraintdef(pg_constraint.oid)
from pg_constraint
join pg_class on pg_class.oid = conrelid
join pg_namespace on pg_namespace.oid = relnamespace
where contype in ('p', 'u', 'x') and conrelid = any(%(tables)s::regclass[])
order by array_position(%(tables)s::regclass[], conrelid::regclass), contype, 2
"""
INDEXES = """
select format('%%I.%%I', nspname, relname), pg_get_indexdef(indexrelid)
from pg_index
join pg_class on pg_class.oid = indexrelid
join pg_namespace on pg_namespace.oid = relnamespace
where indrelid = any(%(tables)s::regclass[]) and not exists (select from pg_constraint where conindid = indexrelid)
order by array_position(%(tables)s::regclass[], indrelid::regclass), 1
"""
MAINTENANCE_MEMORY = "set local maintenance_work_mem = '512MB'"


@dataclass(frozen=True, slots=True)
class Constraint:
    table: str
    name: str
    definition: str

    @property
    def drop(self) -> str:
        return f"alter table {self.table} drop constraint {self.name}"

    @property
    def add(self) -> str:
        return f"alter table {self.table} add constraint {self.name} {self.definition}"


@contextmanager
def without_indexes(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Inside the block `tables` have no keys and no indexes; check constraints and triggers stay.

    Runs in the caller's transaction, which then holds exclusive locks on the tables. Raises psycopg's errors at the
    end of the block where rows written in it violate a key.
    """
    named = {"tables": list(tables)}
    foreign, unique = (
        [Constraint(*row) for row in connection.execute(query, named)] for query in (FOREIGN_KEYS, UNIQUE_KEYS)
    )
    indexes = connection.execute(INDEXES, named).fetchall()
    for constraint in (*foreign, *unique):
        connection.execute(constraint.drop)
    for name, _ in indexes:
        connection.execute(f"drop index {name}")
    yield
    connection.execute(MAINTENANCE_MEMORY)
    for statement in (*(key.add for key in unique), *(definition for _, definition in indexes)):
        connection.execute(statement)
    for table in tables:
        connection.execute(f"analyze {table}")
    for constraint in foreign:
        connection.execute(constraint.add)
