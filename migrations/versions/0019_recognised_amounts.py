"""Amounts that were recognised in pictures."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# What an earlier version has no word for is doubtful there.
BACK = """
alter table warehouse.{table} disable trigger user;
update warehouse.{table} set status = 'doubtful' where status = 'confirmed';
alter table warehouse.{table} enable trigger user;
alter table warehouse.{table}
    drop constraint {table}_status_check,
    add constraint {table}_status_check check (status in ('as_printed', 'repaired', 'doubtful'));
comment on column warehouse.{table}.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
"""  # noqa: E501


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    op.execute("alter table warehouse.amount drop column origin")
    for table in ("amount", "stated_figure", "performance_indicator"):
        run_script(op.get_bind(), BACK.format(table=table))
