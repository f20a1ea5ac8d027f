"""Runs LibreOffice once for many files: in folders of its own, without network, for a limited time, and no macro.

It is started by `ingest.isolation.office_program`, which takes the rights from it that it does not need.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISREG

LAUNCHER = "ingest.isolation.office_program"
NOT_CONFINED, NEW_PROFILE = 84, 81  # exit statuses: of the launcher; of a program that wants to be started again
LARGEST = 256 << 20  # bytes of a file that it makes
_SETTINGS = "profile/user/registrymodifications.xcu"
_NO_MACROS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class NotConfined(Exception):
    """The launcher did not start LibreOffice; the message says why."""


def program() -> Path | None:
    """The LibreOffice of this machine; None where there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            binary = Path(found).resolve().with_name("soffice.bin")
            return binary if binary.is_file() else None
    return None


def to_docx(
    binary: Path, originals: Sequence[bytes], office_filter: str, seconds: float, must_confine: bool = False
) -> list[bytes | None]:
    """Each original as .docx; None of one that LibreOffice does not open, or did not come to in `seconds`.

    `office_filter` is its name for the format of the originals. Raises NotConfined, and OSError.
    """
    with tempfile.TemporaryDirectory(prefix="juesuan-office-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        names = [f"{n}.doc" for n in range(len(originals))]
        _provide(folder, dict(zip(names, originals, strict=True)))
        arguments = ["--headless", "--norestore", "--nologo", "--nolockcheck", f"--infilter={office_filter}"]
        arguments += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made")]
        command = [str(binary), f"-env:UserInstallation={(folder / 'profile').as_uri()}", *arguments]
        _run([*command, *(str(folder / name) for name in names)], folder, seconds, must_confine)
        return [_made(folder / "made" / Path(name).with_suffix(".docx").name) for name in names]


def _provide(folder: Path, files: dict[str, bytes]) -> None:
    settings = folder / _SETTINGS
    settings.parent.mkdir(parents=True)
    settings.write_text(_NO_MACROS, encoding="utf-8")
    (folder / "made").mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _run(command: Sequence[str], folder: Path, seconds: float, must_confine: bool) -> None:
    root = Path(__file__).parents[3]
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(root), "HOME": str(folder)}
    confined = "confined" if must_confine else "as-far-as-possible"
    launch = [sys.executable, "-P", "-m", LAUNCHER, str(os.getpid()), str(folder), str(round(seconds)), confined]
    with tempfile.TemporaryFile() as output:
        running = subprocess.Popen(
            [*launch, *command], stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
            env=environment | {"TMPDIR": str(folder)}, start_new_session=True,
        )  # fmt: skip
        try:
            status = running.wait(seconds)
        except subprocess.TimeoutExpired:
            return
        finally:
            _kill(running)
        if status == NOT_CONFINED:
            output.seek(0)
            raise NotConfined(output.read(LARGEST).decode("utf-8", "replace").strip().rpartition("\n")[2])


def _kill(running: "subprocess.Popen[bytes]") -> None:
    """With all that it started: they are in the group of processes that it leads."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        running.wait()


def _made(path: Path) -> bytes | None:
    """What LibreOffice wrote there. It is not trusted: a link is not followed."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(number, "rb") as file:
        status = os.fstat(number)
        return file.read() if S_ISREG(status.st_mode) and 0 < status.st_size <= LARGEST else None
