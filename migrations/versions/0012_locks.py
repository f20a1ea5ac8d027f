"""Tables that are locked in place of advisory locks, which every user of the database can take."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("drop table warehouse.sync_lock, warehouse.night_lock, warehouse.lock")
