"""Runs Superset's commands and its web server, each with a time limit."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import requests
from home import USER, BiError, Home

BIN = Path(sys.executable).parent
COMMAND_SECONDS = 600
START_SECONDS = 180
STOP_SECONDS = 20
APPLICATION = "superset.app:create_app()"


def prepare(home: Home) -> None:
    """Make the metadata database, the roles and the administrator, unless the installed versions have made them."""
    if home.is_prepared():
        return
    _superset(home, "db", "upgrade")
    _superset(home, "init")
    # Flask takes options from the environment. On the command line other users could read the password with ps.
    _superset(
        home,
        *("fab", "create-admin", "--username", USER, "--firstname", "juesuan", "--lastname", "bi"),
        *("--email", "admin@example.invalid"),
        FLASK_FAB_CREATE_ADMIN_PASSWORD=home.password,
    )
    home.set_prepared()


def start(home: Home, address: str) -> None:
    """Start the server at `address` (host:port) and wait until it answers."""
    if _answers(address):
        raise BiError(f"{address} is in use by another program: set JUESUAN_BI_PORT")
    options = ["--workers=1", "--worker-class=gthread", "--threads=8", "--timeout=120"]
    with home.log.open("ab") as log:
        process = subprocess.Popen(
            [BIN / "gunicorn", *options, f"--bind={address}", APPLICATION],
            env=home.environment(), cwd=home.folder, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    home.pid.write_text(str(process.pid), "utf-8")
    _wait(home, process, address)


def stop(home: Home) -> bool:
    """Stop the server that `start` started; returns whether it was running."""
    pid = _running(home)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _running(home):
        if time.monotonic() > deadline:
            raise BiError(f"process {pid} did not stop within {STOP_SECONDS} s")
        time.sleep(0.2)
    home.pid.unlink()
    return True


def is_running(home: Home) -> bool:
    return _running(home) is not None


def _superset(home: Home, *arguments: str, **environment: str) -> None:
    with home.log.open("ab") as log:
        try:
            done = subprocess.run(
                [BIN / "superset", *arguments], env=home.environment() | environment, cwd=home.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=COMMAND_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise BiError(f"`superset {' '.join(arguments[:2])}` took over {COMMAND_SECONDS} s") from error
    if done.returncode:
        raise BiError(f"`superset {' '.join(arguments[:2])}` failed")


def _wait(home: Home, process: subprocess.Popen, address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(address):
        if process.poll() is not None:
            raise BiError("Superset ended while starting")
        if time.monotonic() > deadline:
            stop(home)
            raise BiError(f"Superset did not answer within {START_SECONDS} s")
        time.sleep(0.5)


def _answers(address: str) -> bool:
    try:
        return requests.get(f"http://{address}/health", timeout=5).status_code > 0
    except requests.ConnectionError:
        return False
    except requests.Timeout:
        return False


def _running(home: Home) -> int | None:
    """The process id of the server that `start` started, or None. The id may have been reused by another program."""
    if not home.pid.exists():
        return None
    pid = home.pid.read_text("utf-8")
    command = subprocess.run(["ps", "-ww", "-p", pid, "-o", "stat=,command="], capture_output=True, text=True).stdout
    return int(pid) if APPLICATION in command and not command.startswith("Z") else None
