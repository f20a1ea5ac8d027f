"""Keeps a warehouse of this commit for test_old_heads.py: `python -m tests.old_head` before a new revision is added.

It writes tests/warehouse/old_heads/NUMBER.sql.xz with the newest revision, its views and two loaded samples. It needs
pg_dump in PATH, of the version of the server.
"""

import lzma
import subprocess

from ingest.pipeline import extract
from tests.conftest import new_database
from tests.ingest.truth import SAMPLES
from tests.warehouse.test_old_heads import DOCUMENTS, OLD
from warehouse import server
from warehouse.base.database import connect, libpq_url
from warehouse.load.document import load
from warehouse.schema.upgrade import upgrade

# Rows as INSERT, so that no psql is needed to restore them. The rows of mart are written anew by every upgrade.
DUMP = (
    "pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500", "--exclude-table-data=mart.*",
)  # fmt: skip


def main() -> None:
    with new_database(server.start()) as url:
        revision = upgrade(url).revision
        with connect(url) as connection:
            for name in DOCUMENTS:
                load(connection, extract(SAMPLES / name))
        dumped = subprocess.run([*DUMP, libpq_url(url)], check=True, capture_output=True).stdout
    lines = (line for line in dumped.splitlines(keepends=True) if not line.startswith(b"\\"))  # \restrict is of psql
    (OLD / f"{revision}.sql.xz").write_bytes(lzma.compress(b"".join(lines), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
