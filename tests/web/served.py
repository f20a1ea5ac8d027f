"""The application behind a real server."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep

import uvicorn
from starlette.applications import Starlette


@contextmanager
def served(shown: Starlette) -> Iterator[str]:
    """The address at which it is reached."""
    server = uvicorn.Server(uvicorn.Config(shown, port=0, log_level="warning"))
    running = Thread(target=server.run)
    running.start()
    try:
        while not server.started:
            sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join()
