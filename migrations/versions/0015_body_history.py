"""Successions of bodies: those of the reference list, and those that documents state."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("drop table warehouse.body_succession, warehouse.stated_succession")
