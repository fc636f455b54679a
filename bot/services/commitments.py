"""Members choose small acts and log them, one entry a day; all of it is theirs alone.

Kept only with Scope.STREAKS; pausing, letting go and deleting need no consent. A change and what it rests on
are one transaction, so two presses at once count once. Export: `mine` (words, log, pauses). Forgetting:
`delete`, and with the member's key. It is kept until its member deletes it: the record is theirs.
"""

from dataclasses import dataclass, field, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.commitments import (
    DAY_STARTS,
    LIVE,
    Cadence,
    Commitment,
    Mark,
    Rhythm,
    Words,
    logged,
    moved,
    parse_cadence,
    replanned,
    resting,
    resumed,
)
from bot.domain.fitting import checked
from bot.domain.ids import CircleId, CommitmentId
from bot.domain.looking_back import is_hard
from bot.domain.members import Member, Scope
from bot.domain.practice_errors import (
    OnlyByDays,
    PastDate,
    TooManyCommitments,
)
from bot.domain.schedules import parse_time
from bot.domain.streaks import Streak, streak
from bot.domain.zones import zone as parse_zone
from bot.services.access import consenting, membership
from bot.services.own_commitments import (
    CommitmentShown,
    as_shown,
    changeable,
    circle_of,
    own,
    shown_now,
    still_live,
)
from storage import Storage
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A commitment as it was typed."""

    words: Words = field(repr=False)
    cadence: str = "daily"
    lapse_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A day that was logged: as it is now, and the figures before."""

    shown: CommitmentShown
    before: Streak
    day: date
    mark: Mark
    hard: bool = False  # its member planned for this day as a hard one


