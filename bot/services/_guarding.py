"""What follows where a message in a circle's channel met one of the guard's phrases: help, perhaps an alert.

Nothing of the message is known here. The phrase that was met is one of ours; the tier is taken from it, and
it is forgotten. Its author is helped by direct message where they said yes to those, and then the same
follows as from words given to the bot (`bot.services._following`); where they cannot be reached the
facilitators are told. Of danger from another nobody is told before its author was asked.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.accounts import Account
from bot.domain.alerts import AlertState, NewAlert, Source
from bot.domain.circles import Circle
from bot.domain.guard import Guard, tier_of
from bot.domain.listening.tiers import GRAVEST, HELPED_FIRST, Tier
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Letter, Recipient
from bot.domain.prompts import Content
from bot.services._alerting import Raised, raised
from bot.services._following import followed, not_arrived
from storage.transaction import Transaction

KIND = "channel-help"  # of the letter to a message's author
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


async def met(tx: Transaction, it: Met, content: Content, now: datetime) -> Heard | None:
    """Writes what follows; None where it is none of ours. Told twice of one message, it follows once."""
    circle = await tx.circles.at_channel(it.account.platform, it.channel)
    if circle is None or circle.home.channel != it.channel:
        return None
    guard = await tx.guards.get(circle.id)
    label = _label(guard, it.rule)
    if guard is None or label is None:
        return None
    if guard.ending:  # what the rule tells is wanted no more; its note holds words all the same
        return Heard(circle, guard.copies)
    tier = tier_of(content.guard, label, it.keyword)
    member = await tx.members.find(circle.id, it.account)
    await tx.members.hold(*(each.id for each in await tx.members.of(it.account)))
    reached = member is not None and consented(member, Scope.REMINDERS)
    alerted = await _tell(tx, circle, it, member, tier, now, reached=reached)
    if member is not None and reached:
        await _help(tx, circle, it, member, tier, now, alerted=alerted)
    return Heard(circle, guard.copies)


async def undelivered(tx: Transaction, letter: Letter, now: datetime) -> None:
    """The author's direct messages are closed: facilitators are told so, and none of it counts as shown."""
    circle = await tx.circles.get(letter.circle)
    tier = next((each for each in GRAVEST if each in tiers_of(letter) - ASKED_FIRST), Tier.NONE)
    new = NewAlert(source=Source.UNDELIVERED, tier=tier, member=letter.member)
    await raised(tx, circle, new, now)
    if letter.member is not None:
        await not_arrived(tx, letter.member, tiers_of(letter), now)


def tiers_of(letter: Letter) -> frozenset[Tier]:
    """What a letter of help is for."""
    return frozenset(Tier(each) for each in str(letter.facts.get("tiers") or "").split(",") if each)


def helped_with(letter: Letter) -> Tier:
    """What a letter of help speaks about."""
    tiers = tiers_of(letter)
    return next((each for each in HELPED_FIRST if each in tiers), Tier.SELF_HARM)


def alerted_with(letter: Letter) -> bool:
    """Whether an alert stood for the same message when it was written."""
    return bool(letter.facts.get("alerted"))


async def _help(
    tx: Transaction, circle: Circle, it: Met, member: Member, tier: Tier, now: datetime, *, alerted: bool
) -> None:
    """A letter to the author, unless this help was shown to them a while ago, here or elsewhere.

    What waits for them from the same message becomes one with it, and knows of an alert that either led to.
    """
    members = [each for each in await tx.members.of(it.account) if each.active]
    fresh = await followed(tx, circle, member, members, {tier}, now)
    waiting = [each for each in await tx.outbox.of(member.id) if _of_this_message(each, now)]
    if not fresh and (not alerted or all(map(alerted_with, waiting))):
        return
    taken = [each for each in waiting if await tx.outbox.stop(each.id)]  # one letter for all rules it met
    if not fresh and not taken:
        return
    tiers = frozenset({tier} if fresh else ()).union(*map(tiers_of, taken))
    facts: dict[str, str | int | bool | None] = {
        "tiers": ",".join(sorted(tiers)),
        "held": it.message is None,
        "alerted": alerted or any(map(alerted_with, taken)) or await _alerted_just_now(tx, member, now),
    }
    due = now + TOGETHER
    await tx.outbox.add(circle.id, Recipient.MEMBER, KIND, facts, now, member=member.id, due=due)


def _of_this_message(letter: Letter, now: datetime) -> bool:
    return letter.kind == KIND and now - letter.written_at <= TOGETHER


async def _alerted_just_now(tx: Transaction, member: Member, now: datetime) -> bool:
    """Whether words of the same message led to an alert, though help for those was shown a while ago."""
    return any(
        Source.CHANNEL in alert.sources
        and alert.state is not AlertState.CLOSED
        and now - alert.last_at <= TOGETHER
        for alert in await tx.alerts.of(member.id)
    )


async def _tell(
    tx: Transaction,
    circle: Circle,
    it: Met,
    member: Member | None,
    tier: Tier,
    now: datetime,
    *,
    reached: bool,
) -> bool:
    """By the circle's policy alone, as the channel's words are said to the circle; whether an alert stands.

    No yes is asked: the words of the consent say so (`cogs.members.joining`).
    A help that cannot be sent is told first, so that what follows belongs to it.
    """

    async def tell(source: Source, of: Tier) -> Raised:
        about, account = (member.id, None) if member is not None else (None, it.account)
        new = NewAlert(source=source, tier=of, member=about, account=account, link=it.link)
        return await raised(tx, circle, new, now)

    if not reached:
        await tell(Source.UNDELIVERED, Tier.NONE if tier in ASKED_FIRST else tier)
    return tier not in ASKED_FIRST and (await tell(Source.CHANNEL, tier)).standing is not None


def _label(guard: Guard | None, rule: str) -> str | None:
    if guard is None:
        return None
    return next((label for label, id_ in guard.rules.items() if id_ == rule), None)
