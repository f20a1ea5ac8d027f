"""The manifest that a command was given."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from warehouse.base.config import Settings
from warehouse.base.database import libpq_url
from warehouse.base.errors import BadDatabaseUrl, BadNetworks

if TYPE_CHECKING:  # these modules import an HTTP client, which is slow
    from ingest.sync.manifest import Manifest


def usable(path: Path, settings: Settings) -> "Manifest":
    """The manifest. An unusable one, or settings with which it cannot be fetched, end the command with status 2 before
    anything begins."""
    from ingest.sync import read_manifest
    from ingest.sync.errors import BadManifest

    try:
        _ = settings.networks
        if settings.database_url:
            libpq_url(settings.database_url)
        return read_manifest(path)
    except (BadManifest, BadNetworks, BadDatabaseUrl) as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None
