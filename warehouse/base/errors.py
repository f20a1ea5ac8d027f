"""What can go wrong in the warehouse, grouped by who must act. The docstring is the message."""

from collections.abc import Sequence

from warehouse.base.messages import _
from warehouse.base.visible import visible


class WarehouseError(Exception):
    """The warehouse cannot do this."""

    def __init__(self, detail: str = "", listed: Sequence[str] = ()):
        """`listed` are lines below the message, such as the documents that are meant."""
        message = _(" ".join((type(self).__doc__ or "").split()))
        said = f"{message}: {detail}" if detail else message
        super().__init__("\n  ".join(map(visible, (said, *listed))))


# Whoever runs the machine must act.


class MachineError(WarehouseError):
    """The machine does not let the warehouse run."""


class NoBinaries(MachineError):
    """No PostgreSQL binaries were found"""


class WrongMajorVersion(MachineError):
    """The cluster was made by another major version of PostgreSQL than the binaries at hand"""


class UnreachableHome(MachineError):
    """PostgreSQL does not run as root, and the user it runs as cannot enter the folder"""


class HomeNotOurs(MachineError):
    """This user may not work in the folder of the warehouse; set JUESUAN_HOME to one of his own"""


class ServerDidNotStart(MachineError):
    """PostgreSQL did not start"""


class ServerDidNotStop(MachineError):
    """PostgreSQL did not stop"""


class IncompleteInstallation(MachineError):
    """The installation lacks files of juesuan, so nothing was done; install it again, from a wheel or a checkout"""


class NoWarehouse(MachineError):
    """the database has no warehouse yet: run `juesuan db upgrade`"""


class NotThisVersion(MachineError):
    """The warehouse is not of this version of juesuan"""


class AnotherNight(WarehouseError):
    """Another `juesuan nightly` is running on this database; this one did nothing"""


class NightTooLong(AnotherNight):
    """Another `juesuan nightly` has been running on this database for longer than JUESUAN_NIGHT_HOURS; this one did
    nothing, and nothing more is fetched or published until the other ends"""


class StoreUnusable(MachineError):
    """The storage of the archive cannot be used"""


class LocksMissing(MachineError):
    """Table warehouse.lock lacks rows; run `juesuan db upgrade`"""


class Superseded(MachineError):
    """Another worker has taken this file over; nothing of this attempt was written"""


# An analyst or an administrator of the database must act.


class UpgradeBlocked(WarehouseError):
    """The upgrade was stopped and nothing was changed, because objects outside the project use
    its views; drop them, upgrade, create them again"""


class UpgradeWaitsForReaders(WarehouseError):
    """The upgrade was stopped and nothing was changed, because a query on the project's views did
    not end in time; try again"""


class UpgradeNotAllowed(WarehouseError):
    """The user of the database may not do what the upgrade needs; nothing was changed"""


class WarehouseTooNew(WarehouseError):
    """The warehouse was upgraded by a newer version of juesuan, so nothing was changed; install that version"""


class ServerTooOld(WarehouseError):
    """The warehouse needs PostgreSQL 15 or newer"""


class OtherQueue(WarehouseError):
    """The installed procrastinate is not the one the queue was written for, so nothing was changed; install the version
    in requirements.txt, or adapt warehouse/work/jobs.py to this one"""


class BrokenView(WarehouseError):
    """A view of the project could not be created; the upgrade was rolled back"""


class WarehouseNotEmpty(WarehouseError):
    """Only an empty warehouse can be loaded in bulk; nothing was changed"""


class BadSeries(WarehouseError):
    """The file of a series cannot be loaded; nothing was changed"""


class BadSuccessions(WarehouseError):
    """The list of successions of bodies cannot be loaded; nothing was changed"""


# The project must act: its code or its declarations are wrong.


class UnknownMeasure(WarehouseError):
    """The reader delivered an amount whose table and measure the warehouse does not declare"""


class TwoReadings(WarehouseError):
    """A bulk load takes one reading of a file; this one was read by two versions of the parser"""


class RowTwice(WarehouseError):
    """The reader delivered two rows with the same key"""


class ReferenceConflict(WarehouseError):
    """The reference lists no longer hold a subject the warehouse knows"""


class BadBridge(WarehouseError):
    """An entry of the subject bridges cannot be right"""


class UnorderedViews(WarehouseError):
    """A file of views does not begin with a number and its name, e.g. 010_disclosure.sql"""


class BadSqlDeclaration(WarehouseError):
    """What sql/columns.toml or sql/tables.toml declares cannot be right"""


class AmountWithoutPlace(WarehouseError):
    """An amount has no place in the layout of its table; nothing was written"""


# Whoever ran the command must ask for something else.


class UnknownMart(WarehouseError):
    """Schema mart holds no such table or view"""


class ValueDoesNotFit(WarehouseError):
    """A value does not fit the type of its column in the file; nothing was written"""


class FolderInUse(WarehouseError):
    """The export would take the place of what is not an export; name an empty or a new folder"""


class NotAnExport(WarehouseError):
    """The folder holds no export of juesuan"""


class UnknownReading(WarehouseError):
    """No file that was to be read has this sha256"""


class NotHeld(WarehouseError):
    """No reading with this number is held; `juesuan gate` lists those that are"""


class UnknownDocument(WarehouseError):
    """No document of the warehouse has this number, file name or sha256"""


class AmbiguousDocument(WarehouseError):
    """More than one document of the warehouse is meant; give its number"""


class AlreadyWithdrawn(WarehouseError):
    """The document is withdrawn already"""


class NotWithdrawn(WarehouseError):
    """The document is not withdrawn"""


class NotForgotten(WarehouseError):
    """No forgotten document has this sha256; `juesuan forget` lists them"""


class UnknownChoice(WarehouseError):
    """The warehouse does not hold what was asked for"""


class AmbiguousDepartment(WarehouseError):
    """More than one department fits; add more of its name, its division or the division's code"""


class NothingToCompare(WarehouseError):
    """No body of this kind and year is of the level and scope asked for"""


class BadDatabaseUrl(WarehouseError):
    """The URL of the database (JUESUAN_DATABASE_URL) is not of the form postgresql://user:password@host:5432/database;
    in a password / is written %2F, @ %40, : %3A, % %25"""


class BadNetworks(WarehouseError):
    """JUESUAN_ALLOW_NETWORKS is no list of networks such as 10.1.0.0/16"""
