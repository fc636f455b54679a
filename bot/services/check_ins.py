"""Members answer the day's prompt, late too until the next one is posted, and take answers back at any time.

Export: `storage.check_ins.all_of` holds every answer of a member. Forgetting: each goes
when its member takes it back, and all go with the member's key.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.check_ins import (
    Answer,
    Audience,
    CheckIn,
    Weather,
    checked,
    grounding_offered,
    merged,
    shown_count,
)
from bot.domain.circles import Circle, local_date
from bot.domain.errors import NoCircle, NoSuchOccurrence, NotAMember, OccurrenceClosed
from bot.domain.ids import CircleId, OccurrenceId, ShareId
from bot.domain.members import Member, Scope
from bot.domain.occurrences import Occurrence, State
from bot.domain.prompts import Content
from bot.domain.schedules import Kind
from bot.domain.shares import OPEN, Review, Share, withdrawn
from bot.services._reminding import told_off
from bot.services.access import consenting
from bot.services.marked import tell_of_mark
from storage import Storage
from storage.transaction import Reading, Transaction

UP = (State.SENT, State.CLAIMED)  # who presses on a post sees it, even where its mark is still on the way


@dataclass(frozen=True, slots=True)
class CheckInRecorded:
    """The answer is kept. `count` is that of the post's answers, None where it may not be shown.

    `reminder_off`: the member is to hear, this once, that their reminder could not reach them.
    """

    check_in: CheckIn
    changed: bool  # it replaced an earlier answer
    grounding_offered: bool
    occurrence: Occurrence | None
    count: int | None
    reminder_off: bool


@dataclass(frozen=True, slots=True)
class CheckInTakenBack:
    """The answer is deleted; `found` is False where there was none (any more)."""

    found: bool
    withdrawn: bool  # its note waited for review, and is taken back with it
    posted: tuple[ShareId, ...]  # its note was approved before: it stands in the channel, or is on its way


class CheckIns:
    """One answer a member and post; the latest is the one that counts."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def submit(
        self, actor: Actor, occurrence_id: OccurrenceId, answer: Answer, *, whole: bool = False
    ) -> CheckInRecorded:
        """Answers a post. `whole`: the answer is all there is, so what it leaves out is taken out.

        Raises NotAMember, ConsentNeeded, OccurrenceClosed, TooLong (a note), Empty, NoSuchOccurrence.
        """
        answer = checked(answer)
        async with self._storage.begin() as tx:
            member, occurrence = await _open_to(tx, actor, occurrence_id)
            before = await tx.check_ins.of(member.id, occurrence.id, occurrence.date)
            return await self._record(tx, member, occurrence, occurrence.date, before, answer, whole=whole)

    async def tap(
        self, actor: Actor, occurrence_id: OccurrenceId, weather: tuple[Weather, ...]
    ) -> CheckInRecorded:
        """Answers a post with a weather alone; what was said before stays, its audience too. As `submit`."""
        answer = checked(Answer(weather=weather))
        async with self._storage.begin() as tx:
            member, occurrence = await _open_to(tx, actor, occurrence_id)
            before = await tx.check_ins.of(member.id, occurrence.id, occurrence.date)
            if before is not None:
                answer = replace(answer, audience=before.answer.audience)
            return await self._record(tx, member, occurrence, occurrence.date, before, answer, whole=False)

    async def submit_today(
        self, actor: Actor, circle_id: CircleId, answer: Answer, *, whole: bool = False
    ) -> CheckInRecorded:
        """Answers today's post, or where there is none today (the circle's calendar) the day itself.

        Never an older post: its answer of then would be written over. Raises as `submit` does, and NoCircle.
        """
        answer = checked(answer)
        async with self._storage.begin() as tx:
            member, occurrence, day = await self._today(tx, actor, circle_id)
            before = await tx.check_ins.of(member.id, occurrence.id if occurrence else None, day)
            return await self._record(tx, member, occurrence, day, before, answer, whole=whole)

    async def take_back(
        self,
        actor: Actor,
        *,
        occurrence_id: OccurrenceId | None = None,
        circle_id: CircleId | None = None,
        day: date | None = None,
    ) -> CheckInTakenBack:
        """Deletes one's own answer to a post, or to a day (the circle's today where none is named).

        Deleting is never refused for time or consent: it works after the next post too, and while leaving.
        Copies of its note that were offered and not approved lose their words.
        Raises NotAMember, NoSuchOccurrence, NoCircle.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            if occurrence_id is not None:
                circle_id = (await tx.occurrences.get(occurrence_id)).circle
            if circle_id is None:
                raise NoCircle
            member = await tx.members.find(circle_id, actor.account)
            if member is None:
                raise NotAMember(circle_id)
            day = day or local_date(await tx.circles.get(circle_id), now)
            check_in = await tx.check_ins.of(member.id, occurrence_id, day)
            if check_in is None:
                return CheckInTakenBack(found=False, withdrawn=False, posted=())
            offered = offered_from(check_in, await tx.shares.of(member.id))
            waiting = [share for share in offered if share.review in OPEN]
            for share in offered:
                if share.review is not Review.APPROVED:  # its words were this note's: they go with it
                    await tx.shares.put(_emptied(share, now), was=share.review)
            await tx.check_ins.delete(member.id, occurrence_id, day)
            await tx.commit()
        posted = tuple(share.id for share in offered if share.review is Review.APPROVED)
        return CheckInTakenBack(found=True, withdrawn=bool(waiting), posted=posted)

    async def current(
        self,
        actor: Actor,
        *,
        occurrence_id: OccurrenceId | None = None,
        circle_id: CircleId | None = None,
    ) -> CheckIn | None:
        """What the actor has answered so far, to fill the form with; refuses as `submit` would."""
        async with self._storage.read() as tx:
            if occurrence_id is not None:
                member, occurrence = await _open_to(tx, actor, occurrence_id)
                return await tx.check_ins.of(member.id, occurrence.id, occurrence.date)
            if circle_id is None:
                raise NoCircle
            member, latest, day = await self._today(tx, actor, circle_id)
            return await tx.check_ins.of(member.id, latest.id if latest else None, day)

    async def mine(self, actor: Actor) -> list[tuple[Circle, CheckIn]]:
        """All that the actor has answered, in every circle, newest first."""
        async with self._storage.read() as tx:
            mine = [
                (await tx.circles.get(member.circle), check_in)
                for member in await tx.members.of(actor.account)
                for check_in in await tx.check_ins.all_of(member.id)
            ]
        return sorted(mine, key=lambda one: one[1].answered_at, reverse=True)

    async def count(self, occurrence_id: OccurrenceId) -> int | None:
        """How many answered the post; None under five."""
        async with self._storage.read() as tx:
            return shown_count(await tx.check_ins.count(occurrence_id))

    async def _today(
        self, tx: Reading, actor: Actor, circle_id: CircleId
    ) -> tuple[Member, Occurrence | None, date]:
        circle = await tx.circles.get(circle_id)
        member = await consenting(tx, actor, circle_id, Scope.CHECK_INS)
        day = local_date(circle, self._clock.now())
        latest = await tx.occurrences.latest(circle_id, Kind.CHECK_IN)
        return member, latest if latest is not None and latest.date == day else None, day

    async def _record(
        self,
        tx: Transaction,
        member: Member,
        occurrence: Occurrence | None,
        day: date,
        before: CheckIn | None,
        answer: Answer,
        *,
        whole: bool,
    ) -> CheckInRecorded:
        now = self._clock.now()
        id_ = occurrence.id if occurrence else None
        check_in = merged(before, answer, member=member.id, occurrence=id_, day=day, at=now, whole=whole)
        await tx.check_ins.put(check_in)
        await tell_of_mark(tx, member, before, check_in, now)
        count = None if id_ is None else shown_count(await tx.check_ins.count(id_))
        off = await told_off(tx, member.id)
        await tx.commit()
        offered = grounding_offered(answer.reactivity, self._content.grounding_offered_at)
        return CheckInRecorded(check_in, before is not None, offered, occurrence, count, off)


def offered_from(check_in: CheckIn, shares: Iterable[Share]) -> list[Share]:
    """Those of its member's shares that the answer's note was offered to the circle as."""
    if check_in.answer.audience is not Audience.CIRCLE:
        return []
    made = (check_in.member, check_in.occurrence, check_in.answer.note)
    return [share for share in shares if (share.member, share.occurrence, share.text) == made]


def _emptied(share: Share, at: datetime) -> Share:
    """The share without its words; one that waited is withdrawn."""
    wordless = replace(share, draft=replace(share.draft, text="", topic=""))
    return withdrawn(wordless, at) if share.review in OPEN else wordless


async def _open_to(tx: Reading, actor: Actor, occurrence_id: OccurrenceId) -> tuple[Member, Occurrence]:
    occurrence, latest = await tx.occurrences.with_newest(occurrence_id)
    if occurrence.kind is not Kind.CHECK_IN or occurrence.state not in UP:
        raise NoSuchOccurrence
    member = await consenting(tx, actor, occurrence.circle, Scope.CHECK_INS)
    if latest is not None and (latest.due, latest.id) > (occurrence.due, occurrence.id):
        raise OccurrenceClosed(latest.message)
    return member, occurrence