class Commitments:
    """Everyone has their own; nobody else sees any."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def allowed(self, actor: Actor, circle_id: CircleId) -> None:
        """For who may begin another. Raises NotAMember, ConsentNeeded, TooManyCommitments."""
        async with self._storage.read() as tx:
            await _room(tx, await consenting(tx, actor, circle_id, Scope.STREAKS))

    async def add(
        self, actor: Actor, circle_id: CircleId, wanted: Wanted, *, insist: bool = False
    ) -> CommitmentShown:
        """Begins one today, on the clock of the member's others or else the circle's.

        Raises as `allowed`, and for the words Empty, TooLong, UnfitCommitment and (unless `insist`)
        VagueCommitment; BadCadence, PastDate, OnlyByDays.
        """
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            circle = await tx.circles.get(circle_id)
            await tx.members.hold(member.id)  # or two presses at once would each find room
            others = await _room(tx, member)
            zone, starts = _own_clock(others, circle)
            now = self._clock.now()
            made = Commitment(
                id=CommitmentId(0),
                member=member.id,
                words=checked(wanted.words, insist=insist),
                plans=(),
                zone=zone,
                day_starts=starts,
                lapse_only=wanted.lapse_only,
                made_at=now,
            )
            today = made.day(now)
            cadence = _cadence(wanted, today)
            added = await tx.commitments.add(replace(made, plans=((today, cadence),)))
            await tx.commit()
        return as_shown(circle, added, {}, now)

    async def mine(self, actor: Actor, circle_id: CircleId) -> list[CommitmentShown]:
        """All of the actor's here, those let go last. Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            member = await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
            found = sorted(await tx.commitments.of(member.id), key=lambda each: not each.live)
            return [
                as_shown(circle, each, await tx.commitments.log(each), self._clock.now()) for each in found
            ]

    async def get(self, actor: Actor, id_: CommitmentId) -> CommitmentShown:
        """One of the actor's. Raises NoSuchCommitment, also for anyone else's."""
        async with self._storage.read() as tx:
            return await shown_now(tx, await own(tx, actor, id_), self._clock.now())

    async def log(self, actor: Actor, id_: CommitmentId, mark: Mark, day: date | None = None) -> Logged:
        """Writes how a day went (None: today), over what stood there.

        Raises NoSuchCommitment, ConsentNeeded, CommitmentEnded, FutureDay, DayClosed, NoRestLeft.
        """
        async with self._storage.begin() as tx:
            it = await changeable(tx, actor, id_)
            today = it.day(self._clock.now())
            log = await tx.commitments.log(it)
            of = day or today
            logged(it, log, of, mark, today)
            await tx.commitments.put_entry(it, of, mark)
            shown = await shown_now(tx, it, self._clock.now())
            hard = is_hard(await tx.own_stories.of(it.member), of) is not None
            await tx.commit()
        return Logged(shown=shown, before=streak(it, log, today), day=of, mark=mark, hard=hard)

    async def unlog(self, actor: Actor, id_: CommitmentId, day: date) -> CommitmentShown:
        """Takes an entry back; the day is as if nothing had been logged. Raises NoSuchCommitment."""
        async with self._storage.begin() as tx:
            it = await own(tx, actor, id_)
            await tx.commitments.remove_entry(it, day)
            shown = await shown_now(tx, it, self._clock.now())
            await tx.commit()
        return shown

    async def change(
        self, actor: Actor, id_: CommitmentId, wanted: Wanted, *, insist: bool = False
    ) -> CommitmentShown:
        """Other words or another cadence from today on; what was logged stays. Raises as `log` and `add`."""
        async with self._storage.begin() as tx:
            it = await changeable(tx, actor, id_)
            today = it.day(self._clock.now())
            words = checked(wanted.words, insist=insist)
            planned = replanned(it, _cadence(wanted, today, it.cadence), today)
            changed = replace(planned, words=words, lapse_only=wanted.lapse_only, reviewed=today)
            return await self._put(tx, changed)

    async def looked_at(self, actor: Actor, id_: CommitmentId) -> CommitmentShown:
        """It fits for now; the next look is due in two weeks. Raises NoSuchCommitment, CommitmentEnded."""
        async with self._storage.begin() as tx:
            it = still_live(await own(tx, actor, id_))
            return await self._put(tx, replace(it, reviewed=it.day(self._clock.now())))

    async def pause(self, actor: Actor, id_: CommitmentId) -> CommitmentShown:
        """On hold from today on; it costs nothing. Raises NoSuchCommitment, CommitmentEnded."""
        async with self._storage.begin() as tx:
            it = still_live(await own(tx, actor, id_))
            return await self._put(tx, resting(it, it.day(self._clock.now())))

    async def resume(self, actor: Actor, id_: CommitmentId) -> CommitmentShown:
        """Goes on today. Raises NoSuchCommitment, ConsentNeeded, CommitmentEnded."""
        async with self._storage.begin() as tx:
            it = await changeable(tx, actor, id_)
            return await self._put(tx, resumed(it, it.day(self._clock.now())))

    async def let_go(self, actor: Actor, id_: CommitmentId) -> CommitmentShown:
        """Ends it; its record stays until it is deleted. Raises NoSuchCommitment."""
        async with self._storage.begin() as tx:
            it = await own(tx, actor, id_)
            ended = it.ended or it.day(self._clock.now())
            return await self._put(tx, replace(it, ended=ended, reminded=None, remind_at=None))

    async def delete(self, actor: Actor, id_: CommitmentId) -> Circle:
        """Deletes it with its whole log; the circle that it was in. Raises NoSuchCommitment."""
        async with self._storage.begin() as tx:
            it = await own(tx, actor, id_)
            await tx.commitments.delete(it.id)
            circle = await circle_of(tx, it)
            await tx.commit()
        return circle

    async def set_clock(
        self, actor: Actor, circle_id: CircleId, zone: str, starts: str
    ) -> list[CommitmentShown]:
        """The member's own zone and the hour (HH:MM) at which their day begins, for all that is live.

        Raises NotAMember, UnknownZone, BadTime. Days that the change leaves out are rest.
        """
        there, at, now = parse_zone(zone), parse_time(starts), self._clock.now()
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            for it in await tx.commitments.of(member.id):
                if it.live:
                    await tx.commitments.put(moved(it, there, at, now))
            await tx.commit()
        return await self.mine(actor, circle_id)

    async def _put(self, tx: Transaction, it: Commitment) -> CommitmentShown:
        await tx.commitments.put(it)
        shown = await shown_now(tx, it, self._clock.now())
        await tx.commit()
        return shown


async def _room(tx: Reading, member: Member) -> list[Commitment]:
    """The member's others. Raises TooManyCommitments."""
    others = await tx.commitments.of(member.id)
    if sum(each.live for each in others) >= LIVE:
        raise TooManyCommitments(LIVE)
    return others


def _own_clock(others: list[Commitment], circle: Circle) -> tuple[ZoneInfo, time]:
    if not others:
        return circle.settings.zone, DAY_STARTS
    return others[-1].zone, others[-1].day_starts


def _cadence(wanted: Wanted, today: date, stands: Cadence | None = None) -> Cadence:
    cadence = parse_cadence(wanted.cadence)
    if cadence.on is not None and cadence.on < today and cadence != stands:
        raise PastDate
    if wanted.lapse_only and cadence.rhythm is not Rhythm.DAYS:
        raise OnlyByDays
    return cadence
