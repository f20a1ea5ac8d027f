"""Repairs what revisions created otherwise before they landed, so that the next revisions find what they expect.

Some early versions ran a revision with other contents than it has now, under the same number: the number in the
database does not tell them apart, the catalog does. Each file of migrations/repairs/ has in its first lines

    -- Since: the revision that it repairs; a database of an earlier one is passed over
    -- When: an SQL condition on the catalog; true where the repair is needed
    -- Runs: a script of migrations/versions/ that is run before the file; optional
    -- Found: what was wrong

and after them the statements. The files are run in the order of their names.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from warehouse.base.database import run_script
from warehouse.base.messages import _
from warehouse.base.project_files import ROOT

REPAIRS = ROOT / "migrations" / "repairs"
VERSIONS = ROOT / "migrations" / "versions"
HEADER = re.compile(r"^-- (Since|When|Runs|Found): (.+)$", re.MULTILINE)


def repair(connection: Connection) -> Iterator[str]:
    """Runs the repairs that this database needs, and yields a sentence about each."""
    for path in sorted(REPAIRS.glob("*.sql")):
        script = path.read_text("utf-8")
        header = dict(HEADER.findall(script))
        if _is_needed(connection, header["Since"], header["When"]):
            if runs := header.get("Runs"):
                run_script(connection, (VERSIONS / runs).read_text("utf-8"))
            run_script(connection, script)
            yield _("revision {revision} of an early version was completed: {found}").format(
                revision=header["Since"], found=header["Found"]
            )


def _is_needed(connection: Connection, since: str, condition: str) -> bool:
    revision = connection.scalar(text("select version_num from warehouse.alembic_version"))
    return revision is not None and revision >= since and bool(connection.scalar(text(f"select {_plain(condition)}")))


def _plain(condition: str) -> str:
    """The condition for `text`, which would take the colons of a cast for a parameter."""
    return condition.replace(":", r"\:")
