"""File versions that were withdrawn, and files that were forgotten."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OUTCOMES = "'new', 'changed', 'returned', 'unchanged', 'vanished', 'absent', 'failed', 'retried'"
REFUSE_CHANGE = """
create or replace function warehouse.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of warehouse.% refused: a parse never changes, load a new one', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;
comment on function warehouse.refuse_change() is '拒绝更改或删除已写入的解析';
comment on column warehouse.fetch_attempt.outcome is '结果：new 新、changed 已替换、returned 重现、unchanged 未变、vanished 消失、absent 仍无、failed 失败、retried 失败后重试';
"""  # noqa: E501


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    """What was withdrawn is public again, and what was forgotten is fetched again."""
    op.execute("drop table warehouse.withdrawal, warehouse.forgotten_address, warehouse.forgotten")
    op.execute("delete from warehouse.fetch_attempt where outcome = 'forgotten'")
    op.execute(
        "alter table warehouse.fetch_attempt drop constraint fetch_attempt_outcome_check,"
        f" add constraint fetch_attempt_outcome_check check (outcome in ({OUTCOMES}))"
    )
    run_script(op.get_bind(), REFUSE_CHANGE)
