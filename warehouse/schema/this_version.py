"""Whether a database is of the version of juesuan that is installed here: its tables, and its views and declarations.

Commands that load or publish ask before they begin: with other tables a wrong number could be stored, and views of
another version would show it.
"""

from psycopg import Connection

from warehouse.base.errors import IncompleteInstallation, NotThisVersion, NoWarehouse
from warehouse.base.messages import _
from warehouse.base.project_files import ROOT
from warehouse.schema import made_from
from warehouse.work import holdings

REVISIONS = ROOT / "migrations" / "versions"


def newest_revision() -> str:
    """By the names of the files, which begin with it: alembic, which knows it too, takes long to import.

    Raises IncompleteInstallation.
    """
    found = [path.name.partition("_")[0] for path in REVISIONS.glob("[0-9]*_*.py")]
    if not found:
        raise IncompleteInstallation(_("no revision in {revisions}").format(revisions=REVISIONS))
    return max(found)


def is_this_version(connection: Connection) -> bool:
    """Whether an upgrade would change neither tables, views nor declarations. Raises IncompleteInstallation."""
    with connection.transaction():
        return holdings.revision(connection) == newest_revision() and made_from.is_this_version(connection)


def require_this_version(connection: Connection) -> None:
    """Raises NoWarehouse, NotThisVersion, and IncompleteInstallation. Leaves no transaction open: what a command does
    next is committed step by step."""
    with connection.transaction():
        found, newest = holdings.revision(connection), newest_revision()
        if found is None:
            raise NoWarehouse
        tables = _("the tables are of revision {found}").format(found=found)
        if found < newest:
            raise NotThisVersion(
                _("{tables}, this version needs {newest}: run `juesuan db upgrade`").format(
                    tables=tables, newest=newest
                )
            )
        if found > newest:
            raise NotThisVersion(
                _("{tables}, this version knows {newest}: install the newer version").format(
                    tables=tables, newest=newest
                )
            )
        if not made_from.is_this_version(connection):
            raise NotThisVersion(_("views or declarations are those of another version: run `juesuan db upgrade`"))
