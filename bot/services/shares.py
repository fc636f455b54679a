"""Members offer words to the circle, change them, and take them back, before they are posted and after.

The author chooses whether the words carry their name; without it, facilitators review and the circle reads
them without their author (`bot.services.reviewing`). Words that match the word list are marked, so that a
facilitator looks twice, and lead to an alert where that was agreed to. Export: `mine` holds all of a
member's. Forgetting: all go with the member's key; a post that stands in the channel can be taken down first.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.check_ins import Answer, merged
from bot.domain.check_ins import checked as checked_answer
from bot.domain.circles import Circle, Sharing, check_open, local_date
from bot.domain.errors import AlreadyDecided, NoSuchOccurrence, NoSuchShare, SharingOff
from bot.domain.ids import CircleId, OccurrenceId, ShareId
from bot.domain.limits import Costly
from bot.domain.members import Scope
from bot.domain.outbox import NEVER, TAKE_DOWN, Recipient
from bot.domain.prompts import Content, Prompt, ShareRule
from bot.domain.shares import (
    OPEN,
    REVISED,
    Draft,
    Queue,
    Review,
    Screened,
    Share,
    Wish,
    checked,
    revised,
    withdrawn,
)
from bot.services._following import alerted
from bot.services._outlook import prompt_of
from bot.services.access import consenting, membership
from bot.services.limits import Limits
from bot.services.screening import Screening
from storage import Storage
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Offered:
    """The words wait; `others` wait before them."""

    share: Share
    others: Queue


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The words are not posted, or (`posted`) are being taken out of the channel."""

    share: Share
    posted: bool


