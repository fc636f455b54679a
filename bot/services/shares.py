"""Members offer words to the circle; they are posted only once a facilitator has read them and agreed.

In this version a posted share names nobody: it is "from someone in this circle", and facilitators review the
words without their author. Export: `mine` holds all of a member's. Forgetting: all go with the member's key;
a post that stands in the channel already can be deleted there.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Sharing
from bot.domain.errors import AlreadyDecided, Empty, NoSuchOccurrence, NoSuchShare, SharingOff, TooLong
from bot.domain.ids import CircleId, OccurrenceId, ShareId
from bot.domain.members import Scope, consented
from bot.domain.outbox import Recipient
from bot.domain.prompts import Content, Prompt, ShareRule
from bot.domain.shares import MAX_SHARE, Review, Share
from bot.services._outlook import prompt_of
from bot.services.access import facilitated, membership
from storage import Storage
from storage.transaction import Reading

MAX_REASON = 1000  # characters, so that it fits into a message with what is said around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A share as facilitators see it: without its author."""

    id: ShareId
    circle: CircleId
    occurrence: OccurrenceId | None
    text: str = field(repr=False)
    offered_at: datetime
    review: Review
    reason: str = field(repr=False)


class Shares:
    """Each share is decided on once."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        # Two presses at once must not both decide. All of a server's presses reach one process.
        self._deciding = asyncio.Lock()

    async def offer(
        self, actor: Actor, occurrence_id: OccurrenceId | None, circle_id: CircleId, text: str
    ) -> Share:
        """Puts words into review and tells the facilitators that some wait.

        Raises NotAMember, SharingOff (the circle's setting, or a prompt whose answers stay private), Empty,
        TooLong (MAX_SHARE), NoSuchOccurrence.
        """
        words = _checked(text, MAX_SHARE)
        now = self._clock.now()
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
            prompt = await self._prompt(tx, occurrence_id, circle_id)
            private = prompt is not None and prompt.share is ShareRule.PRIVATE
            if circle.settings.sharing is Sharing.OFF or private:
                raise SharingOff
            share = await tx.shares.add(circle_id, member.id, occurrence_id, words, now)
            await tx.outbox.add(
                circle_id, Recipient.FACILITATORS, "share-waiting", {"share": share.id}, now, member=member.id
            )
            await tx.commit()
        return share

    async def read(self, actor: Actor, share_id: ShareId) -> Reviewed:
        """A waiting share. Raises NoSuchShare, NoCircle, NotFacilitator, AlreadyDecided."""
        async with self._storage.read() as tx:
            return _reviewed(await _waiting(tx, actor, share_id))

    async def queue(self, actor: Actor, circle_id: CircleId) -> list[Reviewed]:
        """What waits in the circle, oldest first. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            await facilitated(tx, actor, circle_id)
            return [_reviewed(share) for share in await tx.shares.waiting(circle_id)]

    async def approve(self, actor: Actor, share_id: ShareId) -> Reviewed:
        """Has it posted. Raises NoSuchShare, NoCircle, NotFacilitator, AlreadyDecided."""
        now = self._clock.now()
        async with self._deciding, self._storage.begin() as tx:
            share = replace(await _waiting(tx, actor, share_id), review=Review.APPROVED, decided_at=now)
            await tx.shares.put(share)
            prompt = await self._prompt(tx, share.occurrence, share.circle)
            facts = {"text": share.text, "title": prompt.title if prompt else None}
            await tx.outbox.add(
                share.circle, Recipient.CIRCLE, "share-posted", facts, now, member=share.member
            )
            await tx.commit()
        return _reviewed(share)

    async def decline(self, actor: Actor, share_id: ShareId, reason: str) -> Reviewed:
        """Declines with a reason for the author, who finds it in `mine`, and by DM where reminders are on.

        Raises Empty and TooLong (MAX_REASON) for the reason, and as `approve` does.
        """
        reason = _checked(reason, MAX_REASON)
        now = self._clock.now()
        async with self._deciding, self._storage.begin() as tx:
            waiting = await _waiting(tx, actor, share_id)
            share = replace(waiting, review=Review.DECLINED, decided_at=now, reason=reason)
            await tx.shares.put(share)
            author = await tx.members.get(share.member)
            if author is not None and consented(author, Scope.REMINDERS):
                facts = {"reason": reason}
                await tx.outbox.add(
                    share.circle, Recipient.MEMBER, "share-declined", facts, now, member=share.member
                )
            await tx.commit()
        return _reviewed(share)

    async def withdraw(self, actor: Actor, share_id: ShareId) -> Share:
        """Takes one's own words back before they are decided on. Raises NoSuchShare, AlreadyDecided."""
        async with self._deciding, self._storage.begin() as tx:
            share = await tx.shares.get(share_id)
            author = await tx.members.find(share.circle, actor.account)
            if author is None or author.id != share.member:
                raise NoSuchShare
            _check_waiting(share)
            share = replace(share, review=Review.WITHDRAWN, decided_at=self._clock.now())
            await tx.shares.put(share)
            await tx.commit()
        return share

    async def mine(self, actor: Actor) -> list[Share]:
        """All that the actor ever offered, in every circle, with what became of it."""
        async with self._storage.read() as tx:
            members = await tx.members.of(actor.account)
            return [share for member in members for share in await tx.shares.of(member.id)]

    async def _prompt(
        self, tx: Reading, occurrence_id: OccurrenceId | None, circle_id: CircleId
    ) -> Prompt | None:
        if occurrence_id is None:
            return None
        occurrence = await tx.occurrences.get(occurrence_id)
        if occurrence.circle != circle_id:
            raise NoSuchOccurrence
        return await prompt_of(tx, self._content, occurrence)


def _checked(text: str, limit: int) -> str:
    words = text.strip()
    if not words:
        raise Empty
    if len(words) > limit:
        raise TooLong(text, limit)
    return words


async def _waiting(tx: Reading, actor: Actor, share_id: ShareId) -> Share:
    share = await tx.shares.get(share_id)
    await facilitated(tx, actor, share.circle)
    _check_waiting(share)
    return share


def _check_waiting(share: Share) -> None:
    if share.review is not Review.WAITING:
        raise AlreadyDecided(share.review)


def _reviewed(share: Share) -> Reviewed:
    return Reviewed(
        id=share.id,
        circle=share.circle,
        occurrence=share.occurrence,
        text=share.text,
        offered_at=share.offered_at,
        review=share.review,
        reason=share.reason,
    )
