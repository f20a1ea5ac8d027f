"""Amounts that were recognised in pictures."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("alter table warehouse.amount drop column origin")
    for table in ("amount", "stated_figure", "performance_indicator"):
        op.execute(f"update warehouse.{table} set status = 'doubtful' where status = 'confirmed'")
        op.execute(f"alter table warehouse.{table} drop constraint {table}_status_check")
        op.execute(
            f"alter table warehouse.{table} add constraint {table}_status_check "
            "check (status in ('as_printed', 'repaired', 'doubtful'))"
        )
