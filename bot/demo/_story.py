"""The demo's story: a circle that is in its third week today, lived so far by the real bot on a fast clock.

What members and the facilitator do on their days they do at the sandbox, by the cards that are there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.app import Trellis
from bot.clock import SystemClock
from bot.demo._cast import Cast
from bot.demo._clock import DemoClock
from bot.demo._passing import Passing
from bot.demo._stage import ZONE, Stage, there
from bot.domain.schedules import due_at
from sandbox.snowflakes import made_at

DAYS = 16  # from the first day until today
BEGINNING = time(8, 30)  # of the first day, before the plan's first post
STEP = timedelta(days=1)  # how often a person sees how far it is
OFFERED, WAITING = (
    "I said what I needed at dinner, and my voice held.",
    "I said no to a phone call today, kindly, and nothing broke.",
)
CHECK_IN, REVIEW, ALERT = "check-in:weather:", "share:review:", "alert:take:"
Told = Callable[[int, int], None]  # days that have passed, of all


@dataclass(frozen=True, slots=True)
class Moment:
    """What somebody does, and when."""

    day: int
    at: time
    act: Callable[["Story"], Awaitable[None]]


class Story:
    """Played once in the demo's life, before anybody is at the page."""

    def __init__(self, trellis: Trellis, clock: DemoClock, stage: Stage, cast: Cast) -> None:
        self._clock = clock
        self._stage = stage
        self._cast = cast
        self._passing = Passing(trellis, clock, cast)

    async def play(self, told: Told) -> None:
        """Until now, once the circle stands; `told` is told of each day."""
        first = self._clock.now().astimezone(ZONE).date()
        await self._cast.ordered("circle settings", week_starts=f"{first:%a}".lower())
        await self._cast.lay_plan(first)
        await self._cast.ordered("duty", state="on")
        for moment in MOMENTS:
            await self._live(due_at(first + timedelta(days=moment.day), moment.at, ZONE), first, told)
            await moment.act(self)
            await self._passing.come_to(self._clock.now())
        await self._live(SystemClock().now(), first, told)
        told(DAYS, DAYS)
        if not self._is_asked_today():
            await self._cast.ordered("schedule post-now", kind="check-in")
            await self._cast.answer_all(hurried=True)
        self._cast.reload()

    async def ben_offers(self) -> None:
        """Words for the circle, which go up a little later."""
        await self._offers("Ben", OFFERED)

    async def mara_approves(self) -> None:
        """Reads them as the facilitators' channel invites to, and lets them up."""
        note = await self._cast.seen(self._stage.facilitators, REVIEW)
        read = await self._cast.facilitator.press(note, "Read and decide")
        await (await self._cast.facilitator.press(there(read.message), "Approve")).settled()

    async def dana_asks(self) -> None:
        """For a person, under the check-in."""
        post = await self._cast.seen(self._stage.home, CHECK_IN)
        await self._cast.member("Dana").press(post, "I'd like a person")

    async def mara_answers(self) -> None:
        """Takes the alert."""
        alert = await self._cast.seen(self._stage.facilitators, ALERT)
        await self._cast.facilitator.press(alert, "I have this")

    async def chidi_offers(self) -> None:
        """Words that wait for a facilitator when the demo opens."""
        await self._offers("Chidi", WAITING)

    async def _offers(self, name: str, words: str) -> None:
        person = self._cast.member(name)
        post = await self._cast.seen(self._stage.home, CHECK_IN)
        form = await person.press(post, "Share in the channel")
        await (await person.submit(form.modal, {"words": words})).settled()

    async def _live(self, to: datetime, first: date, told: Told) -> None:
        """Until an instant, in steps, so that a person sees how far it is."""
        while (now := self._clock.now()) < to:
            told((now.astimezone(ZONE).date() - first).days, DAYS)
            await self._passing.until(min(now + STEP, to))

    def _is_asked_today(self) -> bool:
        post = self._cast.newest(self._stage.home, CHECK_IN)
        today = self._clock.now().astimezone(ZONE).date()
        return post is not None and made_at(post.id).astimezone(ZONE).date() == today


def beginning() -> datetime:
    """When the first day began that makes today a day of the third week."""
    today = SystemClock().now().astimezone(ZONE).date()
    return due_at(today - timedelta(days=DAYS), BEGINNING, ZONE)


MOMENTS = (
    Moment(3, time(19, 20), Story.ben_offers),
    Moment(3, time(20, 5), Story.mara_approves),
    Moment(DAYS - 1, time(18, 40), Story.dana_asks),
    Moment(DAYS - 1, time(18, 43), Story.mara_answers),
    Moment(DAYS - 1, time(19, 30), Story.chidi_offers),
)
