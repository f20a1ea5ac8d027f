"""Slots that become public with the next refresh, and indexes of amounts by subject."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("drop index warehouse.amount_economic_subject_idx")
    op.execute("drop index warehouse.amount_functional_subject_idx")
    op.execute("drop table warehouse.stale_slot")
