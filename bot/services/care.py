"""Once a day each circle is looked after: an ending plan is told of, a week is looked back on and counted.

Export and forgetting: what is written goes to facilitators, in counts and titles; no member is in it.
"""

from datetime import date, datetime, time, timedelta

from bot.clock import Clock
from bot.domain.audit import KEPT_FOR
from bot.domain.circles import Circle, local_date
from bot.domain.occurrences import Reason, State
from bot.domain.outbox import Recipient
from bot.domain.outlook import BY_THE_WEEK, Foreseen, Outlook
from bot.domain.plans import DAY, first_start
from bot.domain.prompts import Content
from bot.domain.schedules import due_at
from bot.services._outlook import outlook_of, standing
from bot.services.letters import undeliverable
from bot.services.summaries import freeze
from storage import Storage
from storage.transaction import Reading, Transaction

AHEAD = (7, 2)  # days before a plan ends on which the facilitators are told
WEEK = timedelta(days=7)
LOOK = timedelta(days=8)  # how far ahead is looked: a week, and the post that is then due
BATCH = 20  # circles in one transaction
DRAFTS = timedelta(days=1)  # how long an import waits for its yes

Facts = dict[str, str | int | bool | None]


def next_care(circle: Circle, now: datetime) -> datetime:
    """When the circle is looked after next: at its prompt time, on the morrow at the latest."""
    settings, day = circle.settings, local_date(circle, now)
    for _ in range(3):
        at = due_at(day, settings.prompt_time, settings.zone)
        if at > now:
            return at
        day += DAY
    return now + DAY


class Care:
    """Works by itself; nobody calls it."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def tick(self) -> None:
        """Looks after every circle whose time has come; for each minute."""
        more = True
        while more:
            now = self._clock.now()
            async with self._storage.read() as tx:
                more = bool(await tx.circles.care_due(now, 1))
            more = more and await self._some(now)

    async def retain(self) -> None:
        """Drops imports that nobody decided on, and the audit list's oldest."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.drafts.delete_before(now - DRAFTS)
            await tx.audit.delete_before(now - KEPT_FOR)
            await tx.commit()

    async def _some(self, now: datetime) -> bool:
        """Whether there were any that no other process has in hand."""
        async with self._storage.begin() as tx:
            due = await tx.circles.care_due(now, BATCH)
            for circle in due:
                await self._look_after(tx, circle, now)
                await tx.circles.care(circle.id, next_care(circle, now))
            await tx.commit()
        return bool(due)

    async def _look_after(self, tx: Transaction, circle: Circle, now: datetime) -> None:
        await freeze(tx, circle, now)
        today = local_date(circle, now)
        outlook = await outlook_of(tx, self._content, circle, today, today + LOOK)
        foreseen = outlook.foreseen(await standing(tx, circle), now + LOOK)
        await _warn(tx, outlook, foreseen, today, now)
        if circle.settings.digest and (today + DAY).isoweekday() == circle.settings.week_starts:
            facts = await _digest(tx, outlook, foreseen, today, now)
            await tx.outbox.add(circle.id, Recipient.FACILITATORS, "digest", facts, now)


async def _warn(
    tx: Transaction, outlook: Outlook, foreseen: list[Foreseen], today: date, now: datetime
) -> None:
    """Tells once of each mark that is reached; where several are at once, the nearest alone is said."""
    ends = _dry_on(outlook, foreseen, today)
    if ends is None:
        return
    days, told = (ends - today).days, False
    for mark in sorted(AHEAD):
        if days <= mark and await tx.plans.notice(outlook.circle.id, f"ends:{ends}:{mark}") and not told:
            facts: Facts = {"on": ends.isoformat(), "days": days, "last": _last_title(outlook)}
            await tx.outbox.add(outlook.circle.id, Recipient.FACILITATORS, "queue-ends", facts, now)
            told = True


def _dry_on(outlook: Outlook, foreseen: list[Foreseen], today: date) -> date | None:
    """The first date that has nothing planned although a theme, or a post that needs one, was there.

    Of a plan that is over they were told while it ran.
    """
    last = outlook.plan.last
    if last is not None:
        return last + DAY if last >= today else None
    return next(
        (
            one.due.date
            for one in foreseen
            if one.schedule.kind in BY_THE_WEEK and one.reason is Reason.NOTHING_PLANNED
        ),
        None,
    )


def _last_title(outlook: Outlook) -> str | None:
    held = [week for week in outlook.plan.weeks if not week.skipped]
    theme = outlook.library.theme(held[-1].theme) if held else None
    return theme.title if theme else None


async def _digest(
    tx: Reading, outlook: Outlook, foreseen: list[Foreseen], today: date, now: datetime
) -> Facts:
    circle = outlook.circle
    start = first_start(today + DAY, circle.settings.week_starts)
    lately = [one for one in await tx.occurrences.since(circle.id, now - WEEK) if one.due <= now]
    waiting = await tx.shares.waiting(circle.id)
    oldest = min((share.offered_at for share in waiting), default=None)
    stuck = [one for one in await tx.outbox.stuck(circle.id, now) if not undeliverable(one)]
    theme, last = outlook.day(start).theme, outlook.plan.last
    end = due_at(start + WEEK, time.min, circle.settings.zone)
    coming = [one for one in foreseen if now < one.due.at < end]
    return {
        "posted": sum(one.state is State.SENT for one in lately),
        "missed": sum(one.state is State.MISSED for one in lately),
        "held": sum(one.state is State.HELD for one in lately),
        "theme": theme.title if theme else None,
        "number": outlook.plan.number_of(start),
        "notes": outlook.library.spoken(theme.notes) if theme else None,
        "coming": "\n".join(_line(one) for one in coming),
        "holidays": "\n".join(f"{day} {name}" for day, name in outlook.holidays.items()),
        "waiting": len(waiting),
        "oldest": int(oldest.timestamp()) if oldest else None,
        "stuck": len(stuck),
        "until": last.isoformat() if last and last >= today else None,
        "circle": int(circle.id),
    }


def _line(one: Foreseen) -> str:
    """When, what kind, which text (or why there is none) and its title; parted by tabs."""
    said = one.prompt.id if one.prompt else f"({one.reason})"
    title = one.prompt.title if one.prompt else ""
    return f"{int(one.due.at.timestamp())}\t{one.schedule.kind}\t{said}\t{title}"
