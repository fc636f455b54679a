"""Members ask to be reminded of a commitment, or stop it; at most one reminder a member and day.

Export: the time stands with the commitment. Forgetting: with it, and with the member's key.
"""

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.ids import CommitmentId
from bot.domain.members import Scope
from bot.domain.nudges import reminded
from bot.domain.schedules import parse_time
from bot.services import _nudging
from bot.services.access import consenting
from bot.services.own_commitments import CommitmentShown, changeable, circle_of, own, shown_now
from storage import Storage

BATCH = 50  # commitments looked at in one transaction

log = structlog.get_logger(__name__)


class Nudges:
    """Off unless its member asks for it; never where only lapses are logged."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def remind(self, actor: Actor, id_: CommitmentId, at: str | None) -> CommitmentShown:
        """A reminder at this local time (HH:MM) on days that ask, or none; none is never refused.

        Raises NoSuchCommitment, ConsentNeeded, CommitmentEnded, BadTime, NothingAsks.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            it = await own(tx, actor, id_)
            if at is not None:
                it = await changeable(tx, actor, id_)
                await consenting(tx, actor, (await circle_of(tx, it)).id, Scope.REMINDERS)
            changed = reminded(it, None if at is None else parse_time(at), now)
            await tx.commitments.put(changed)
            shown = await shown_now(tx, changed, now)
            await tx.commit()
        return shown

    async def tick(self) -> None:
        """Looks at every commitment whose reminder's time has come."""
        async with self._storage.read() as tx:
            first = await tx.commitments.next_at()
        if first is None or first > self._clock.now():
            return
        while await self._some():
            pass

    async def _some(self) -> int:
        """How many were looked at; the letter and the next look are written together, so once is once."""
        now, done = self._clock.now(), 0
        async with self._storage.begin() as tx:
            for it in await tx.commitments.due(now, BATCH):
                try:
                    await _nudging.look(tx, it, now)
                except Exception as error:  # noqa: BLE001 - one fault must not silence all others
                    log.warning("reminder failed", error=type(error).__name__)
                else:
                    done += 1
            await tx.commit()
        return done
