"""The narrative's figures, the performance forms and the results of the identities."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Newest first: tables with foreign keys are dropped before the tables that they reference.
TABLES = (
    "check_result",
    "performance_indicator",
    "performance_management",
    "performance_fund",
    "performance_project",
    "stated_figure",
)


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("comment on column warehouse.project_view.schema_name is '视图所在模式：staging 或 mart'")
    for table in TABLES:
        op.execute(f"drop table warehouse.{table}")
