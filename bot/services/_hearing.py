"""Who is heard, whose facilitators are meant, and which alert stands for what was said."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.alerts import Alert, AlertState, NewAlert, Source, one_of, wanted
from bot.domain.circles import Circle
from bot.domain.following import SAME_FOR, Following, kept, met, not_shown
from bot.domain.ids import MemberId
from bot.domain.listening.tiers import Tier, gravest
from bot.domain.members import Member, Scope, consented
from bot.services._following import told_of
from storage.transaction import Reading

STRANGERS = 1000  # people remembered

Home = tuple[Circle, Member, Alert | None]


class Strangers:
    """Which help was shown to people who have not joined; for SAME_FOR and in memory alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shown: dict[Account, Following] = {}

    def met(self, account: Account, tiers: Collection[Tier]) -> bool:
        """Keeps that help is shown; False where it was a while ago."""
        now = self._clock.now()
        before = kept(self._shown.pop(account, Following(member=MemberId(0))), now)
        self._shown[account], first = met(before, tiers, now)
        while len(self._shown) > STRANGERS:
            del self._shown[next(iter(self._shown))]
        return first

    def not_arrived(self, account: Account, tier: Tier) -> None:
        """It was not."""
        if account in self._shown:
            self._shown[account] = not_shown(self._shown[account], {tier})


async def active(tx: Reading, actor: Actor) -> list[Member]:
    """The actor's memberships."""
    return [each for each in await tx.members.of(actor.account) if each.active]


async def reminded(tx: Reading, member: MemberId) -> bool:
    """Whether there is anything that could rest."""
    reminder = await tx.reminders.of(member)
    if reminder is not None and not reminder.off:
        return True
    return any(each.reminded for each in await tx.commitments.of(member))


async def home(
    tx: Reading,
    actor: Actor,
    members: Sequence[Member],
    offered: Collection[Tier],
    channel: str | None,
    now: datetime,
) -> Home:
    """Whose facilitators are meant: where an alert for what was `offered` stands, else here, else nearby."""
    circles = [(await tx.circles.get(each.circle), each) for each in members]
    for circle, member in circles:
        alert = await _alert(tx, circle, member, offered, now) if offered else None
        if alert is not None:
            return circle, member, alert

    def near(each: tuple[Circle, Member]) -> tuple[bool, bool]:
        place = each[0].home
        return channel not in (place.channel, place.facilitators), place.server != actor.server

    circle, member = min(circles, key=near)
    return circle, member, None


async def stands(tx: Reading, member: MemberId, tier: Tier) -> Alert | None:
    """What became of an alert that was raised with words of theirs, for as long as it is open.

    It may be of another tier: a graver one takes up what comes after it, and so does one that they asked for.
    """
    return max(await _open(tx, member), key=lambda each: (each.tier is tier, each.last_at), default=None)


async def _alert(
    tx: Reading, circle: Circle, member: Member, tiers: Collection[Tier], now: datetime
) -> Alert | None:
    """What these words led to, or were added to; else the newest of just their tier that came lately."""
    held = await _open(tx, member.id)
    new = NewAlert(source=Source.MATCH, tier=told_of(tiers), member=member.id)
    agreed = new.tier is not Tier.NONE and consented(member, Scope.ALERTS)
    if agreed and wanted(new, circle.settings.alerts):
        return one_of(new, held, now)
    about = [each for each in held if each.tier is gravest(tiers) and now - each.last_at < SAME_FOR]
    return max(about, key=lambda each: each.last_at, default=None)


async def _open(tx: Reading, member: MemberId) -> list[Alert]:
    return [each for each in await tx.alerts.of(member) if each.state is not AlertState.CLOSED]
