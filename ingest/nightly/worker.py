"""One worker process: takes jobs from the queue until it is stopped or nothing is left.

A worker that loses its connection drops its state, waits for the database and asks the queue again.
`python -m ingest.nightly` is what `juesuan work` starts.
"""

import asyncio
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import structlog
from procrastinate import App, JobContext, PsycopgConnector, exceptions
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from ingest.nightly.attempt import TryAgain, WorkerContext, ingest_archived, record
from ingest.nightly.publish import make_public, never_idle
from ingest.nightly.read_files import reading_version
from ingest.nightly.worker_processes import NO_DATABASE, POLL_SECONDS
from ingest.readers.office_program.conversions import conversions
from ingest.readers.pdf.scan.models import use_models
from warehouse import server
from warehouse.base import logs, messages
from warehouse.base.actors import CONNECTION_LOST
from warehouse.base.config import Settings, language, reads_pictures
from warehouse.base.database import libpq_url
from warehouse.base.errors import ServerDidNotStart, Superseded
from warehouse.work import jobs

log = structlog.get_logger()

SUPERSEDED_STATUS = 3  # exit status of a worker whose attempt was superseded by another worker's
AWAY = (exceptions.ConnectorException, ServerDidNotStart, *CONNECTION_LOST)
LONGEST_PAUSE = 10.0


class RetryOnTryAgain(BaseRetryStrategy):
    """Retries a job only if its attempt raised TryAgain, at the time that it names."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, TryAgain):
            return None
        return RetryDecision(retry_at=exception.retry_at, queue=exception.queue)


class Worker:
    """`run` ends when the queue is empty (`until_empty`), after a signal, or with NO_DATABASE."""

    def __init__(self, settings: Settings, until_empty: bool):
        self.settings, self.until_empty = settings, until_empty
        self.context = WorkerContext("", settings, [])
        self.handled = 0  # jobs this process took
        self.stopped, self.one_taken = asyncio.Event(), asyncio.Event()
        self.parent = os.getppid()

    async def run(self) -> None:
        self.loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self.stopped.set)
        while not self._is_over():
            try:
                await self._work()
                return
            except AWAY as error:
                log.warning("worker.database_away", process=os.getpid(), reason=str(error).strip().splitlines()[0])
                await self._pause(POLL_SECONDS)

    async def _work(self) -> None:
        await self._reach_database()
        version = reading_version()
        while not self._is_over():
            with self.context.session() as connection:
                left = jobs.repair_queue(connection, version, self.settings.stalled_seconds)
            before = self.handled
            if left:
                await self._take_jobs(jobs.queue_name(version))
            make_public(self.context.url, self.settings)  # also while files wait for another attempt
            if left:
                await self._take_jobs(jobs.scans_name(version), only_one=True)
            if not left and self.until_empty:
                return
            if self.handled == before:  # nothing waits, or the rest is postponed or taken by other workers
                await self._pause(min(POLL_SECONDS, self.settings.heartbeat_seconds))

    async def _reach_database(self) -> None:
        """Waits for the database with growing pauses, then records the faults that could not be recorded before."""
        deadline, pause = time.monotonic() + self.settings.database_wait_seconds, POLL_SECONDS
        while not self._is_over():
            try:
                self.context.url = server.start(self.settings)
                record(self.context)
                return
            except AWAY:
                if time.monotonic() > deadline:
                    raise SystemExit(NO_DATABASE) from None
            await self._pause(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _take_jobs(self, queue: str, only_one: bool = False) -> None:
        """Runs the jobs that are due now, or one of them. A signal lets the running job finish."""
        app = self._app()
        self.one_taken.clear()
        async with app.open_async():
            jobs = asyncio.create_task(
                app.run_worker_async(
                    queues=[queue],
                    wait=False,
                    listen_notify=False,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    update_heartbeat_interval=self.settings.heartbeat_seconds,
                    stalled_worker_timeout=self.settings.stalled_seconds,
                )
            )
            stop = asyncio.create_task(self.stopped.wait())
            enough = [asyncio.create_task(self.one_taken.wait())] if only_one else []
            await asyncio.wait([jobs, stop, *enough], return_when=asyncio.FIRST_COMPLETED)
            for waiting in (stop, *enough):
                waiting.cancel()
            if not jobs.done():
                jobs.cancel()
            with suppress(asyncio.CancelledError):
                await jobs

    def _app(self) -> App:
        """procrastinate's app. Its sessions time out when idle in transaction and so release the locks of the queue."""
        options = f"-c search_path=procrastinate {never_idle(self.settings)}"
        app = App(
            connector=PsycopgConnector(
                conninfo=libpq_url(self.context.url),
                kwargs={"options": options, "connect_timeout": 10, "autocommit": True},
                min_size=1,
                max_size=3,
                timeout=10,
            )
        )
        app.task(name=jobs.TASK, pass_context=True, retry=RetryOnTryAgain())(self._ingest_document)
        return app

    def _ingest_document(self, context: JobContext, sha256: str) -> None:
        """The task, run in a thread. On Superseded the process exits at once: another worker has taken the job over."""
        self.handled += 1
        self.loop.call_soon_threadsafe(self.one_taken.set)
        try:
            ingest_archived(self.context, sha256)
        except Superseded:
            os._exit(SUPERSEDED_STATUS)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopped.wait(), seconds)

    def _is_over(self) -> bool:
        return self.stopped.is_set() or os.getppid() != self.parent


def main(until_empty: bool, converted: Path | None = None) -> None:
    """`converted` is the folder of what LibreOffice made for several workers."""
    if converted:
        conversions.share(converted)
    messages.speak(language())
    use_models(reads_pictures())
    logs.to_standard_error()
    asyncio.run(Worker(Settings(), until_empty).run())
