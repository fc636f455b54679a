"""What follows from a match within a transaction: an alert where agreed to, rest, the next day's word."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.alerts import NewAlert, Source
from bot.domain.circles import Circle
from bot.domain.following import kept, met, next_day, not_shown
from bot.domain.ids import MemberId
from bot.domain.listening.tiers import Tier, gravest
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Letter
from bot.services._alerting import Raised, raised
from storage.transaction import Reading, Transaction

KIND = "next-day"  # of the letter
ASKED_FIRST = frozenset({Tier.NONE, Tier.DISTRESS, Tier.DANGER_FROM_OTHER})  # no alert without their press


async def alerted(
    tx: Transaction,
    circle: Circle,
    member: Member,
    tiers: Collection[Tier],
    now: datetime,
    *,
    source: Source = Source.MATCH,
) -> Raised | None:
    """Raises an alert for words that a member gave the circle: with their yes, by the circle's policy.

    None where they did not say yes, and where all of it is danger from another, of which they are asked
    first (sf-rule-02), or distress alone.
    """
    tier = told_of(tiers)
    if tier is Tier.NONE or not consented(member, Scope.ALERTS):
        return None
    return await raised(tx, circle, NewAlert(source=source, tier=tier, member=member.id), now)


def told_of(tiers: Collection[Tier]) -> Tier:
    """What facilitators may be told of without their press."""
    return gravest(frozenset(tiers) - ASKED_FIRST)


async def followed(
    tx: Transaction,
    circle: Circle,
    member: Member,
    members: Collection[Member],
    tiers: Collection[Tier],
    now: datetime,
) -> bool:
    """Keeps that help is shown, with all of a person's memberships; False where it was a while ago.

    Reminders rest from here on, practice with others too where there is danger from another, and a word comes
    next day from the circle where it was said.
    """
    settings, first = circle.settings, True
    follow_at = next_day(now, settings.zone, settings.prompt_time)
    for each in members:
        before = kept(await tx.followings.claimed(each.id), now)  # whoever hears of it at once waits here
        after, fresh = met(before, tiers, now, follow_at=follow_at if each.id == member.id else None)
        first = first and fresh
        if after != before or after.empty:
            await tx.followings.put(after)
    return first


async def not_arrived(tx: Transaction, member: MemberId, tiers: Collection[Tier], now: datetime) -> None:
    """Help that was on its way did not get through: it counts as shown in none of a person's memberships."""
    account = await tx.members.account(member)
    for each in await tx.members.of(account) if account is not None else ():
        if each.active:
            following = await tx.followings.of(each.id)
            await tx.followings.put(kept(not_shown(following, tiers), now))


async def rests(tx: Reading, member: MemberId, now: datetime) -> bool:
    """Whether nothing is to remind this member now."""
    return (await tx.followings.of(member)).rests(now)


async def still_needed(tx: Reading, letter: Letter, now: datetime) -> bool:
    """Whether the next day's word is wanted: they have neither gone on nor taken back that I may write.

    Nor does it come where they spoke of danger from another while it waited for their quiet hours to end.
    """
    member = await tx.members.get(letter.member) if letter.member is not None else None
    if member is None or not consented(member, Scope.REMINDERS):
        return False
    following = await tx.followings.of(member.id)
    return following.rests(now) and not following.practice_rests


async def switch_off(_tx: Transaction, _letter: Letter) -> None:
    """Nothing: it is one letter, and none comes after it."""
