"""Works on several hosts in parallel, and on the addresses of one host one after another."""

import threading
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from ingest.sync.manifest import Manifest

Task = TypeVar("Task")
Made = TypeVar("Made")


def by_host(tasks: Iterable[Task], host: Callable[[Task], str], manifest: Manifest) -> list[list[Task]]:
    """Tasks in groups that may run in parallel: one per host, or as many as the manifest allows connections to it."""
    of_host: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        of_host[host(task)].append(task)
    shares = (
        (group, number, manifest.manners(name).connections)
        for name, group in of_host.items()
        for number in range(manifest.manners(name).connections)
    )
    return [share for group, number, count in shares if (share := group[number::count])]


def in_parallel(
    groups: list[list[Task]], work: Callable[[Task], Made], most: int, stop: threading.Event
) -> Generator[tuple[Task, Made], None, None]:
    """Yields each task with the result of `work`, as it is finished. An exception in one thread ends all others."""
    done: SimpleQueue[tuple[Task, Made] | Future[None]] = SimpleQueue()

    def one_after_another(group: list[Task]) -> None:
        for task in group:
            if stop.is_set():
                return
            done.put((task, work(task)))

    with ThreadPoolExecutor(most) as pool:
        running = [pool.submit(one_after_another, group) for group in groups]
        for future in running:
            future.add_done_callback(done.put)
        try:
            while running:
                if isinstance(one := done.get(), Future):
                    running.remove(one)
                    one.result()
                else:
                    yield one
        finally:
            if running:
                stop.set()
                pool.shutdown(cancel_futures=True)
