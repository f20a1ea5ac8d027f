"""Kinds of document, items of tables with keys, metrics and rules."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF_FINAL_ACCOUNTS = "table_code in (select table_code from warehouse.standard_table where kind = 'final_accounts')"


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    """Revision 0008 has only the kinds final_accounts and budget. Fails where documents of another kind are loaded."""
    op.execute("alter table warehouse.amount drop column item_key")
    for table in ("check_rule", "metric_stated", "metric", "metric_family", "table_side", "item_wording", "item"):
        op.execute(f"drop table warehouse.{table}")
    op.execute(f"delete from warehouse.measure where not {OF_FINAL_ACCOUNTS}")
    op.execute("delete from warehouse.standard_table where kind <> 'final_accounts'")
    op.execute(
        "alter table warehouse.standard_table drop column kind, drop column number, drop column open_measures,"
        " add constraint standard_table_sort_order_key unique (sort_order),"
        " add constraint standard_table_row_key_kind_check"
        " check (row_key_kind in ('functional_code', 'economic_code', 'item', 'all'))"
    )
    for table in ("document", "parse", "source"):
        op.execute(
            f"alter table warehouse.{table} drop constraint {table}_kind_fkey,"
            f" add constraint {table}_kind_check check (kind in ('final_accounts', 'budget'))"
        )
    op.execute("drop table warehouse.document_kind")
    op.execute("comment on table warehouse.standard_table is '决算公开的标准表。粒度：每张标准表一行'")
    op.execute(
        "comment on column warehouse.standard_table.table_code is"
        " '标准表编号 GK01 至 GK10（公开01表至公开09表及统计表）'"
    )
    op.execute(
        "comment on column warehouse.standard_table.row_key_kind is"
        " '行的标识：functional_code 功能分类科目、economic_code 经济分类科目、item 项目名称、all 单行'"
    )
    op.execute("comment on column warehouse.standard_table.sort_order is '公开顺序'")
