"""Publications (which parse was public since when), subject bridges, and series that amounts are divided by."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("division_series", "subject_bridge", "publication")


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"drop table warehouse.{table}")
    op.execute("delete from warehouse.jurisdiction where division_code = '000000'")
    op.execute("alter table warehouse.stated_figure drop column half_unit")
    op.execute("alter table warehouse.doubt drop column line_no")
    op.execute("alter table warehouse.project_view drop column kind")
    op.execute("comment on column warehouse.project_view.schema_name is '视图所在模式：staging、intermediate 或 mart'")
    op.execute("comment on column warehouse.project_view.view_name is '视图名称'")
    op.execute(
        "comment on table warehouse.project_view is"
        " '本项目创建的视图：升级时只删除并重建这些视图，分析人员自建的视图不动。粒度：每个视图一行'"
    )
