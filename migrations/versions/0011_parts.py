"""Which fetched files are the parts of one disclosure."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COMMENTS = {
    "source.type": "类型：url 单个文件、listing 列表页、folder 文件夹、glob 路径通配",
    "source.address": "网址、文件夹或通配路径",
    "source_file.address": "网址，或文件的 file: 地址",
    "source_file.sha256": "文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置",
    "source_file.file_name": "文件名",
}


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    """Revision 0010 knows single files: its workers would take a list of parts for a text."""
    op.execute("drop table warehouse.source_part")
    op.execute("delete from warehouse.source_file where counts_as = 'whole'")
    op.execute("alter table warehouse.source_file drop column counts_as")
    op.execute("alter table warehouse.source drop constraint source_type_check")
    op.execute(
        "update warehouse.source set type = case when address ~ '^https?:' then 'url' else 'glob' end"
        " where type = 'parts'"
    )
    op.execute(
        "alter table warehouse.source add constraint source_type_check"
        " check (type in ('url', 'listing', 'folder', 'glob'))"
    )
    op.execute(
        "comment on table warehouse.source_file is"
        " '来源文件：某一地址先后出现过的每个不同文件，旧的不删。粒度：每个地址的每个 SHA-256 一行'"
    )
    for column, comment in COMMENTS.items():
        op.execute(f"comment on column warehouse.{column} is '{comment}'")
