"""The composition root: settings, storage, services, face; started in this order and stopped in the other."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import structlog

from bot import __version__
from bot import content as texts
from bot.clock import Clock, SystemClock
from bot.domain.errors import NotAnswered
from bot.domain.prompts import Content
from bot.health import Health, Reading, Vitals
from bot.notify import READY, STOPPING, notify, watched
from bot.parts import BY_ONE, hearing, jobs_of, services_of
from bot.scheduler import Job, Scheduler
from bot.services.backups import Backups
from bot.services.bundle import Services
from bot.services.care import Care
from bot.services.departures import Departures
from bot.services.dispatch import Dispatch
from bot.services.letters import Letters
from bot.services.life import Life
from bot.services.lines import Lines
from bot.services.messenger import Messenger
from bot.services.processes import Processes
from bot.services.pulse import Pulses
from bot.services.retention import Retention
from bot.services.screening import Screening
from bot.settings import Settings
from cogs.client import TrellisClient
from cogs.connect import point_at
from cogs.entrance import answers_given, enter
from cogs.messenger import DiscordMessenger
from storage import Storage, patiently
from storage.migrate import newest as newest_schema

AHEAD = 2  # seconds of its pace that a process takes in hand: enough until the next look, the rest is others'
IN_HAND = timedelta(seconds=6)  # what a stop waits for posts on their way, so that all of it ends within ten
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0  # seconds between two tries of what a start asks of the database
CLOSING = timedelta(
    seconds=1.5
)  # for the connection, then for the database, which has long what it was given

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trellis:
    """One Trellis, built and not yet connected."""

    storage: Storage
    services: Services
    dispatch: Dispatch
    letters: Letters
    client: TrellisClient
    scheduler: Scheduler
    processes: Processes
    health: Health
    life: Life
    backups: Backups
    pulses: Pulses
    metrics_port: int | None

    async def serve(self, token: str, stop: asyncio.Event) -> None:
        """Connects and serves until `stop` is set, then finishes what is in hand. Raises what ended it."""
        await self.processes.join()  # before anything is asked of Discord
        beating = asyncio.create_task(self.processes.run(), name="processes")
        connection = asyncio.create_task(enter(self.client, token), name="discord")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        working = asyncio.create_task(self._work(), name="work")
        watching = asyncio.create_task(watched(self.health.alive), name="watchdog")
        try:
            async with self.health.served(self.metrics_port):
                notify(READY)
                await _until_over(stopped, connection, working)
        finally:
            notify(STOPPING)
            began = time.monotonic()
            for task in (stopped, working, watching):
                task.cancel()
            await asyncio.gather(stopped, working, watching, return_exceptions=True)
            clean = await self._finish(connection)
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)
            await _in_time(self.processes.leave())
            log.info("stopped", clean=clean, seconds=round(time.monotonic() - began, 2))

    async def _work(self) -> None:
        await self.client.wait_until_logged_in()
        await _once_answered(self.services.lines.refresh)  # before anything else can go wrong
        await _once_answered(self.life.begin)
        await _once_answered(self.dispatch.settle)
        self.scheduler.start()
        self.services.grounding.start()

    async def _finish(self, connection: asyncio.Task[None]) -> bool:
        """Nothing new is begun, what is on its way arrives, then the connection is closed; whether it did."""
        clean = True
        try:
            async with asyncio.timeout(IN_HAND.total_seconds()):
                await self.backups.stop()
                await self.scheduler.stop()
                await self.dispatch.drain()
                await self.letters.drain()
                await self.services.grounding.stop()
                await answers_given()
                await self.life.end()
        except TimeoutError:
            clean = False
            log.warning("still in hand at the stop; the next start settles it")
        return await _in_time(self._close(connection)) and clean

    async def _close(self, connection: asyncio.Task[None]) -> None:
        await self.services.lines.close()
        await self.pulses.close()
        connection.cancel()  # first: on its way in, it would open again what close() closes
        await asyncio.gather(connection, return_exceptions=True)
        await self.client.close()


@asynccontextmanager
async def opened(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Trellis]:
    """Loads the content, opens the database and builds everything. Raises ContentError, VaultError."""
    clock = clock or SystemClock()
    content = texts.load()
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    keys = [key.get_secret_value() for key in settings.trellis_key]
    url = settings.database_url.get_secret_value()
    kind = url.partition("+")[0]
    log.info("starting", version=__version__, database=kind, shards=_shards(settings), schema=newest_schema())
    storage = await _once_answered(lambda: Storage.open(url, keys, backups=settings.backups))
    try:
        if len(keys) > 1:
            log.info("keys wrapped anew under the newest; the older ones may go", keys=await storage.rotate())
        yield built(
            _client(settings, clock),
            storage,
            clock,
            content,
            settings.metrics_port,
            hide_unverified=settings.hide_unverified_lines,
            backups=(settings.backups, settings.backups_kept),
        )
    finally:
        await _in_time(storage.close())


def built(
    client: TrellisClient,
    storage: Storage,
    clock: Clock,
    content: Content,
    metrics_port: int | None = None,
    *,
    hide_unverified: bool = False,
    backups: tuple[Path | None, int] = (None, 1),
) -> Trellis:
    """Puts the parts together; nothing is contacted."""
    messenger: Messenger = DiscordMessenger(client, content)
    metrics = client.metrics
    processes = Processes(storage, clock, client.seat, client.pacer)
    client.share(processes.introduce, lambda: processes.living)
    dispatch = Dispatch(storage, clock, content, messenger, lambda: AHEAD * processes.pace, metrics)
    letters = Letters(storage, clock, messenger, lambda: AHEAD * processes.pace, metrics)
    screening = Screening(storage, clock, content, messenger)
    screening.check()
    lines = Lines(storage, clock, content, hide_unverified=hide_unverified)
    services = services_of(storage, clock, content, messenger, dispatch, screening, lines, letters)
    client.serve(services)
    life = Life(storage, clock, lambda: client.connected)
    nightly = Backups(storage, clock, *backups, metrics)
    alone = (Care(storage, clock, content), Departures(storage, clock, messenger), Retention(storage, clock))
    jobs = [*jobs_of(services, dispatch, letters, *alone, life, nightly), *hearing(services, screening)]
    scheduler = Scheduler([_woken(job, processes) for job in jobs], metrics)
    pulses = Pulses(storage, clock)
    metrics.build.info({"version": __version__, "schema": newest_schema()})
    gauges = {
        **_in_hand(services, dispatch, letters, screening),
        **_figures(storage, client, nightly, processes),
    }
    vitals = Vitals(
        connected=lambda: client.connected,
        latency=lambda: max((latency for _, latency in client.latencies), default=math.nan),
        tick=lambda: scheduler.ended("dispatch"),
        pulse=pulses.look,
        gauges=gauges,
        counters={"trellis_database_commits": ("Durable commits", lambda: storage.figures["commits"])},
    )
    health = Health(metrics, vitals)
    return Trellis(
        *(storage, services, dispatch, letters, client, scheduler, processes, health, life, nightly, pulses),
        metrics_port=metrics_port,
    )


def _woken(job: Job, processes: Processes) -> Job:
    """With the patience of a job; what claims nothing is done by one process alone."""
    run = patiently(job.run)
    return replace(job, run=processes.alone(run) if job.name in BY_ONE else run)


def _in_hand(
    services: Services, dispatch: Dispatch, letters: Letters, screening: Screening
) -> dict[str, tuple[str, Reading]]:
    return {
        "trellis_posts_in_hand": ("Posts on their way", lambda: dispatch.in_hand),
        "trellis_letters_in_hand": ("Letters on their way", lambda: letters.in_hand),
        "trellis_steps_in_hand": ("Steps of exercises on their way", lambda: services.grounding.in_hand),
        "trellis_screening_failures": ("Texts that could not be screened", lambda: screening.failures),
    }


def _figures(
    storage: Storage, client: TrellisClient, nightly: Backups, processes: Processes
) -> dict[str, tuple[str, Reading]]:
    return {
        "trellis_tasks": ("Tasks of the event loop", lambda: len(asyncio.all_tasks())),
        "trellis_requests_waiting": ("Requests that wait for Discord's pace", lambda: client.pacer.waiting),
        "trellis_requests_a_second": ("What this process may ask of Discord", lambda: processes.pace),
        "trellis_processes": ("Processes that share the work, this one too", lambda: processes.living),
        "trellis_database_units_in_hand": ("Units of work under way", lambda: storage.figures["in_hand"]),
        "trellis_backup_newest_timestamp_seconds": (
            "When the newest nightly backup was made; 0: there is none",
            lambda: nightly.newest.timestamp() if nightly.newest else 0,
        ),
    }


def _client(settings: Settings, clock: Clock) -> TrellisClient:
    return TrellisClient(
        clock=clock,
        version=__version__,
        shard_ids=settings.shard_ids,
        shard_count=settings.shard_count,
    )


def _shards(settings: Settings) -> str:
    if settings.shard_ids is None:
        return "all"
    return f"{','.join(map(str, settings.shard_ids))} of {settings.shard_count}"


async def _in_time(work: Awaitable[object]) -> bool:
    """Closes something; whether that ended. A network that is gone must not hold up a stop."""
    try:
        async with asyncio.timeout(CLOSING.total_seconds()):
            await work
    except TimeoutError:
        return False
    return True


async def _once_answered(step: Callable[[], Awaitable[T]]) -> T:
    """What a start asks of the database, as soon as that answers; once connected, help answers meanwhile."""
    wait = FIRST_WAIT
    while True:
        try:
            return await step()
        except NotAnswered as error:
            log.warning("the start waits for the database", error=type(error).__name__, again_in_seconds=wait)
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


async def _until_over(
    stopped: asyncio.Task[object], connection: asyncio.Task[None], working: asyncio.Task[None]
) -> None:
    """Returns at the stop, or when the connection ends; raises what ended the connection or the work.

    The work's own task ends early and well, once the scheduler runs; ending badly, it must not end silently.
    """
    open_ = {stopped, connection, working}
    while not (stopped.done() or connection.done()):
        done, _ = await asyncio.wait(open_, return_when=asyncio.FIRST_COMPLETED)
        open_ -= done
        for task in done:
            task.result()
