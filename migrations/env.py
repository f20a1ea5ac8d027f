"""Runs the revisions on the connection that `warehouse.schema.upgrade` passes, in its transaction."""

from alembic import context
from alembic.util import CommandError

SCHEMA = "warehouse"  # alembic's version table is there too


def run(connection) -> None:
    context.configure(connection=connection, version_table_schema=SCHEMA)
    with context.begin_transaction():
        context.run_migrations()


def refuse() -> None:
    """Refuses commands of `alembic` itself. `alembic revision` does not call this; others would leave no views."""
    options = context.config.cmd_opts
    wanted = options.cmd[0].__name__ if options else ""
    raise CommandError(
        f"alembic {wanted} knows tables only and would leave the database without views:"
        " `juesuan db upgrade` brings tables and views to this version."
        " Of alembic's own commands only revision is for use, without --autogenerate."
    )


handed_over = context.config.attributes.get("connection")
if handed_over is None:
    refuse()
else:
    run(handed_over)
