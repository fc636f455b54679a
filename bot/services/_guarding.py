"""What follows where a message in a circle's channel met one of the guard's phrases: help, perhaps an alert.

Nothing of the message is known here. The phrase that was met is one of ours; the tier is taken from it, and
it is forgotten. Its author is helped by direct message where they said yes to those; where that cannot be,
the facilitators are told. Of danger from another nobody is told before its author was asked.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.accounts import Account, Actor
from bot.domain.alerts import AlertState, NewAlert, Source
from bot.domain.circles import Circle
from bot.domain.guard import Guard, tier_of
from bot.domain.ids import CircleId
from bot.domain.listening.tiers import GRAVEST, Tier
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Letter, Recipient
from bot.domain.prompts import Content
from bot.services._alerting import Raised, raised, told
from bot.services.access import membership
from bot.services.duty import anyone_on_duty
from storage.transaction import Reading, Transaction

KIND = "channel-help"  # of the letter to a message's author
SAME_FOR = timedelta(hours=6)  # within which a tier's help is not sent again
TOGETHER = timedelta(seconds=2)  # within which all that is told of one message has come
ASKED_FIRST = frozenset({Tier.DANGER_FROM_OTHER})  # nobody is told before their writer was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What the platform's filter tells; `message` is None where it was held back, `note` is its own note."""

    channel: str = field(repr=False)  # a thread's is the channel that it hangs under
    account: Account = field(repr=False)
    rule: str = field(repr=False)
    keyword: str | None = field(repr=False)
    message: str | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)
    link: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """What it belonged to."""

    circle: Circle
    copies: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpShown:
    """What is true when a member opens the help that was left for them."""

    circle: Circle
    raised: Raised | None  # None: nobody has been told


async def met(tx: Transaction, it: Met, content: Content, now: datetime) -> Heard | None:
    """Writes what follows; None where it is none of ours. Told twice of one message, it follows once."""
    circle = await tx.circles.at_channel(it.account.platform, it.channel)
    if circle is None or circle.home.channel != it.channel:
        return None
    guard = await tx.guards.get(circle.id)
    label = _label(guard, it.rule)
    if guard is None or label is None:
        return None
    tier = tier_of(content.guard, label, it.keyword)
    member = await tx.members.find(circle.id, it.account)
    reached = await _help(tx, circle, member, tier, now, held=it.message is None)
    await _tell(tx, circle, it, member, tier, now, reached=reached)
    return Heard(circle, guard.copies)


async def undelivered(tx: Transaction, letter: Letter, now: datetime) -> None:
    """The author's direct messages are closed: the facilitators are told that help did not arrive."""
    circle = await tx.circles.get(letter.circle)
    tier = next((each for each in GRAVEST if each in tiers_of(letter) - ASKED_FIRST), Tier.NONE)
    new = NewAlert(source=Source.UNDELIVERED, tier=tier, member=letter.member)
    await raised(tx, circle, new, now)


async def help_shown(tx: Reading, actor: Actor, circle_id: CircleId, now: datetime) -> HelpShown:
    """Whether anybody was told, and whether anybody reads."""
    member = await membership(tx, actor, circle_id)
    circle = await tx.circles.get(circle_id)
    held = [each for each in await tx.alerts.of(member.id) if each.state is not AlertState.CLOSED]
    if not held:
        return HelpShown(circle=circle, raised=None)
    newest = max(held, key=lambda each: each.last_at)
    seen = Raised(None, await anyone_on_duty(tx, circle, now), newest)
    return HelpShown(circle=circle, raised=await told(tx, seen))


def tiers_of(letter: Letter) -> frozenset[Tier]:
    """What a letter of help is for."""
    return frozenset(Tier(each) for each in str(letter.facts.get("tiers") or "").split(",") if each)


async def _help(
    tx: Transaction, circle: Circle, member: Member | None, tier: Tier, now: datetime, *, held: bool
) -> bool:
    """Whether a letter goes to the author, or went a while ago for this very tier."""
    if member is None or not consented(member, Scope.REMINDERS):
        return False
    tiers = {tier}
    for letter in reversed(await tx.outbox.of(member.id)):
        if letter.kind != KIND or letter.written_at <= now - SAME_FOR:
            continue
        if tier in tiers_of(letter):
            return True
        if now - letter.written_at <= TOGETHER and await tx.outbox.stop(letter.id):
            tiers |= tiers_of(letter)  # the same message met another rule: one letter for both
    facts: dict[str, str | int | bool | None] = {"tiers": ",".join(sorted(tiers)), "held": held}
    due = now + TOGETHER
    await tx.outbox.add(circle.id, Recipient.MEMBER, KIND, facts, now, member=member.id, due=due)
    return True


async def _tell(
    tx: Transaction,
    circle: Circle,
    it: Met,
    member: Member | None,
    tier: Tier,
    now: datetime,
    *,
    reached: bool,
) -> None:
    """By the circle's policy; a failed help is told first, so that what follows belongs to it."""

    async def tell(source: Source, of: Tier) -> None:
        about, account = (member.id, None) if member is not None else (None, it.account)
        new = NewAlert(source=source, tier=of, member=about, account=account, link=it.link)
        await raised(tx, circle, new, now)

    if not reached:
        await tell(Source.UNDELIVERED, Tier.NONE if tier in ASKED_FIRST else tier)
    if tier not in ASKED_FIRST:
        await tell(Source.CHANNEL, tier)


def _label(guard: Guard | None, rule: str) -> str | None:
    if guard is None or guard.ending:
        return None
    return next((label for label, id_ in guard.rules.items() if id_ == rule), None)
