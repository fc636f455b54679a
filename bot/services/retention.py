"""What is over is deleted by itself: by the days that hold for everyone, or fewer where a member chose so.

Notes, the rest of a check-in, numbers of exercises, words that were not posted, letters that arrived or were
given up, looks, closed alerts, pairs that are over. Each member has a turn a day, in the hour that their id
falls on, in a unit of work of their own; after a start all have one.
Export: what is deleted is in no export. Forgetting: nothing of its own.
"""

import asyncio
import time
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain import alerts, pairs, preferences
from bot.domain.audit import KEPT_FOR
from bot.domain.duty import CALLABLE_FOR
from bot.domain.ids import MemberId, ShareId
from bot.domain.outbox import NEVER, Letter
from bot.domain.own_exercises import without_older
from bot.domain.shares import Review, Share
from storage import Storage
from storage.transaction import Reading, Transaction

HOURS = 24
PAUSE = timedelta(milliseconds=5)  # between two members: after a start all have a turn, and presses go before
AT_ONCE = timedelta(seconds=3)  # then the next minute goes on: a stop waits for what is in hand
UNPOSTED = frozenset({Review.DECLINED, Review.WITHDRAWN})
UNOWNED = timedelta(days=90)  # letters to facilitators that arrived and are about nobody


class Retention:
    """Works by itself; nobody calls it."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._until: int | None = None  # the hour up to which members had their turn, or wait for it
        self._waiting: dict[MemberId, None] = {}  # whose hour has come, in order

    async def tick(self) -> None:
        """Deletes what is over for some of those whose hour has come; for each minute."""
        await self._take_up()
        ends = time.monotonic() + AT_ONCE.total_seconds()
        for member in list(self._waiting):
            del self._waiting[member]
            await self.keep(member)
            await asyncio.sleep(PAUSE.total_seconds())
            if time.monotonic() > ends:
                return

    async def _take_up(self) -> None:
        hour = int(self._clock.now().timestamp() // 3600)
        first = hour - HOURS + 1 if self._until is None else max(self._until + 1, hour - HOURS + 1)
        parts = {each % HOURS for each in range(first, hour + 1)}
        if not parts:
            return
        async with self._storage.read() as tx:
            found = await tx.members.in_parts(parts, HOURS)
        await self._unowned()
        self._waiting |= dict.fromkeys(found)
        self._until = hour

    async def keep(self, member: MemberId) -> None:
        """Deletes what is over of one member's; nothing is written where there is nothing."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            if not await _is_due(tx, member, now):
                return
        async with self._storage.begin() as tx:
            if await tx.members.get(member) is None:
                return  # deleted meanwhile
            await _delete_over(tx, member, now)
            await tx.commit()

    async def _unowned(self) -> None:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.outbox.delete_unowned(now - UNOWNED)
            await tx.looks.delete_before(now - KEPT_FOR)
            await tx.alerts.delete_closed(now - alerts.KEPT_FOR)
            await tx.duty.delete_before(now - CALLABLE_FOR)
            await tx.pairs.delete_before(now - pairs.KEPT_FOR)  # a drawing does so, too, where there is one
            await tx.commit()


async def _is_due(tx: Reading, member: MemberId, now: datetime) -> bool:
    if await tx.members.get(member) is None:
        return False
    notes, ratings, unposted = preferences.over(await tx.preferences.of(member), now)
    return bool(
        await tx.check_ins.noted_before(member, notes)
        or await tx.check_ins.any_before(member, ratings)
        or any(_over(share, unposted) for share in await tx.shares.of(member))
        or any(one.on < ratings.date() for one in (await tx.own_exercises.of(member)).ratings)
        or await _letters_over(tx, member, unposted)
    )


async def _delete_over(tx: Transaction, member: MemberId, now: datetime) -> None:
    notes, ratings, unposted = preferences.over(await tx.preferences.of(member), now)
    await tx.check_ins.delete_before(member, ratings)
    own = await tx.own_exercises.of(member)
    if (left := without_older(own, ratings.date())) != own:
        await tx.own_exercises.put(left)
    for check_in in await tx.check_ins.noted_before(member, notes):
        rest = replace(check_in.answer, note="")
        if rest.weather or rest.energy or rest.reactivity:
            await tx.check_ins.put(replace(check_in, answer=rest))
        else:
            await tx.check_ins.delete(member, check_in.occurrence, check_in.date)
    await tx.outbox.delete([letter.id for letter in await _letters_over(tx, member, unposted)])
    await tx.shares.delete_decided(member, UNPOSTED, unposted)


async def _letters_over(tx: Reading, member: MemberId, before: datetime) -> list[Letter]:
    """What arrived or was given up before then; a post that may yet be taken down keeps its letter."""
    shares = {share.id: share.review for share in await tx.shares.of(member)}
    return [
        letter
        for letter in await tx.outbox.of(member)
        if _done_at(letter) < before
        and not (
            letter.kind == "share-posted"
            and shares.get(ShareId(int(letter.facts.get("share") or 0))) is Review.APPROVED
        )
    ]


def _done_at(letter: Letter) -> datetime:
    if letter.delivered_at is not None:
        return letter.delivered_at
    return letter.written_at if letter.next_try_at >= NEVER else NEVER


def _over(share: Share, before: datetime) -> bool:
    return share.review in UNPOSTED and share.decided_at is not None and share.decided_at < before
