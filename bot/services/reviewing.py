"""Facilitators decide on the words that wait, oldest first, each decided on once; late ones are told of.

They see who wrote words only where the author chose to be named, or after unsealing it for safety: with a
reason, noted in the audit list and in the author's own access log before it is shown, and told to the author.
Export: the author's `mine` and access log. Forgetting: with the author's key.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.audit import Deed
from bot.domain.circles import check_open
from bot.domain.errors import Empty, TooLong
from bot.domain.ids import CircleId, OccurrenceId, ShareId
from bot.domain.languages import Language
from bot.domain.listening.tiers import Tier
from bot.domain.looks import Look, Seen
from bot.domain.member_errors import AuthorKnown, LookTwice
from bot.domain.members import Scope, consented
from bot.domain.outbox import Recipient
from bot.domain.prompts import Content
from bot.domain.shares import LATE_AFTER, Draft, Review, Share, decided, late
from bot.services._audit import noted
from bot.services.access import facilitated
from bot.services.shares import prompt_here
from storage import Storage
from storage.transaction import Reading, Transaction

MAX_REASON = 1000  # characters, so that it fits into a message with what is said around it
BATCH = 50  # late shares in one transaction
Facts = dict[str, str | int | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A share as facilitators see it. `author` is None unless the author chose to be named."""

    id: ShareId
    circle: CircleId
    occurrence: OccurrenceId | None
    draft: Draft = field(repr=False)
    waits_since: datetime | None
    offered_at: datetime
    review: Review
    reason: str = field(repr=False)
    author: Account | None = field(default=None, repr=False)
    title: str | None = None  # of the post that the words answer
    matched: Tier = Tier.NONE  # a word match; it may be wrong
    misread: bool = False  # their author says that it is
    unscreened: bool = False
    language: Language = Language.EN  # its circle's, in which it is posted


