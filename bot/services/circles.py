"""Circles are set up, looked after and shown; only their facilitators change them.

Export and forgetting: nothing here is about a member. A circle's names and places stand sealed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed, Entry
from bot.domain.circles import Circle, Home, Settings, check_open, local_date, paused, paused_at, resumed
from bot.domain.duty import Duty
from bot.domain.errors import (
    BadDate,
    BadName,
    CircleExists,
    EveryoneIsFacilitator,
    ManyCircles,
    NoCircle,
    NotServerManager,
    SameChannel,
)
from bot.domain.ids import CircleId
from bot.domain.occurrences import Occurrence
from bot.domain.outbox import Letter
from bot.domain.promises import PromiseLog, promise_log
from bot.domain.prompts import Content
from bot.domain.regions import region as parse_region
from bot.domain.schedules import DAILY, Due, Kind, Schedule, coming, due_at, next_due, parse_date
from bot.domain.zones import zone as parse_zone
from bot.services._audit import noted
from bot.services._outlook import standing
from bot.services.access import facilitated, facilitates
from bot.services.care import next_care
from bot.services.circle_settings import Typed, changed, check_holidays, check_quiet, move_daily
from bot.services.duty import now_on_duty
from bot.services.letters import undeliverable, waits_on_purpose
from storage import Storage
from storage.transaction import Reading

MAX_NAME = 80  # characters, so that it fits into every title
LOG_SPAN = timedelta(days=30)
STUCK_AFTER = timedelta(minutes=1)  # a letter on its way for longer is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleStatus:
    """How a circle stands, for its facilitators. Nothing in it is about any one member."""

    circle: Circle
    paused: bool
    members: int
    nexts: tuple[tuple[Schedule, Due | None], ...]  # each schedule's next post that is not skipped
    lasts: tuple[Occurrence, ...]  # the last sent of each kind
    waiting_shares: int
    waiting_since: datetime | None  # the oldest waiting share
    stuck: tuple[Letter, ...]
    on_duty: tuple[Duty, ...]
    duty_used: bool  # somebody was ever on duty
    alerts: int  # that are not closed
    promises: PromiseLog  # of LOG_SPAN


class Circles:
    """Who may: setting up needs Manage Server; everything else the circle's facilitator role."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def setup(
        self, actor: Actor, home: Home, *, name: str | None, zone: str, region: str | None = None
    ) -> Circle:
        """Makes a circle with its daily check-in at the prompt time.

        Raises NotServerManager, EveryoneIsFacilitator, SameChannel, CircleExists (also where a channel has
        another part in another circle: what is private there would be read here), UnknownZone, UnknownRegion,
        BadName.
        """
        _check_setup(actor, home)
        settings = Settings(
            zone=parse_zone(zone),
            region=parse_region(region, self._content.regions) if region is not None else None,
            language=actor.language,
        )
        called = _checked_name(name if name is not None else "Circle")
        now = self._clock.now()
        due = next_due(DAILY, settings.prompt_time, settings.zone, after=now)
        async with self._storage.begin() as tx:
            for other in await tx.circles.of_server(home.platform, home.server):
                if home.channel in (other.home.channel, other.home.facilitators):
                    raise CircleExists
                if home.facilitators == other.home.channel:
                    raise CircleExists
            circle = await tx.circles.add(home, called, settings, now)
            await tx.schedules.add(circle.id, Kind.CHECK_IN, settings.prompt_time, DAILY, now, due)
            await tx.circles.care(circle.id, next_care(circle, now))
            await noted(tx, actor, circle.id, Deed.CIRCLE_MADE, now)
            await tx.commit()
        return circle

    async def welcomed(self, circle_id: CircleId, message: str) -> Circle:
        """Notes which message is the welcome card. Raises NoCircle."""
        async with self._storage.begin() as tx:
            circle = replace(await tx.circles.get(circle_id), welcome=message)
            await tx.circles.put(circle)
            await tx.commit()
        return circle

    async def status(self, actor: Actor, circle_id: CircleId) -> CircleStatus:
        """How the circle stands, all of one moment. Raises NoCircle, NotFacilitator."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            waiting = await tx.shares.waiting(circle_id)
            latest = [await tx.occurrences.latest(circle_id, kind) for kind in Kind]
            stuck = await tx.outbox.stuck(circle_id, now - STUCK_AFTER)
            return CircleStatus(
                circle=circle,
                paused=paused_at(circle, now),
                members=await tx.members.count(circle_id),
                nexts=await _nexts(tx, circle),
                lasts=tuple(last for last in latest if last is not None),
                waiting_shares=len(waiting),
                waiting_since=min((share.offered_at for share in waiting), default=None),
                stuck=tuple(
                    each for each in stuck if not undeliverable(each) and not waits_on_purpose(each, now)
                ),
                on_duty=tuple(await now_on_duty(tx, circle_id, now)),
                duty_used=await tx.duty.watch(circle_id) is not None,
                alerts=await tx.alerts.count_open(circle_id),
                promises=await _promises(tx, circle_id, now),
            )

    async def promises(self, circle_id: CircleId) -> PromiseLog:
        """How the circle's posts went in LOG_SPAN; for anyone: it is about Trellis alone. Raises NoCircle."""
        async with self._storage.read() as tx:
            await tx.circles.get(circle_id)
            return await _promises(tx, circle_id, self._clock.now())

    async def settings(self, actor: Actor, circle_id: CircleId, typed: Typed) -> Circle:
        """Changes what is named, as it was typed; with nothing named, shows. The circle as it then is.

        Equal quiet times mean none. Raises NoCircle, NotFacilitator, BadTime, BadDays, UnknownRegion,
        NoHolidays, TooLongForALine, and QuietTime where posts would come within the quiet hours.
        """
        today = self._clock.now().date()

        def change(circle: Circle) -> Circle:
            settings = changed(circle.settings, typed, self._content)
            if settings != circle.settings:
                check_holidays(settings, today)
            return replace(circle, settings=settings)

        return await self._change(actor, circle_id, change, Deed.SETTINGS_CHANGED, ", ".join(typed.named))

    async def audit(self, actor: Actor, circle_id: CircleId) -> list[Entry]:
        """What facilitators did, the newest first. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            await facilitated(tx, actor, circle_id)
            return await tx.audit.latest(circle_id)

    async def pause(self, actor: Actor, circle_id: CircleId, until: str | None = None) -> Circle:
        """Lets the circle rest, until the beginning of a local date (YYYY-MM-DD) or until it is resumed.

        Raises NoCircle, NotFacilitator, CircleClosing, BadDate (also for today and days gone by).
        """
        now = self._clock.now()
        day = None if until is None else parse_date(until)

        def resting(circle: Circle) -> Circle:
            check_open(circle)
            if day is None or until is None:
                return paused(circle, since=now)
            if day <= local_date(circle, now):
                raise BadDate(until)
            return paused(circle, since=now, until=due_at(day, time.min, circle.settings.zone))

        about = f"until {until}" if until else ""
        return await self._change(actor, circle_id, resting, Deed.CIRCLE_PAUSED, about)

    async def resume(self, actor: Actor, circle_id: CircleId) -> Circle:
        """Ends the rest, if there is one. Raises NoCircle, NotFacilitator, CircleClosing (see `Closings`)."""

        def awake(circle: Circle) -> Circle:
            check_open(circle)
            return resumed(circle)

        return await self._change(actor, circle_id, awake, Deed.CIRCLE_RESUMED)

    async def as_facilitator(self, actor: Actor, circle_id: CircleId) -> Circle:
        """The circle, for one of its facilitators. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            return await facilitated(tx, actor, circle_id)

    async def of_server(self, actor: Actor) -> list[Circle]:
        """The circles of the server that the actor is in, oldest first; in a direct message none."""
        if actor.server is None:
            return []
        async with self._storage.read() as tx:
            return await tx.circles.of_server(actor.account.platform, actor.server)

    async def here(self, actor: Actor, channel: str) -> Circle:
        """The circle of this channel; else the only one possible: of the server, or that the actor is in.

        In a direct message those count that the actor has joined. Raises NoCircle, ManyCircles.
        """
        async with self._storage.read() as tx:
            joined = {member.circle for member in await tx.members.of(actor.account)}
            if actor.server is None:
                return _only([await tx.circles.get(id_) for id_ in sorted(joined)])
            held = await tx.circles.at_channel(actor.account.platform, channel)
            if held is not None and held.home.server == actor.server:
                return held
            circles = await tx.circles.of_server(actor.account.platform, actor.server)
            own = [circle for circle in circles if circle.id in joined or facilitates(actor, circle)]
            return own[0] if len(own) == 1 else _only(circles)

    async def _change(
        self,
        actor: Actor,
        circle_id: CircleId,
        change: Callable[[Circle], Circle],
        deed: Deed,
        about: str = "",
    ) -> Circle:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            before = await facilitated(tx, actor, circle_id)
            circle = change(before)
            if circle != before:
                await tx.circles.put(circle)
                old, new = before.settings, circle.settings
                if new.prompt_time != old.prompt_time:
                    await move_daily(tx, circle, old.prompt_time, now)
                if (new.prompt_time, new.quiet) != (old.prompt_time, old.quiet):
                    await check_quiet(tx, circle)
                await noted(tx, actor, circle_id, deed, now, about)
                await tx.commit()
        return circle


def _check_setup(actor: Actor, home: Home) -> None:
    if not actor.manages_server or actor.server != home.server or actor.account.platform is not home.platform:
        raise NotServerManager
    if home.role == home.server:  # on Discord the role of everyone has the server's own id
        raise EveryoneIsFacilitator
    if home.channel == home.facilitators:
        raise SameChannel


def _checked_name(name: str) -> str:
    called = " ".join(name.split())
    if not called or len(called) > MAX_NAME:
        raise BadName(name, MAX_NAME)
    return called


def _only(circles: list[Circle]) -> Circle:
    if not circles:
        raise NoCircle
    if len(circles) > 1:
        raise ManyCircles([circle.name for circle in circles])
    return circles[0]


async def _nexts(tx: Reading, circle: Circle) -> tuple[tuple[Schedule, Due | None], ...]:
    zone = circle.settings.zone
    return tuple((each, next(coming(each, zone, skips), None)) for each, skips in await standing(tx, circle))


async def _promises(tx: Reading, circle_id: CircleId, now: datetime) -> PromiseLog:
    since = now - LOG_SPAN
    return promise_log(await tx.occurrences.since(circle_id, since), since=since, until=now)
