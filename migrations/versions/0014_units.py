"""The units whose accounts a document sums, and what it prints about the body: institutions and staff."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("drop table warehouse.body_fact, warehouse.department_unit")
