"""The number that a cell of a workbook stores, where it is not the one that is shown."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("alter table warehouse.amount drop column stored_value")
