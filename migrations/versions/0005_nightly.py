"""The nightly run: runs and their reports, and the result of reading every file."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script
from warehouse.schema.queue_schema import drop_queue

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("reading", "run_problem", "run_measure", "run")


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    drop_queue(op.get_bind())  # `juesuan db upgrade` creates it, in the installed version
    for table in TABLES:
        op.execute(f"drop table warehouse.{table}")
