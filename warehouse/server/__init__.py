"""The embedded PostgreSQL server, for users who have no server of their own.

If JUESUAN_DATABASE_URL is set, nothing is started and that database is used. Otherwise one cluster is kept below
JUESUAN_HOME. It listens on 127.0.0.1 only and requires a generated password. JUESUAN_HOME is closed to other users, but
for the one that PostgreSQL runs as.
"""

import fcntl
import json
import os
import secrets
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from psycopg import sql

from warehouse.base.config import Settings
from warehouse.base.database import READER, connect, without_password
from warehouse.base.errors import HomeNotOurs, ServerDidNotStart
from warehouse.server import binaries, client_files, cluster
from warehouse.server.cluster import SUPERUSER, Cluster

DATABASE = "juesuan"
START_ATTEMPTS = 3  # another process may bind a free port before the server does


@dataclass(frozen=True, slots=True)
class Credentials:
    """Passwords and port, kept from one start to the next in a file that only its owner can read."""

    password: str = field(repr=False)
    reader_password: str = field(repr=False)
    port: int


@dataclass(frozen=True, slots=True)
class Status:
    """`url` is None while no server runs; `major` and `folder` are None for an external server."""

    is_running: bool
    is_external: bool
    url: str | None = field(default=None, repr=False)
    folder: Path | None = None
    major: str | None = None


def start(settings: Settings | None = None) -> str:
    """The URL of the warehouse. Starts the embedded server if that is used and does not run."""
    settings = settings or Settings()
    if settings.database_url:
        return settings.database_url
    with _locked(settings):
        ours = _cluster(settings)
        port = cluster.running_port(ours) or _start(settings, ours)
        credentials = _credentials(settings)
        urls = {user: _url(credentials, user, port) for user in (SUPERUSER, READER)}
        client_files.write(settings.home, urls)
        return urls[SUPERUSER]


def stop(settings: Settings | None = None) -> bool:
    """Stops the embedded server; False where none was running."""
    settings = settings or Settings()
    if settings.database_url or not settings.home.exists():
        return False
    with _locked(settings):
        ours = _cluster(settings)
        if not ours.exists or cluster.running_port(ours) is None:
            return False
        cluster.stop(ours)
        return True


def status(settings: Settings | None = None) -> Status:
    """Whether the embedded server runs. Starts nothing. An external server counts as running, without a connection."""
    settings = settings or Settings()
    if settings.database_url:
        return Status(is_running=True, is_external=True, url=settings.database_url)
    _check_ours(settings)
    folder = _folder(settings)
    major = binaries.cluster_major(folder)
    port = cluster.running_port(_cluster(settings)) if major else None
    running_url = _url(_credentials(settings), SUPERUSER, port) if port else None
    return Status(port is not None, False, running_url, folder, major)


def url(settings: Settings | None = None) -> str | None:
    """The URL of the warehouse for its owner, None while the embedded server does not run."""
    return status(settings).url


def reader_url(settings: Settings | None = None) -> str | None:
    """The URL for BI tools, with the role juesuan_reader; None while no server runs or the server is external."""
    settings = settings or Settings()
    now = status(settings)
    if now.is_external or not now.is_running:
        return None
    credentials = _credentials(settings)
    return _url(credentials, READER, credentials.port)


def psql(settings: Settings | None = None) -> str:
    """The command that connects psql, as juesuan_reader to the embedded server. It holds no password."""
    settings = settings or Settings()
    if settings.database_url:
        return f"psql {shlex.quote(without_password(settings.database_url))}"
    return f"PGSERVICEFILE={shlex.quote(str(settings.home / client_files.SERVICES))} psql service={READER}"


def reader_password(settings: Settings | None = None) -> str | None:
    """The password of juesuan_reader on the embedded server; None for an external server."""
    settings = settings or Settings()
    if settings.database_url or not _credentials_file(settings).exists():
        return None
    return _credentials(settings).reader_password


def close_other_databases(settings: Settings | None = None) -> None:
    """Lets only the superuser connect to the other databases of the running embedded server: there juesuan_reader could
    make the temporary tables and large objects that an upgrade denies it in the warehouse. Nothing on an external one.
    """
    now = status(settings)
    if now.is_external or now.url is None:
        return
    with connect(now.url, autocommit=True) as connection:
        connection.execute("revoke connect on database postgres, template1 from public")


def _start(settings: Settings, ours: Cluster) -> int:
    """Starts the cluster, and returns its port."""
    credentials = _remembered_or_new(settings)
    if not ours.exists:
        cluster.initialise(ours, credentials.password)
    for attempt in range(1, START_ATTEMPTS + 1):
        port = cluster.free_port(credentials.port)
        try:
            cluster.start(ours, port)
            break
        except ServerDidNotStart:
            if attempt == START_ATTEMPTS or cluster.free_port(port) == port:
                raise
    _remember(settings, Credentials(credentials.password, credentials.reader_password, port))
    _create_database(_url(credentials, SUPERUSER, port, database="postgres"))
    return port


def _create_database(maintenance_url: str) -> None:
    with connect(maintenance_url, autocommit=True) as connection:
        exists = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if not exists:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))


def _cluster(settings: Settings) -> Cluster:
    """The cluster, with binaries that the service user can run."""
    chosen = binaries.choose(settings, _folder(settings))
    cluster.check_home(settings.home)
    return Cluster(_folder(settings), settings.home / "postgres.log", binaries.reachable(chosen, settings.home))


def _folder(settings: Settings) -> Path:
    return settings.home / "postgres"


@contextmanager
def _locked(settings: Settings) -> Iterator[None]:
    """A file lock: one start or stop at a time on this machine. The system releases it when the process ends."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except PermissionError as error:
        raise HomeNotOurs(str(settings.home)) from error
    _check_ours(settings)
    _close(settings.home)
    with open(os.open(settings.home / "server.lock", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _close(home: Path) -> None:
    """Lets no other user list the folder. The user that the server runs as may enter it. A folder that is open to all
    on purpose, such as /tmp, stays as it is."""
    now = home.stat()
    if os.geteuid() in (0, now.st_uid) and not now.st_mode & stat.S_ISVTX:
        home.chmod(0o711 if binaries.service_user() else 0o700)


def _check_ours(settings: Settings) -> None:
    if settings.home.exists() and not os.access(settings.home, os.R_OK | os.W_OK | os.X_OK):
        raise HomeNotOurs(str(settings.home))


def _url(credentials: Credentials, user: str, port: int, database: str = DATABASE) -> str:
    password = credentials.reader_password if user == READER else credentials.password
    return f"postgresql://{user}:{password}@127.0.0.1:{port}/{database}"


def _credentials_file(settings: Settings) -> Path:
    return settings.home / "credentials.json"


def _credentials(settings: Settings) -> Credentials:
    return Credentials(**json.loads(_credentials_file(settings).read_text()))


def _remembered_or_new(settings: Settings) -> Credentials:
    if not _credentials_file(settings).exists():
        _remember(settings, Credentials(secrets.token_urlsafe(24), secrets.token_urlsafe(24), cluster.free_port()))
    return _credentials(settings)


def _remember(settings: Settings, credentials: Credentials) -> None:
    client_files.write_private(_credentials_file(settings), json.dumps(asdict(credentials)))
