"""Rows that publishers leave out as secret: an outcome of identities of its own."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# What an earlier version has no word for, it cannot tell.
BACK = """
alter table warehouse.check_result disable trigger user;
update warehouse.check_result set outcome = 'undetermined' where outcome = 'withheld';
alter table warehouse.check_result enable trigger user;
alter table warehouse.check_result
    drop constraint check_result_outcome_check,
    add constraint check_result_outcome_check check (outcome in ('exact', 'rounding', 'broken', 'not_applicable', 'undetermined'));
comment on column warehouse.check_result.outcome is '结果：exact 相等、rounding 四舍五入之差、broken 不符、not_applicable 不适用、undetermined 无法判定';
"""  # noqa: E501


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    run_script(op.get_bind(), BACK)
