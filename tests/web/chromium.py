"""Chromium driven over a pipe by its DevTools protocol, for tests that look at pages as they are shown."""

import fcntl
import json
import os
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ingest.browser import CHROMIUM

FIRST_FREE = 10  # Chromium reads from the descriptor 3 and writes to 4
HEIGHT = 900


class Chromium:
    """One page at a time."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = os.fdopen(commands, "wb", 0), os.fdopen(answers, "rb", 0)
        self._number, self._read, self._session = 0, b"", None
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")

    def open(self, address: str, width: int) -> None:
        """Returns when everything that the page shows is there."""
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=HEIGHT, deviceScaleFactor=1, mobile=False)
        self._ask("Page.navigate", url=address)
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def value(self, script: str) -> Any:
        """Of an expression; a promise is waited for. The page's own policy does not hold for it."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        answer = self._ask("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def picture(self, file: Path) -> None:
        """Of the whole page."""
        shown = self._ask("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        file.write_bytes(b64decode(shown["data"]))

    def close(self) -> None:
        self._session = None
        self._ask("Browser.close")

    def _ask(self, method: str, **values: object) -> dict[str, Any]:
        self._number += 1
        said = {"id": self._number, "method": method, "params": values}
        of_page = {"sessionId": self._session} if self._session else {}
        self._commands.write(json.dumps(said | of_page).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, (method, answer["error"])
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        """The next answer or event; each ends with a zero."""
        while b"\0" not in self._read:
            read = self._answers.read(1 << 16)
            assert read, "Chromium has ended"
            self._read += read
        one, _, self._read = self._read.partition(b"\0")
        return json.loads(one)


@contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """`folder` takes its profile."""
    (to_read, commands), (answers, to_write) = os.pipe(), os.pipe()
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, FIRST_FREE) for end in (to_read, to_write)]

    def take_ends() -> None:
        for own, descriptor in zip(ends, (3, 4), strict=True):
            os.dup2(own, descriptor)

    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += ["--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}", "about:blank"]
    with subprocess.Popen(command, preexec_fn=take_ends, pass_fds=(3, 4), stderr=subprocess.DEVNULL) as process:
        for end in (to_read, to_write, *ends):
            os.close(end)
        browser = Chromium(commands, answers)
        try:
            yield browser
        finally:
            browser.close()
            process.wait(30)
