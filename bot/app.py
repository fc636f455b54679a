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
from bot.scheduler import Job, Scheduler
from bot.services.alerts import Alerts
from bot.services.bundle import Services
from bot.services.care import Care
from bot.services.channel_notes import ChannelNotes
from bot.services.check_ins import CheckIns
from bot.services.circles import Circles
from bot.services.commitments import Commitments
from bot.services.covers import Covers
from bot.services.departures import Departures
from bot.services.dispatch import Dispatch
from bot.services.duty import Duty
from bot.services.guards import Guards
from bot.services.history import Histories
from bot.services.keep_apart import KeepApart
from bot.services.ladder import Ladder
from bot.services.letters import Letters
from bot.services.lines import Lines
from bot.services.looking_back import LookingBack
from bot.services.marked import Marked
from bot.services.meetings import Meetings
from bot.services.members import Members
from bot.services.messenger import Messenger
from bot.services.mutes import Mutes
from bot.services.nudges import Nudges
from bot.services.paces import Paces
from bot.services.pairs import Pairs
from bot.services.partners import Partners
from bot.services.people import People
from bot.services.plan_files import PlanFiles
from bot.services.plans import Plans
from bot.services.preferences import Preferences
from bot.services.privacy import Privacy
from bot.services.reminders import Reminders
from bot.services.retention import Retention
from bot.services.reviewing import Reviewing
from bot.services.schedules import Schedules
from bot.services.shares import Shares
from bot.services.summaries import Summaries
from bot.services.themes import Themes
from bot.settings import Settings
from cogs.client import TrellisClient
from cogs.connect import point_at
from cogs.entrance import answers_given, enter
from cogs.messenger import DiscordMessenger
from storage import Storage

TICK = timedelta(seconds=1)  # how often due posts and letters are looked for; a query by index each
CARE = timedelta(minutes=1)
MEETINGS = timedelta(seconds=30)
REMINDERS = timedelta(seconds=15)
ROLES = timedelta(minutes=10)
RETENTION = timedelta(hours=1)
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

    async def _finish(self, connection: asyncio.Task[None]) -> None:
        """Nothing new is begun, what is on its way arrives, then the connection is closed."""
        try:
            async with asyncio.timeout(IN_HAND.total_seconds()):
                await self.scheduler.stop()
                await self.dispatch.drain()
                await self.letters.drain()
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
    lines = Lines(storage, clock, content, hide_unverified=hide_unverified)
    services = _services(storage, clock, content, messenger, dispatch, lines, letters)
    client.serve(services)
    alone = (Care(storage, clock, content), Departures(storage, clock, messenger), Retention(storage, clock))
    scheduler = Scheduler(_jobs(services, dispatch, letters, *alone))
    health = Health(
        client.is_ready,
        {
            "trellis_posts_in_hand": ("Posts on their way", lambda: dispatch.in_hand),
            "trellis_letters_in_hand": ("Letters on their way", lambda: letters.in_hand),
        },
    )
    return Trellis(storage, services, dispatch, letters, client, scheduler, health, metrics_port)


def _services(
    storage: Storage,
    clock: Clock,
    content: Content,
    messenger: Messenger,
    dispatch: Dispatch,
    lines: Lines,
    letters: Letters,
) -> Services:
    """What a face may call."""
    return Services(
        circles=Circles(storage, clock, content),
        members=Members(storage, clock),
        check_ins=CheckIns(storage, clock, content),
        commitments=Commitments(storage, clock),
        nudges=Nudges(storage, clock),
        ladder=Ladder(storage, clock, content),
        partners=Partners(storage, clock),
        pairs=Pairs(storage, clock, messenger),
        keep_apart=KeepApart(storage, clock),
        paces=Paces(storage, clock, messenger),
        covers=Covers(storage, clock),
        channel_notes=ChannelNotes(storage, clock),
        guards=Guards(storage, clock, content, messenger),
        looking_back=LookingBack(storage, clock),
        schedules=Schedules(storage, clock, content, dispatch),
        plans=Plans(storage, clock, content),
        themes=Themes(storage, clock, content),
        plan_files=PlanFiles(storage, clock, content),
        meetings=Meetings(storage, clock, messenger),
        shares=Shares(storage, clock, content),
        reviewing=Reviewing(storage, clock, content),
        reminders=Reminders(storage, clock),
        preferences=Preferences(storage, clock),
        mutes=Mutes(storage, clock, messenger),
        privacy=Privacy(storage, clock, content),
        histories=Histories(storage, clock, content),
        summaries=Summaries(storage, clock),
        marked=Marked(storage, clock),
        people=People(storage, clock),
        lines=lines,
        alerts=Alerts(storage, clock, letters.tick),
        duty=Duty(storage, clock, messenger),
        content=content,
    )


def _jobs(
    services: Services,
    dispatch: Dispatch,
    letters: Letters,
    care: Care,
    departures: Departures,
    retention: Retention,
) -> list[Job]:
    """What is done by itself, and how often it is looked whether it is to be done."""
    return [
        Job("dispatch", dispatch.tick, TICK),
        Job("letters", letters.tick, TICK),
        Job("alerts", services.alerts.tick, TICK),
        Job("duty", services.duty.tick, REMINDERS),
        Job("duty-roles", services.duty.check_roles, ROLES),
        Job("care", care.tick, CARE),
        Job("meetings", services.meetings.tick, MEETINGS),
        Job("leavings", services.members.erase_due, RETENTION),
        Job("drafts", care.retain, RETENTION),
        Job("retention", retention.tick, RETENTION),
        Job("review", services.reviewing.tick, CARE),
        Job("reminders", services.reminders.tick, REMINDERS),
        Job("commitments", services.nudges.tick, REMINDERS),
        Job("pairs", services.pairs.tick, TICK),
        Job("paces", services.paces.tick, REMINDERS),
        Job("guards", services.guards.tick, REMINDERS),
        Job("mutes", services.mutes.tick, RETENTION),
        Job("departures", departures.tick, CARE),
        Job("lines", services.lines.refresh, CARE),
    ]


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