class Shares:
    """The author's side. Facilitators decide in `Reviewing`."""

    def __init__(
        self, storage: Storage, clock: Clock, content: Content, screening: Screening, limits: Limits
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._screening = screening
        self._limits = limits

    async def offer(
        self, actor: Actor, occurrence_id: OccurrenceId | None, circle_id: CircleId, draft: Draft
    ) -> Offered:
        """Puts words into review and tells the facilitators that some wait.

        Raises NotAMember, CircleClosing, SharingOff (the circle's setting, or a prompt whose answers stay
        private), Empty, TooLong (MAX_SHARE, MAX_TOPIC), NoSuchOccurrence, TooOften (never where the words
        sound like danger).
        """
        draft, now = checked(draft), self._clock.now()
        screened = self._screened(draft)
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            await self._check_open(tx, circle_id, occurrence_id)
            if not screened.among and not screened.failed:
                self._limits.take(actor, Costly.OFFER)
            share = await tx.shares.add(circle_id, member.id, occurrence_id, draft, now, screened)
            others = await tx.shares.queue(circle_id, but=share.id)
            await _tell_facilitators(tx, share, now)
            await alerted(tx, await tx.circles.get(circle_id), member, screened.among, now)
            await tx.commit()
        return Offered(share, others)

    async def revise(self, actor: Actor, share_id: ShareId, draft: Draft) -> Offered:
        """Changes words that wait, or offers again what came back.

        Raises as `offer`, AlreadyDecided, NoSuchShare.
        """
        draft, now = checked(draft), self._clock.now()
        screened = self._screened(draft)
        async with self._storage.begin() as tx:
            share = await _own(tx, actor, share_id)
            await self._check_open(tx, share.circle, share.occurrence)
            changed = revised(share, draft, now, screened)
            await tx.shares.put(changed, was=share.review)
            others = await tx.shares.queue(share.circle, but=share.id)
            if share.review is not Review.WAITING:
                await _tell_facilitators(tx, changed, now)
            member = await membership(tx, actor, share.circle)
            await alerted(tx, await tx.circles.get(share.circle), member, screened.among, now)
            await tx.commit()
        return Offered(changed, others)

    async def wish(self, actor: Actor, share_id: ShareId, wish: Wish | None) -> None:
        """Says what would help back. Raises NoSuchShare, NotAMember, AlreadyDecided."""
        async with self._storage.begin() as tx:
            share = await _own(tx, actor, share_id)
            if share.review not in OPEN:
                raise AlreadyDecided(share.review)
            await tx.shares.put(replace(share, draft=replace(share.draft, wish=wish)), was=share.review)
            await tx.commit()

    async def editable(self, actor: Actor, share_id: ShareId) -> Offered:
        """One's own words, to be changed, and what else waits.

        Raises NoSuchShare, NotAMember, AlreadyDecided once they are posted.
        """
        async with self._storage.read() as tx:
            share = await _own(tx, actor, share_id)
            others = await tx.shares.queue(share.circle, but=share.id)
        if share.review not in REVISED:
            raise AlreadyDecided(share.review)
        return Offered(share, others)

    async def withdraw(self, actor: Actor, share_id: ShareId) -> TakenBack:
        """Takes one's own words back, before they are posted or after.

        Raises NoSuchShare, AlreadyDecided.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            share = await _own(tx, actor, share_id, left=True)
            posted = await taken_back(tx, share, now)
            await tx.commit()
        return TakenBack(withdrawn(share, now), posted)

    async def keep(self, actor: Actor, share_id: ShareId) -> date:
        """Keeps the words as a note in today's check-in; what waits is taken back. The day.

        Raises NoSuchShare, NotAMember, ConsentNeeded, TooLong (the note that would become of it).
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            share = await _own(tx, actor, share_id)
            member = await consenting(tx, actor, share.circle, Scope.CHECK_INS)
            day = local_date(await tx.circles.get(share.circle), now)
            before = await tx.check_ins.of(member.id, None, day)
            note = "\n\n".join(filter(None, (before.answer.note if before else "", share.text)))
            answer = replace(before.answer, note=note) if before else Answer(note=note)
            kept = merged(before, checked_answer(answer), member=member.id, occurrence=None, day=day, at=now)
            await tx.check_ins.put(kept)
            if share.review in OPEN:
                await taken_back(tx, share, now)
            await tx.commit()
        return day

    async def get(self, actor: Actor, share_id: ShareId) -> Share:
        """One of one's own. Raises NoSuchShare."""
        async with self._storage.read() as tx:
            return await _own(tx, actor, share_id, left=True)

    async def mine(self, actor: Actor) -> list[Share]:
        """All that the actor ever offered, in every circle, with what became of it."""
        async with self._storage.read() as tx:
            members = await tx.members.of(actor.account)
            return [share for member in members for share in await tx.shares.of(member.id)]

    async def queue(self, actor: Actor, circle_id: CircleId) -> Queue:
        """How many wait and since when, for the circle's members. Raises NotAMember."""
        async with self._storage.read() as tx:
            await membership(tx, actor, circle_id)
            return await tx.shares.queue(circle_id)

    def _screened(self, draft: Draft) -> Screened:
        heard = self._screening.hear((draft.topic, draft.text))
        return Screened(failed=True) if heard is None else Screened(heard.among)

    async def _check_open(self, tx: Reading, circle_id: CircleId, occurrence_id: OccurrenceId | None) -> None:
        circle: Circle = await tx.circles.get(circle_id)
        check_open(circle)
        prompt = await prompt_here(tx, self._content, circle_id, occurrence_id)
        private = prompt is not None and prompt.share is ShareRule.PRIVATE
        if circle.settings.sharing is Sharing.OFF or private:
            raise SharingOff


async def prompt_here(
    tx: Reading, content: Content, circle_id: CircleId, occurrence_id: OccurrenceId | None
) -> Prompt | None:
    """What the words' post asked; None for no post. Raises NoSuchOccurrence for another circle's."""
    if occurrence_id is None:
        return None
    occurrence = await tx.occurrences.get(occurrence_id)
    if occurrence.circle != circle_id:
        raise NoSuchOccurrence
    return await prompt_of(tx, content, occurrence)


async def taken_back(tx: Transaction, share: Share, now: datetime) -> bool:
    """Withdraws a share; True where it stood in the channel, or was on its way, and is taken down there.

    Raises AlreadyDecided.
    """
    await tx.shares.put(withdrawn(share, now), was=share.review)
    if share.review is not Review.APPROVED:
        return False
    letter = await tx.outbox.latest(share.member, "share-posted", {"share": int(share.id)})
    if letter is None or await tx.outbox.stop(letter.id):
        return False
    if letter.delivered_at is None:
        await tx.outbox.retry(letter.id, NEVER)  # what is on its way may arrive, and is taken down then
    facts: dict[str, str | int | bool | None] = {"letter": int(letter.id)}
    await tx.outbox.add(share.circle, Recipient.CIRCLE, TAKE_DOWN, facts, now, member=share.member)
    return True


async def _own(tx: Reading, actor: Actor, share_id: ShareId, *, left: bool = False) -> Share:
    """The actor's own share; with `left` also a leaving one's. Raises NoSuchShare, NotAMember."""
    share = await tx.shares.get(share_id)
    author = await tx.members.find(share.circle, actor.account)
    if author is None or author.id != share.member:
        raise NoSuchShare
    if not left:
        await membership(tx, actor, share.circle)
    return share


async def _tell_facilitators(tx: Transaction, share: Share, now: datetime) -> None:
    facts: dict[str, str | int | bool | None] = {"share": int(share.id)}
    await tx.outbox.add(
        share.circle, Recipient.FACILITATORS, "share-waiting", facts, now, member=share.member
    )
