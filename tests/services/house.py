"""All services of one Trellis over one database file, and people who act."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.accounts import Account, Actor, Platform
from bot.domain.check_ins import Answer, Weather
from bot.domain.circles import Circle, Home
from bot.domain.ids import CircleId, OccurrenceId
from bot.domain.limits import Costly
from bot.domain.members import Scope
from bot.domain.occurrences import Occurrence
from bot.domain.shares import Draft, Share
from bot.services.alerts import Alerts
from bot.services.care import Care
from bot.services.check_ins import CheckIns
from bot.services.circles import Circles
from bot.services.closings import Closings
from bot.services.commitments import Commitments
from bot.services.covers import Covers
from bot.services.dispatch import Dispatch
from bot.services.duty import Duty
from bot.services.grounding import Grounding
from bot.services.guards import Guards
from bot.services.history import Histories
from bot.services.keep_apart import KeepApart
from bot.services.ladder import Ladder
from bot.services.letters import Letters
from bot.services.limits import Limits
from bot.services.lines import Lines
from bot.services.listening import Listening
from bot.services.looking_back import LookingBack
from bot.services.marked import Marked
from bot.services.meetings import Meetings
from bot.services.members import Members
from bot.services.mutes import Mutes
from bot.services.nudges import Nudges
from bot.services.own_exercises import OwnExercises
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
from bot.services.safety_maps import SafetyMaps
from bot.services.schedules import Schedules
from bot.services.screening import Screening
from bot.services.shares import Shares
from bot.services.summaries import Summaries
from bot.services.themes import Themes
from bot.settings import new_key
from storage import Storage
from tests.clocks import SteppedClock
from tests.pack import CONTENT
from tests.services.recorder import Recorder

KEY = new_key()
INSTEAD: dict[Path, str] = {}  # addresses that stand for a file, where the tests are to run on PostgreSQL
SERVER, ROLE = "900", "77"
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # a Monday, 08:00 in Berlin
RAIN = Answer(weather=(Weather.RAIN,))
YES = frozenset({Scope.CHECK_INS})


def person(id_: str, *roles: str, server: str | None = SERVER, manages: bool = False) -> Actor:
    """Somebody who acts."""
    account = Account(Platform.DISCORD, id_)
    return Actor(account=account, server=server, roles=frozenset(roles), manages_server=manages)


MARA = person("1", ROLE, manages=True)  # a facilitator
ADA, BEN = person("2"), person("3")


class Boundless(Limits):
    """Time stands still in these tests; what may be had in how much of it is held in test_limits.py."""

    def take(self, actor: Actor, what: Costly) -> None:
        """Counts nothing."""


@dataclass
class House:
    """One run of Trellis."""

    storage: Storage
    clock: SteppedClock
    face: Recorder
    limits: Limits = field(init=False)
    circles: Circles = field(init=False)
    closings: Closings = field(init=False)
    members: Members = field(init=False)
    check_ins: CheckIns = field(init=False)
    commitments: Commitments = field(init=False)
    nudges: Nudges = field(init=False)
    ladder: Ladder = field(init=False)
    partners: Partners = field(init=False)
    pairs: Pairs = field(init=False)
    keep_apart: KeepApart = field(init=False)
    paces: Paces = field(init=False)
    covers: Covers = field(init=False)
    guards: Guards = field(init=False)
    looking_back: LookingBack = field(init=False)
    schedules: Schedules = field(init=False)
    plans: Plans = field(init=False)
    themes: Themes = field(init=False)
    plan_files: PlanFiles = field(init=False)
    care: Care = field(init=False)
    meetings: Meetings = field(init=False)
    shares: Shares = field(init=False)
    reviewing: Reviewing = field(init=False)
    preferences: Preferences = field(init=False)
    mutes: Mutes = field(init=False)
    retention: Retention = field(init=False)
    privacy: Privacy = field(init=False)
    reminders: Reminders = field(init=False)
    histories: Histories = field(init=False)
    summaries: Summaries = field(init=False)
    marked: Marked = field(init=False)
    people: People = field(init=False)
    safety_maps: SafetyMaps = field(init=False)
    screening: Screening = field(init=False)
    listening: Listening = field(init=False)
    grounding: Grounding = field(init=False)
    own_exercises: OwnExercises = field(init=False)
    lines: Lines = field(init=False)
    alerts: Alerts = field(init=False)
    duty: Duty = field(init=False)
    dispatch: Dispatch = field(init=False)
    letters: Letters = field(init=False)

    def __post_init__(self) -> None:
        self.dispatch = Dispatch(self.storage, self.clock, CONTENT, self.face)
        self.letters = Letters(self.storage, self.clock, self.face)
        self.circles = Circles(self.storage, self.clock, CONTENT)
        self.members = Members(self.storage, self.clock)
        self.commitments = Commitments(self.storage, self.clock)
        self.nudges = Nudges(self.storage, self.clock)
        self.ladder = Ladder(self.storage, self.clock, CONTENT)
        self.partners = Partners(self.storage, self.clock)
        self.limits = Boundless(self.clock)
        self.pairs = Pairs(self.storage, self.clock, self.face)
        self.keep_apart = KeepApart(self.storage, self.clock)
        self.paces = Paces(self.storage, self.clock, self.face)
        self.covers = Covers(self.storage, self.clock)
        self.guards = Guards(self.storage, self.clock, CONTENT, self.face)
        self.looking_back = LookingBack(self.storage, self.clock)
        self.check_ins = CheckIns(self.storage, self.clock, CONTENT)
        self.schedules = Schedules(self.storage, self.clock, CONTENT, self.dispatch)
        self.plans = Plans(self.storage, self.clock, CONTENT)
        self.themes = Themes(self.storage, self.clock, CONTENT)
        self.plan_files = PlanFiles(self.storage, self.clock, CONTENT, self.limits)
        self.care = Care(self.storage, self.clock, CONTENT)
        self.meetings = Meetings(self.storage, self.clock, self.face)
        self.screening = Screening(self.storage, self.clock, CONTENT, self.face)
        self.listening = Listening(self.storage, self.clock, self.screening)
        self.shares = Shares(self.storage, self.clock, CONTENT, self.screening, self.limits)
        self.reviewing = Reviewing(self.storage, self.clock, CONTENT)
        self.preferences = Preferences(self.storage, self.clock)
        self.mutes = Mutes(self.storage, self.clock, self.face)
        self.reminders = Reminders(self.storage, self.clock)
        self.privacy = Privacy(self.storage, self.clock, CONTENT, self.limits)
        self.closings = Closings(
            *(self.storage, self.clock, CONTENT, self.face), self.guards, self.plan_files, self.limits
        )
        self.retention = Retention(self.storage, self.clock)
        self.histories = Histories(self.storage, self.clock, CONTENT, self.limits)
        self.summaries = Summaries(self.storage, self.clock, self.limits)
        self.marked = Marked(self.storage, self.clock)
        self.people = People(self.storage, self.clock)
        self.safety_maps = SafetyMaps(self.storage, self.clock)
        self.grounding = Grounding(self.storage, self.clock, CONTENT, self.face)
        self.own_exercises = OwnExercises(self.storage, self.clock, CONTENT)
        self.lines = Lines(self.storage, self.clock, CONTENT)
        self.alerts = Alerts(self.storage, self.clock, self.letters.tick)
        self.duty = Duty(self.storage, self.clock, self.face)

    @classmethod
    async def open(cls, file: Path, clock: SteppedClock, face: Recorder) -> "House":
        """Trellis on a database file, new or not."""
        address = INSTEAD.get(file, f"sqlite+aiosqlite:///{file}")
        return cls(await Storage.open(address, [KEY]), clock, face)

    async def circle(self, channel: str = "10", *, zone: str = "Europe/Berlin", role: str = ROLE) -> Circle:
        """A circle, with its daily check-in at 09:00."""
        home = Home(
            platform=Platform.DISCORD, server=SERVER, channel=channel, facilitators=f"{channel}0", role=role
        )
        return await self.circles.setup(MARA, home, name=f"Circle {channel}", zone=zone)

    async def tick(self) -> None:
        """What the scheduler does each second, to its end."""
        await self.dispatch.tick()
        await self.dispatch.drain()
        await self.meetings.tick()
        await self.alerts.tick()
        await self.duty.tick()
        await self.letters.tick()
        await self.letters.drain()

    async def step(self, **by: float) -> None:
        """Lets time pass, then ticks."""
        self.clock.step(timedelta(**by))
        await self.tick()

    async def at(self, *moment: int) -> None:
        """Goes to a moment (UTC), then ticks."""
        self.clock.set(datetime(*moment, tzinfo=UTC))  # type: ignore[misc, arg-type]
        await self.tick()

    async def occurrences(self, circle: CircleId) -> list[Occurrence]:
        """All of a circle's, in the order they were due."""
        async with self.storage.read() as tx:
            return await tx.occurrences.since(circle, START - timedelta(days=5000))

    async def offer(
        self, actor: Actor, occurrence: OccurrenceId | None, circle: CircleId, words: str, **frame: Any
    ) -> Share:
        """Words that wait for a facilitator."""
        draft = Draft(text=words, **frame)
        return (await self.shares.offer(actor, occurrence, circle, draft)).share

    async def posted(self, circle: Circle) -> Occurrence:
        """The first check-in of a fresh circle, an hour from START."""
        await self.step(hours=1)
        return (await self.occurrences(circle.id))[-1]
