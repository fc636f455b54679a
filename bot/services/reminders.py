"""A member is reminded of the day's check-in: if they asked for it, when they asked, and only unanswered.

Export: `of` and the letters. Forgetting: `remove` deletes the row; it goes with the member's key too.
"""

from dataclasses import dataclass, field, replace

import structlog

from bot.clock import Clock
from bot.domain import preferences, reminders
from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Recipient
from bot.domain.quiet import quiet_until
from bot.domain.reminders import LATEST, Reminder, Strength
from bot.domain.schedules import parse_time
from bot.domain.zones import zone as parse_zone
from bot.services._reminding import KIND, NEEDS, posts_around, situation
from bot.services.access import consenting, membership
from storage import Storage
from storage.transaction import Reading, Transaction

BATCH = 50  # reminders looked at in one transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderShown:
    """A member's reminder in one circle as it stands; None where there is none."""

    circle: Circle
    reminder: Reminder | None = field(repr=False)
    discreet: bool  # so it comes without a sound, whatever its strength
    in_quiet: bool = False  # it falls into quiet hours, so it does not come
    too_early: bool = False  # no day's post is there by then, so it does not come
    missing: Scope | None = None  # what the member does not say yes to now, so it does not come


class Reminders:
    """Everyone sets their own; facilitators neither see nor set any."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def of(self, actor: Actor, circle_id: CircleId) -> ReminderShown:
        """The actor's reminder in this circle. Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            member = await membership(tx, actor, circle_id)
            return await self._shown(tx, member, await tx.reminders.of(member.id))

    async def allowed(self, actor: Actor, circle_id: CircleId) -> ReminderShown:
        """The same, for who may set one. Raises NotAMember, ConsentNeeded, NoCircle."""
        async with self._storage.read() as tx:
            for scope in NEEDS:
                await consenting(tx, actor, circle_id, scope)
        return await self.of(actor, circle_id)

    async def set_(
        self,
        actor: Actor,
        circle_id: CircleId,
        *,
        at: str | None = None,
        zone: str | None = None,
        strength: Strength | None = None,
    ) -> ReminderShown:
        """Sets it, as typed; what is None stays, or is the circle's zone and the quietest strength.

        Raises NotAMember, ConsentNeeded, BadTime (also where no time is known yet), UnknownZone, NoCircle.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            for scope in NEEDS:
                member = await consenting(tx, actor, circle_id, scope)
            before = await tx.reminders.of(member.id)
            if before is None:
                circle = await tx.circles.get(circle_id)
                before = Reminder(member=member.id, at=parse_time(at or ""), zone=circle.settings.zone)
            wanted = replace(
                before,
                at=before.at if at is None else parse_time(at),
                zone=before.zone if zone is None else parse_zone(zone),
                strength=strength or before.strength,
            )
            made = reminders.begun(wanted, now)
            await tx.reminders.put(made)
            await tx.preferences.spoken_to(member.id, actor.language)
            shown = await self._shown(tx, member, made)
            await tx.commit()
        return shown

    async def remove(self, actor: Actor, circle_id: CircleId) -> bool:
        """Ends it, for a member who is leaving too; False where there was none. Never refused."""
        async with self._storage.begin() as tx:
            member = await tx.members.find(circle_id, actor.account)
            removed = member is not None and await tx.reminders.remove(member.id)
            await tx.commit()
        return removed

    async def tick(self) -> None:
        """Looks at every reminder whose time has come."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            first = await tx.reminders.next_at()
        if first is None or first > now:
            return
        while await self._some():
            pass

    async def _some(self) -> int:
        """How many were looked at; the letter and the next look are written together, so once is once."""
        now, done = self._clock.now(), 0
        async with self._storage.begin() as tx:
            for reminder in await tx.reminders.due(now, BATCH):
                try:
                    await self._look(tx, reminder)
                except Exception as error:  # noqa: BLE001 - one reminder's fault must not silence all others
                    log.warning("reminder failed", error=type(error).__name__)
                else:
                    done += 1
            await tx.commit()
        return done

    async def _look(self, tx: Transaction, reminder: Reminder) -> None:
        now, day = self._clock.now(), None
        member = await tx.members.get(reminder.member)
        if member is not None and reminder.next_at is not None:
            seen = await situation(tx, member, now)
            if seen.post is not None and reminders.needed(reminder, seen, now):
                day = seen.post.date
                facts = {
                    "occurrence": int(seen.post.id),
                    "silent": reminder.strength is Strength.QUIET,
                    "until": int((reminder.next_at + LATEST).timestamp()),
                }
                await tx.outbox.add(member.circle, Recipient.MEMBER, KIND, facts, now, member=member.id)
        await tx.reminders.put(reminders.looked_at(reminder, now, day))

    async def _shown(self, tx: Reading, member: Member, reminder: Reminder | None) -> ReminderShown:
        circle = await tx.circles.get(member.circle)
        wishes = await tx.preferences.of(member.id)
        shown = ReminderShown(
            circle=circle, reminder=reminder, discreet=preferences.discreet(wishes, circle.settings)
        )
        if reminder is None or reminder.next_at is None:
            return shown
        now, zone = self._clock.now(), circle.settings.zone
        quiet = quiet_until(preferences.quiet(wishes, circle.settings), zone, reminder.next_at)
        posts = await posts_around(tx, circle, now)
        early = not reminders.reaches(reminder, posts, zone, now)
        missing = next((scope for scope in NEEDS if not consented(member, scope)), None)
        return replace(shown, in_quiet=quiet is not None, too_early=early, missing=missing)
