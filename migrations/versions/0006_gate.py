"""Readings that are stored but not published until a person decides."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("drop table warehouse.held_parse")
    op.execute(
        "comment on column warehouse.document_version.published_parse_id is '对外公布的解析编号；仅在装载事务中途为空'"
    )
