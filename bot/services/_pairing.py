"""Draws pairs, and brings a thread to where its pair is; nothing awaits the platform in a transaction."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.circles import Circle, paused_at
from bot.domain.errors import ChannelGone, DeliveryError, NotPermitted, Rejected
from bot.domain.ids import CircleId, MemberId, PairId
from bot.domain.members import Scope, consented
from bot.domain.outbox import Recipient
from bot.domain.pairs import KEPT_FOR, Pair, Wish, drawn, ended, next_close, next_drawing, timed
from bot.services.messenger import Messenger, PairShown
from storage import Storage
from storage.transaction import Reading, Transaction

LEASE = timedelta(minutes=1)  # within which a thread is brought up, or it is tried again
AT_ONCE = 20  # pairs a tick
LEFT_OVER, FAILED = "pair-left-over", "pair-failed"  # letters to members
EAR, NOT_OPENED = "pair-ear", "pair-not-opened"  # to facilitators
HOPELESS = (ChannelGone, NotPermitted, Rejected)

log = structlog.get_logger(__name__)


async def shown(tx: Reading, pair: Pair) -> PairShown:
    """As it stands."""
    accounts = {place: await tx.members.account(member) for place, member in pair.people.items()}
    return PairShown(circle=await tx.circles.get(pair.circle), pair=pair, accounts=accounts)


async def draw(tx: Transaction, now: datetime) -> None:
    """Makes pairs of those whose drawing has come; who is left over goes first at the next one."""
    by_circle: dict[CircleId, list[Wish]] = defaultdict(list)
    for circle_id, wish in await tx.pairs.wishes_due(now):
        by_circle[circle_id].append(wish)
    for circle_id, wishes in by_circle.items():
        await _draw_circle(tx, await tx.circles.get(circle_id), wishes, now)
    if by_circle:
        await tx.pairs.delete_before(now - KEPT_FOR)


async def taken(tx: Transaction, now: datetime) -> list[PairShown]:
    """The pairs in which something is to be done, each leased to this process for a while."""
    found = []
    for pair in await tx.pairs.due(now, AT_ONCE):
        leased = replace(timed(pair, now), next_at=now + LEASE)
        await tx.pairs.put(leased)
        await tx.pairs.take(pair.id)
        found.append(await shown(tx, leased))
    return found


async def bring_up(storage: Storage, messenger: Messenger, it: PairShown, clock: Clock) -> None:
    """Opens, changes or closes the thread; what fails is tried again after the lease, or told."""
    pair = it.pair
    try:
        if pair.thread is None and not pair.over:
            thread, message = await messenger.open_pair(it)
            pair = replace(pair, thread=thread, message=message)
        elif pair.thread is not None:
            await (messenger.close_pair(it) if pair.over else messenger.show_pair(it))
    except HOPELESS as error:
        log.warning("a pair's thread could not be brought up", error=type(error).__name__)
        async with storage.begin() as tx:
            await _give_up(tx, pair.id, clock.now())
            await tx.commit()
        return
    except DeliveryError as error:
        log.info("a pair's thread waits", error=type(error).__name__)
        return
    async with storage.begin() as tx:
        await _settle(tx, it.pair, pair, clock.now())
        await tx.commit()


async def _draw_circle(tx: Transaction, circle: Circle, wishes: list[Wish], now: datetime) -> None:
    there = [wish for wish in wishes if await _may(tx, wish.member)]
    for wish in wishes:
        await tx.pairs.remove_wish(wish.member)
    if paused_at(circle, now):
        two: list[tuple[Wish, Wish]] = []
    else:
        accounts = {wish.member: await tx.members.account(wish.member) for wish in there}
        apart = await tx.pairs.apart_among(circle.id, accounts)
        apart |= await tx.held_apart.among(circle.id, accounts)
        two = drawn(there, apart, await _before(tx, there))
    for one, other in two:
        await tx.pairs.add(
            Pair(
                id=PairId(0),
                circle=circle.id,
                people={0: one.member, 1: other.member},
                made_at=now,
                closes_at=next_close(circle.settings.zone, now),
                ear=one.ear or other.ear,
                next_at=now,
            )
        )
    paired = {wish.member for pair in two for wish in pair}
    for wish in there:
        if wish.member not in paired:
            again = replace(wish, waited=wish.waited + 1)
            await tx.pairs.put_wish(again, next_drawing(circle.settings.zone, now))
            await _tell(tx, circle.id, wish.member, LEFT_OVER, now)


async def _before(tx: Reading, wishes: list[Wish]) -> dict[MemberId, MemberId]:
    """With whom each was the last time."""
    last = {}
    for wish in wishes:
        mine = await tx.pairs.of(wish.member)
        others = [each for each in mine[-1].people.values() if each != wish.member] if mine else []
        if others:
            last[wish.member] = others[0]
    return last


async def _settle(tx: Transaction, was: Pair, now_is: Pair, now: datetime) -> None:
    """Writes down what stands in the thread; where the pair went on meanwhile, it is looked at again."""
    stands = await tx.pairs.get(was.id)
    same = (stands.step, stands.speaker, stands.until, stands.ready) == (
        was.step,
        was.speaker,
        was.until,
        was.ready,
    )
    later = None if stands.over else (stands.until or stands.closes_at)
    changed = replace(stands, thread=now_is.thread, message=now_is.message, next_at=later if same else now)
    await tx.pairs.put(changed)
    await tx.pairs.let_go(was.id)
    if was.thread is None and now_is.thread is not None and stands.ear:
        facts: dict[str, str | int | bool | None] = {"pair": int(stands.id), "thread": now_is.thread}
        await tx.outbox.add(stands.circle, Recipient.FACILITATORS, EAR, facts, now)


async def _give_up(tx: Transaction, id_: PairId, now: datetime) -> None:
    """Both are told truthfully that it did not come about."""
    pair = await tx.pairs.get(id_)
    if pair.thread is None:
        for member in pair.people.values():
            await _tell(tx, pair.circle, member, FAILED, now)
        await tx.outbox.add(pair.circle, Recipient.FACILITATORS, NOT_OPENED, {}, now)
    await tx.pairs.put(replace(ended(pair, now), next_at=None))
    await tx.pairs.let_go(id_)


async def _tell(tx: Transaction, circle: CircleId, id_: MemberId, kind: str, now: datetime) -> None:
    member = await tx.members.get(id_)
    if member is not None and consented(member, Scope.REMINDERS):
        await tx.outbox.add(circle, Recipient.MEMBER, kind, {}, now, member=id_)


async def _may(tx: Reading, id_: MemberId) -> bool:
    member = await tx.members.get(id_)
    return member is not None and member.active and consented(member, Scope.STREAKS)
