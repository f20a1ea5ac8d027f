"""What PostgreSQL grants to PUBLIC, that is to every role, and the warehouse takes away in its database.

A right that PUBLIC has cannot be taken from one role. A dump has none of this, and a database made from a template has
not all of it, so every upgrade sets it. The owner of the database keeps his temporary tables, a superuser everything.
"""

from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.messages import _
from warehouse.base.rights import Change, Rights, apply, is_superuser

SCHEMAS = ("warehouse", "staging", "intermediate", "as_of_intermediate", "as_of", "mart")
# Functions that write to disk or take locks, whatever rights the caller has: large objects stay for ever; each advisory
# lock takes a place in the table of locks, which all sessions share; a logical message writes to the log of changes.
FUNCTIONS = (
    r"^(pg_(try_)?advisory_(xact_)?lock(_shared)?"
    r"|lo_(creat|create|from_bytea|import|open|put|truncate|truncate64)|lowrite"
    r"|pg_logical_emit_message)$"
)
OPEN_FUNCTIONS = """
select oid::regprocedure::text from pg_proc
where pronamespace = 'pg_catalog'::regnamespace and proname ~ :names
    and has_function_privilege('public', oid, 'execute')
order by 1
"""
MAY_MAKE_TEMPORARY_TABLES = "select has_database_privilege('public', current_database(), 'temporary')"


def close_schemas(connection: Connection) -> None:
    """Revokes all rights of PUBLIC in the project's schemas, and the right to create objects in schema public."""
    for schema in SCHEMAS:
        connection.execute(text(f"revoke all on schema {schema} from public"))
    connection.execute(text("revoke create on schema public from public"))


def close_database(connection: Connection) -> Rights:
    """Revokes temporary tables and FUNCTIONS from PUBLIC. Where this user may not, the notices say who must."""
    return _close_functions(connection) + _close_temporary_tables(connection)


def _close_functions(connection: Connection) -> Rights:
    """Only a superuser may: the functions are his. PostgreSQL warns another user and changes nothing."""
    open_to_all = list(connection.scalars(text(OPEN_FUNCTIONS), {"names": FUNCTIONS}))
    if not open_to_all:
        return Rights()
    revoke = f"revoke execute on function {', '.join(open_to_all)} from public"
    if is_superuser(connection):
        return apply(connection, [Change(sql.SQL(revoke))])
    why = _("every user can fill the disk with large objects and the server's table of locks with advisory locks")
    return Rights(notices=[_("{why}; a superuser runs in this database: {revoke}").format(why=why, revoke=revoke)])


def _close_temporary_tables(connection: Connection) -> Rights:
    if not connection.scalar(text(MAY_MAKE_TEMPORARY_TABLES)):
        return Rights()
    database = connection.scalar(text("select quote_ident(current_database())"))
    revoke = f"revoke temporary on database {database} from public"
    connection.execute(text(revoke))  # warns whoever is not the owner, and changes nothing
    if not connection.scalar(text(MAY_MAKE_TEMPORARY_TABLES)):
        return Rights()
    return Rights(
        notices=[
            _("every user can fill the disk with temporary tables; the owner of the database runs: {revoke}").format(
                revoke=revoke
            )
        ]
    )
