"""Partly read tables, units that are not printed, and counts of printed numbers."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ADDED = {
    "parse": (
        "amounts_printed",
        "amounts_loaded",
        "amounts_doubtful",
        "amounts_unaccounted",
        "form_numbers",
        "narrative_numbers",
    ),
    "parse_table": ("unread_rows", "unread_columns", "is_unit_certain"),
    "amount": ("is_unit_certain",),
    "performance_indicator": ("is_met",),
}


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    """A partly read table becomes `present` and not whole, since revision 0007 has no status `partial`."""
    op.execute("alter table warehouse.parse_table disable trigger parse_table_is_immutable")
    op.execute("update warehouse.parse_table set status = 'present', is_whole = false where status = 'partial'")
    op.execute("alter table warehouse.parse_table enable trigger parse_table_is_immutable")
    op.execute("alter table warehouse.parse_table drop constraint parse_table_status_check")
    op.execute(
        "alter table warehouse.parse_table add constraint parse_table_status_check check"
        " (status in ('present', 'empty_with_statement', 'blank', 'absent', 'unrecognised'))"
    )
    op.execute(
        "comment on column warehouse.parse_table.status is '公开情况：present 有数、empty_with_statement 声明无数据、"
        "blank 空表、absent 未公开、unrecognised 有表名而无法读出'"
    )
    for table, columns in ADDED.items():
        op.execute(f"alter table warehouse.{table} {', '.join(f'drop column {column}' for column in columns)}")
    op.execute("update warehouse.held_parse set prior_parse_id = parse_id where prior_parse_id is null")
    op.execute("alter table warehouse.held_parse alter column prior_parse_id set not null")
    op.execute(
        "comment on table warehouse.held_parse is"
        " '暂不公布的解析：将使公布的金额大量消失，或在文件未变时改变，须由人决定。粒度：每个这样的解析一行'"
    )
    op.execute("comment on column warehouse.held_parse.prior_parse_id is '当时公布的解析编号'")
