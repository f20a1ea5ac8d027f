"""Where documents come from, the files seen at each address, and every attempt to fetch one."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("fetch_attempt", "sync_run", "source_file", "source")


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"drop table warehouse.{table}")
