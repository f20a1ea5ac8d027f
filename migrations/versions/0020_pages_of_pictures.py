"""How many pages of a file are pictures, and how many of them are recognised."""

from pathlib import Path

from alembic import op

from warehouse.base.database import run_script

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text("utf-8"))


def downgrade() -> None:
    """A file that waits for its pictures is one that waits."""
    op.execute("alter table warehouse.reading drop column pictures, drop column recognised, drop column got_on")
