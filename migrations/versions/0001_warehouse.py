"""The tables of schema warehouse, the standard tables and their measures."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Newest first: tables with foreign keys are dropped before the tables that they reference.
TABLES = (
    "project_view",
    "doubt",
    "amount",
    "parse_table",
    "parse",
    "document_version",
    "document",
    "economic_subject_name",
    "economic_subject",
    "functional_subject_name",
    "functional_subject",
    "measure",
    "standard_table",
    "fiscal_year",
    "department_alias",
    "department",
    "jurisdiction",
)


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("alter table warehouse.document_version drop constraint document_version_published_parse_fkey")
    for table in TABLES:
        op.execute(f"drop table warehouse.{table}")
    op.execute("drop function warehouse.refuse_change()")