class Reviewing:
    """Each share is decided on once, however many press at the same time."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def queue(self, actor: Actor, circle_id: CircleId) -> list[Reviewed]:
        """What waits in the circle, the longest waiting first. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            await facilitated(tx, actor, circle_id)
            return [await self._reviewed(tx, share) for share in await tx.shares.waiting(circle_id)]

    async def read(self, actor: Actor, share_id: ShareId) -> Reviewed:
        """A waiting share. Raises NoSuchShare, NoCircle, NotFacilitator, AlreadyDecided."""
        async with self._storage.read() as tx:
            share = await _seen(tx, actor, share_id)
            decided(share, Review.APPROVED, self._clock.now())  # refuses what waits no more
            return await self._reviewed(tx, share)

    async def approve(self, actor: Actor, share_id: ShareId, *, surely: bool = False) -> Reviewed:
        """Has it posted. Raises NoSuchShare, NoCircle, NotFacilitator, AlreadyDecided, CircleClosing.

        LookTwice where it matched the word list, unless `surely`.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            share = await self._decide(tx, actor, share_id, Review.APPROVED)
            if share.matched is not Tier.NONE and not surely:
                raise LookTwice(share.matched)
            reviewed = await self._reviewed(tx, share)
            await tx.outbox.add(
                share.circle, Recipient.CIRCLE, "share-posted", _shown(reviewed), now, member=share.member
            )
            await _write_author(tx, share, "share-approved", now)
            await noted(tx, actor, share.circle, Deed.SHARE_APPROVED, now)
            await tx.commit()
        return reviewed

    async def ask(self, actor: Actor, share_id: ShareId, reason: str) -> Reviewed:
        """Gives the words back to their author with what could be changed. Raises as `decline`."""
        return await self._answered(actor, share_id, Review.REWORD, reason)

    async def decline(self, actor: Actor, share_id: ShareId, reason: str) -> Reviewed:
        """Declines with a reason for the author: it stands with their words, and goes by DM if they wish.

        Raises Empty and TooLong (MAX_REASON) for the reason, and as `approve` does.
        """
        return await self._answered(actor, share_id, Review.DECLINED, reason)

    async def is_sealed(self, actor: Actor, share_id: ShareId) -> bool:
        """Whether a share carries no name, also once it is decided on. Raises as `queue`, NoSuchShare."""
        async with self._storage.read() as tx:
            return not (await _seen(tx, actor, share_id)).draft.named

    async def unseal(self, actor: Actor, share_id: ShareId, reason: str) -> Account:
        """Who wrote words that carry no name, for safety: logged and told to the author before it is shown.

        Raises Empty and TooLong for the reason, AuthorKnown, NoSuchShare, NoCircle, NotFacilitator.
        """
        reason, now = _checked(reason), self._clock.now()
        async with self._storage.begin() as tx:
            share = await _seen(tx, actor, share_id)
            if share.draft.named:
                raise AuthorKnown
            author = await tx.members.account(share.member)
            day = share.offered_at.astimezone((await tx.circles.get(share.circle)).settings.zone).date()
            look = Look(at=now, seen=Seen.AUTHOR, about=day, reason=reason, viewer=actor.account)
            await tx.looks.note(share.member, look)
            await noted(tx, actor, share.circle, Deed.AUTHOR_UNSEALED, now)
            await _write_author(tx, share, "author-unsealed", now, reason)
            await tx.commit()
        return author

    async def tick(self) -> None:
        """Tells authors and facilitators of words that have waited long; each of LATE_AFTER once."""
        for number, mark in enumerate(LATE_AFTER, 1):
            more = True
            while more:
                more = await self._some_late(number, mark) == BATCH

    async def _some_late(self, number: int, mark: timedelta) -> int:
        now = self._clock.now()
        async with self._storage.read() as tx:
            if not await tx.shares.late(now - mark, number, 1):
                return 0
        async with self._storage.begin() as tx:
            found = await tx.shares.late(now - mark, number, BATCH)
            for share in found:
                await _tell_late(tx, share, now)
            await tx.commit()
        return len(found)

    async def _answered(self, actor: Actor, share_id: ShareId, review: Review, reason: str) -> Reviewed:
        reason, now = _checked(reason), self._clock.now()
        async with self._storage.begin() as tx:
            share = await self._decide(tx, actor, share_id, review, reason)
            asked = review is Review.REWORD
            kind, deed = (
                ("share-reword", Deed.SHARE_RETURNED) if asked else ("share-declined", Deed.SHARE_DECLINED)
            )
            await _write_author(tx, share, kind, now, reason)
            await noted(tx, actor, share.circle, deed, now)
            reviewed = await self._reviewed(tx, share)
            await tx.commit()
        return reviewed

    async def _decide(
        self, tx: Transaction, actor: Actor, share_id: ShareId, review: Review, reason: str = ""
    ) -> Share:
        share = await _seen(tx, actor, share_id)
        if review is not Review.DECLINED:
            check_open(await tx.circles.get(share.circle))
        after = decided(share, review, self._clock.now(), reason)
        await tx.shares.put(after, was=share.review)
        return after

    async def _reviewed(self, tx: Reading, share: Share) -> Reviewed:
        prompt = await prompt_here(tx, self._content, share.circle, share.occurrence)
        return Reviewed(
            id=share.id,
            circle=share.circle,
            occurrence=share.occurrence,
            draft=share.draft,
            waits_since=share.waits_since,
            offered_at=share.offered_at,
            review=share.review,
            reason=share.reason,
            author=await tx.members.account(share.member) if share.draft.named else None,
            title=prompt.title if prompt else None,
            matched=share.matched,
            misread=share.misread,
            unscreened=share.unscreened,
            language=(await tx.circles.get(share.circle)).settings.language,
        )


async def _tell_late(tx: Transaction, share: Share, now: datetime) -> None:
    told = replace(share, told=late(share, now))
    await tx.shares.put(told, was=share.review)
    since = int((share.waits_since or now).timestamp())
    facts: Facts = {"share": int(share.id), "since": since}
    await tx.outbox.add(share.circle, Recipient.FACILITATORS, "share-late", facts, now, member=share.member)
    await _write_author(tx, share, "share-delayed", now)


async def _write_author(tx: Transaction, share: Share, kind: str, now: datetime, reason: str = "") -> None:
    """By DM, where the author wants messages; all of it stands under `/shares` and `/privacy` anyway."""
    author = await tx.members.get(share.member)
    if author is None or not consented(author, Scope.REMINDERS):
        return
    facts: Facts = {"share": int(share.id)} | ({"reason": reason} if reason else {})
    await tx.outbox.add(share.circle, Recipient.MEMBER, kind, facts, now, member=share.member)


async def _seen(tx: Reading, actor: Actor, share_id: ShareId) -> Share:
    share = await tx.shares.get(share_id)
    await facilitated(tx, actor, share.circle)
    return share


def _shown(reviewed: Reviewed) -> Facts:
    draft = reviewed.draft
    return {
        "share": int(reviewed.id),
        "text": draft.text,
        "title": reviewed.title,
        "named": draft.named,
        "wish": draft.wish,
        "topic": draft.topic or None,
        "covered": draft.covered,
    }


def _checked(text: str) -> str:
    words = text.strip()
    if not words:
        raise Empty
    if len(words) > MAX_REASON:
        raise TooLong(text, MAX_REASON)
    return words
