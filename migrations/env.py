"""Runs the revisions on the connection `warehouse.schema.upgrade` hands over, in its transaction."""

from alembic import context
from alembic.util import CommandError

from warehouse.base.database import engine
from warehouse.base.errors import ServerDidNotStart
from warehouse.schema.models import SCHEMA, metadata
from warehouse.server import url

ALLOWED = ("revision", "check")


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table_schema=SCHEMA,
        include_schemas=True,
        include_name=lambda name, kind, _: kind != "schema" or name == SCHEMA,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_from_command_line() -> None:
    """`alembic` itself, for writing revisions. Whatever changes the database is refused: it would leave no view."""
    options = context.config.cmd_opts
    wanted = options.cmd[0].__name__ if options else None
    if wanted not in ALLOWED:
        raise CommandError(
            f"alembic {wanted or ''} knows tables only and would leave the database without views:"
            " `juesuan db upgrade` brings tables and views to this version."
            f" Of alembic's own commands that ask the database only {' and '.join(ALLOWED)} are for use."
        )
    address = url()
    if address is None:
        raise ServerDidNotStart("start it first: juesuan db start")
    with engine(address).begin() as connection:
        run(connection)


handed_over = context.config.attributes.get("connection")
if handed_over is None:
    run_from_command_line()
else:
    run(handed_over)
