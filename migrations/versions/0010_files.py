"""The files of a document version; and the file, sheet, cell and box of every value."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PLACED = ("amount", "doubt", "stated_figure", "performance_project", "performance_indicator")
PAGED = ("parse_table", "check_result")
REFUSE_SEVERAL = """
do $$
begin
    if exists (select from warehouse.document_file where file_no > 1) then
        raise exception 'revision 0009 knows one file of a disclosure, and some that are loaded have several';
    end if;
end
$$
"""


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    """Fails where a disclosure of several files is loaded: the SHA-256 of its main file would be lost."""
    op.execute(REFUSE_SEVERAL)
    for table in PLACED:
        op.execute(
            f"alter table warehouse.{table} drop column file_no, drop column sheet, drop column cell, drop column box"
        )
    for table in PAGED:
        op.execute(f"alter table warehouse.{table} drop column file_no")
    op.execute("drop table warehouse.document_file")
    op.execute(
        "comment on table warehouse.document_version is '文件版本：占用文件位的每个不同文件。粒度：每个 SHA-256 一行'"
    )
    op.execute("comment on column warehouse.document_version.sha256 is '文件内容的 SHA-256（小写十六进制）'")
