"""What stops a whole sync, grouped by who must act. The docstring is the message.

An error at one address does not stop the sync: see `results.Refused`.
"""

from warehouse.base.errors import MachineError, WarehouseError


class BadManifest(WarehouseError):
    """The manifest cannot be used; nothing was fetched"""


class SyncRunning(WarehouseError):
    """Another sync works on this database; two at once would hurry the publishers' servers"""


class ArchiveFull(MachineError):
    """The archive has no room left; what was archived before stays, nothing half was kept"""


class ArchiveUnusable(MachineError):
    """The archive cannot be written"""
