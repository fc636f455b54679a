"""APScheduler wakes the services at their intervals; it holds no rules, and no state worth keeping."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.metrics import Metrics

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A standing job: first run at once, then `every` so often; never twice at the same time."""

    name: str
    run: Callable[[], Awaitable[None]]
    every: timedelta


class Scheduler:
    """Runs standing jobs until it is stopped. A job that fails is logged, and runs again at its next time."""

    def __init__(self, jobs: Sequence[Job], metrics: Metrics | None = None) -> None:
        self._jobs = tuple(jobs)
        self._metrics = metrics or Metrics()
        self._metrics.jobs(job.name for job in jobs)
        self._ended: dict[str, tuple[float, float]] = {}  # when a job ended last, and when it last ended well
        self._waker = AsyncIOScheduler(timezone=UTC)
        self._begun = time.monotonic()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False

    def start(self) -> None:
        """Begins; within a running event loop, once."""
        for job in self._jobs:
            self._waker.add_job(
                self._run,
                "interval",
                args=(job,),
                seconds=job.every.total_seconds(),
                id=job.name,
                next_run_time=datetime.now(UTC),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,  # the default of one second would drop a run that comes late
            )
        self._waker.start()

    async def stop(self) -> None:
        """Begins nothing new, and returns when every run that is on has ended."""
        self._stopping = True
        if self._waker.running:
            self._waker.pause()
        while self._running:
            await asyncio.wait(self._running)
        if self._waker.running:
            self._waker.shutdown(wait=False)

    async def _run(self, job: Job) -> None:
        if self._stopping:
            return
        # A task of our own: APScheduler's shutdown cancels its tasks, and what is in hand is to be finished.
        task = asyncio.create_task(self._guarded(job), name=job.name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    def ended(self, name: str) -> tuple[float, float] | None:
        """Seconds since a job's last run ended, and since one ended well; None before the first has."""
        last = self._ended.get(name)
        if last is None:
            return None
        now = time.monotonic()
        return now - last[0], now - last[1]

    async def _guarded(self, job: Job) -> None:
        began, failure = time.monotonic(), None
        try:
            await job.run()
        except Exception as error:  # noqa: BLE001 - a failed run must not end the job
            failure = error
            # The type and a reference alone: messages and tracebacks may hold what people wrote.
            log.error("job failed", job=job.name, error=type(error).__name__, reference=token_hex(4))  # noqa: TRY400
        now = time.monotonic()
        well = now if failure is None else self._ended.get(job.name, (0.0, self._begun))[1]
        self._ended[job.name] = now, well
        self._metrics.job(job.name, now - began, failure)
