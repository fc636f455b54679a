"""Facilitators see a circle's weeks in bands, each written once, two days after its end.

Export: nothing; no figure is about a person. Forgetting: the bands stay, as they name nobody and change for
nobody; answers that are deleted before their week is written are in none. Goes with the circle.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.check_ins import Answer, Audience
from bot.domain.circles import Circle, local_date
from bot.domain.ids import CircleId, MemberId
from bot.domain.limits import Costly
from bot.domain.looks import Seen
from bot.domain.members import Scope, consented
from bot.domain.summaries import (
    MOST_WEEKS,
    SETTLED,
    USUAL_WEEKS,
    WEEK,
    WeekFigures,
    as_data,
    figures,
    from_data,
    settled_weeks,
)
from bot.services.access import facilitated
from bot.services.limits import Limits
from storage import Storage
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Summary:
    """Whole weeks, oldest first, each as it was written; `next_on` is the day of the next one."""

    circle: Circle
    weeks: tuple[WeekFigures, ...]
    next_on: date


class Summaries:
    """Reads what `freeze` has written, and nothing else."""

    def __init__(self, storage: Storage, clock: Clock, limits: Limits) -> None:
        self._storage = storage
        self._clock = clock
        self._limits = limits

    async def report(self, actor: Actor, circle_id: CircleId, weeks: int = USUAL_WEEKS) -> Summary:
        """The last weeks that were written, up to 26. Raises NoCircle, NotFacilitator, TooOften."""
        self._limits.take(actor, Costly.PICTURE)
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            today = local_date(circle, self._clock.now())
            count = min(max(weeks, 1), MOST_WEEKS)
            written = await tx.summaries.since(circle_id, today - WEEK * (MOST_WEEKS + 2))
            newest = await tx.summaries.newest(circle_id)
        shown = [from_data(first, held) for first, held in written.items()][-count:]
        made = local_date(circle, circle.made_at)
        start = next(settled_weeks(newest, made, date.max, circle.settings.week_starts))
        return Summary(circle, tuple(shown), start + WEEK + SETTLED)


async def freeze(tx: Transaction, circle: Circle, now: datetime) -> None:
    """Writes every week that is over for two days and not written yet; for `Care`, once a day."""
    made, today = local_date(circle, circle.made_at), local_date(circle, now)
    newest = await tx.summaries.newest(circle.id)
    due = list(settled_weeks(newest, made, today, circle.settings.week_starts))
    for first in due[-MOST_WEEKS:]:
        await tx.summaries.freeze(circle.id, first, as_data(await _figures(tx, circle.id, first)), now)


async def _figures(tx: Reading, circle: CircleId, first: date) -> WeekFigures:
    answers = {}
    for member in await tx.members.here(circle):
        if consented(member, Scope.CHECK_INS):
            answers[int(member.id)] = await _unseen(tx, member.id, first)
    return figures(first, answers)


async def _unseen(tx: Reading, member: MemberId, first: date) -> list[Answer]:
    """The week's answers that no facilitator could read; with a name, they could be subtracted."""
    seen = {look.about for look in await tx.looks.of([member]) if look.seen is Seen.ANSWER}
    return [
        one.answer
        for one in await tx.check_ins.between(member, first, first + WEEK - WEEK / 7)
        if one.answer.audience is not Audience.FACILITATORS and one.date not in seen
    ]
