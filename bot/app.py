"""The composition root: settings, storage, services, face; started in this order and stopped in the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot import __version__
from bot import content as texts
from bot.clock import Clock, SystemClock
from bot.domain.prompts import Content
from bot.health import Health
from bot.parts import hearing, jobs_of, services_of
from bot.scheduler import Scheduler
from bot.services.bundle import Services
from bot.services.care import Care
from bot.services.departures import Departures
from bot.services.dispatch import Dispatch
from bot.services.letters import Letters
from bot.services.lines import Lines
from bot.services.messenger import Messenger
from bot.services.retention import Retention
from bot.services.screening import Screening
from bot.settings import Settings
from cogs.client import TrellisClient
from cogs.connect import point_at
from cogs.entrance import answers_given, enter
from cogs.messenger import DiscordMessenger
from storage import Storage

IN_HAND = timedelta(seconds=8)  # what a stop waits for posts on their way, so that all of it ends within ten

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trellis:
    """One Trellis, built and not yet connected."""

    storage: Storage
    services: Services
    dispatch: Dispatch
    letters: Letters
    client: TrellisClient
    scheduler: Scheduler
    health: Health
    metrics_port: int | None

    async def serve(self, token: str, stop: asyncio.Event) -> None:
        """Connects and serves until `stop` is set, then finishes what is in hand. Raises what ended it."""
        connection = asyncio.create_task(enter(self.client, token), name="discord")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        working = asyncio.create_task(self._work(), name="work")
        try:
            async with self.health.served(self.metrics_port):
                await _until_over(stopped, connection, working)
        finally:
            for task in (stopped, working):
                task.cancel()
            await asyncio.gather(stopped, working, return_exceptions=True)
            await self._finish(connection)

    async def _work(self) -> None:
        await self.client.wait_until_logged_in()
        await self.services.lines.refresh()  # before anything else can go wrong
        await self.dispatch.settle()
        self.scheduler.start()
        self.services.grounding.start()

    async def _finish(self, connection: asyncio.Task[None]) -> None:
        """Nothing new is begun, what is on its way arrives, then the connection is closed."""
        try:
            async with asyncio.timeout(IN_HAND.total_seconds()):
                await self.scheduler.stop()
                await self.dispatch.drain()
                await self.letters.drain()
                await self.services.grounding.stop()
                await answers_given()
        except TimeoutError:
            log.warning("still in hand at the stop; the next start settles it")
        await self.services.lines.close()
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
    storage = await Storage.open(settings.database_url.get_secret_value(), keys)
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
        )
    finally:
        await storage.close()


def built(
    client: TrellisClient,
    storage: Storage,
    clock: Clock,
    content: Content,
    metrics_port: int | None = None,
    *,
    hide_unverified: bool = False,
) -> Trellis:
    """Puts the parts together; nothing is contacted."""
    messenger: Messenger = DiscordMessenger(client, content)
    dispatch = Dispatch(storage, clock, content, messenger)
    letters = Letters(storage, clock, messenger)
    screening = Screening(storage, clock, content, messenger)
    screening.check()
    lines = Lines(storage, clock, content, hide_unverified=hide_unverified)
    services = services_of(storage, clock, content, messenger, dispatch, screening, lines, letters)
    client.serve(services)
    alone = (Care(storage, clock, content), Departures(storage, clock, messenger), Retention(storage, clock))
    scheduler = Scheduler([*jobs_of(services, dispatch, letters, *alone), *hearing(services, screening)])
    health = Health(
        client.is_ready,
        {
            "trellis_posts_in_hand": ("Posts on their way", lambda: dispatch.in_hand),
            "trellis_letters_in_hand": ("Letters on their way", lambda: letters.in_hand),
            "trellis_screening_failures": ("Texts that could not be screened", lambda: screening.failures),
            "trellis_steps_in_hand": ("Steps of exercises on their way", lambda: services.grounding.in_hand),
        },
    )
    return Trellis(storage, services, dispatch, letters, client, scheduler, health, metrics_port)


def _client(settings: Settings, clock: Clock) -> TrellisClient:
    return TrellisClient(
        clock=clock,
        version=__version__,
        shard_ids=settings.shard_ids,
        shard_count=settings.shard_count,
    )


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
