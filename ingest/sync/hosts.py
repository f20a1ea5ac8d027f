"""Hosts are worked on side by side, the addresses of one after another."""

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
    """Groups that may be worked on side by side: one per host, or as many as it grants connections."""
    of_host: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        of_host[host(task)].append(task)
    stripes = (
        (group, number, manifest.manners(name).connections)
        for name, group in of_host.items()
        for number in range(manifest.manners(name).connections)
    )
    return [stripe for group, number, count in stripes if (stripe := group[number::count])]


def side_by_side(
    groups: list[list[Task]], work: Callable[[Task], Made], most: int, stop: threading.Event
) -> Generator[tuple[Task, Made], None, None]:
    """Each task with what `work` made of it, as it comes. An exception in one thread ends all the others."""
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
