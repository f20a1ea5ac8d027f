"""Runs the revisions on the connection `warehouse.schema.upgrade` hands over, in its transaction."""

from alembic import context

from warehouse.base.database import engine
from warehouse.base.errors import ServerDidNotStart
from warehouse.schema.models import SCHEMA, metadata
from warehouse.server import url


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
    """`alembic` itself, for writing revisions; `juesuan db upgrade` is what upgrades."""
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
