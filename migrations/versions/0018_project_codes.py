"""The codes of projects, in tables of projects and in performance forms."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("alter table warehouse.amount drop column project_code")
    op.execute("alter table warehouse.performance_project drop column project_code")
