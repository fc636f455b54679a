"""A circle is closed by its facilitators: it rests at once, can be kept for seven days, and then is deleted.

Export: what is the circle's own is handed over, with nothing of any member; each takes their own along under
`/privacy`. Forgetting: the deletion destroys the keys of all its members, in every backup too, and every row
of the circle; a person's safety map goes to another circle of theirs, where there is one.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle, closing, kept_open
from bot.domain.closing_errors import TooLateToKeep
from bot.domain.errors import DeliveryError, NoCircle, VaultError
from bot.domain.ids import CircleId
from bot.domain.limits import Costly
from bot.domain.prompts import Content
from bot.services._audit import noted
from bot.services._closing_letters import farewell, tell_closing, tell_kept
from bot.services._safety_maps import handed_on
from bot.services._taking_back import TakingBack
from bot.services.access import facilitated
from bot.services.circles_own import CirclesOwn, own_of
from bot.services.guards import Guards
from bot.services.limits import Limits
from bot.services.messenger import Messenger
from bot.services.plan_files import PlanFiles
from storage import Storage
from storage.transaction import Transaction

PATIENCE = timedelta(minutes=15)  # for a platform that does not answer; then it is deleted all the same

log = structlog.get_logger(__name__)


class Closings:
    """All but `tick` is for the circle's facilitators: NoCircle and NotFacilitator are raised everywhere."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        content: Content,
        messenger: Messenger,
        guards: Guards,
        plan_files: PlanFiles,
        limits: Limits,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._messenger = messenger
        self._plan_files = plan_files
        self._limits = limits
        self._taking_back = TakingBack(storage, clock, messenger, guards)
        self._since: dict[CircleId, datetime] = {}  # when one that is due was first taken up

    async def close(self, actor: Actor, circle_id: CircleId) -> Circle:
        """Lets it rest for good, and tells both channels the date; one that closes already keeps its own."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.circles.hold(circle_id)
            before = await facilitated(tx, actor, circle_id)
            circle = closing(before, now)
            if circle != before:
                await tx.circles.put_closing(circle)
                await tell_closing(tx, circle, now)
                await noted(tx, actor, circle_id, Deed.CLOSING_BEGUN, now)
                await tx.commit()
        return circle

    async def hand_over(self, actor: Actor, circle_id: CircleId) -> CirclesOwn:
        """What is the circle's own, as it stands. Raises TooOften."""
        async with self._storage.read() as tx:
            await facilitated(tx, actor, circle_id)
        self._limits.take(actor, Costly.EXPORT)
        plan = await self._plan_files.export(actor, circle_id)
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return await own_of(tx, self._content, circle, plan, self._clock.now())

    async def keep(self, actor: Actor, circle_id: CircleId) -> Circle:
        """Takes it back, and tells both channels; fine where nothing closes. Raises TooLateToKeep.

        A circle that rested before rests again.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.circles.hold(circle_id)
            before = await facilitated(tx, actor, circle_id)
            if before.closing is None:
                return before
            if before.closing.over(now):
                raise TooLateToKeep
            circle = kept_open(before)
            await tx.circles.put_closing(circle)
            await _announced_again(tx, circle, now)
            await tell_kept(tx, circle, now)
            await noted(tx, actor, circle_id, Deed.CIRCLE_KEPT, now)
            await tx.commit()
        return circle

    async def tick(self) -> None:
        """Deletes what is due, also after an absence. One circle's fault holds up no other's."""
        async with self._storage.read() as tx:
            due = await tx.circles.to_close(self._clock.now())
        for circle in due:
            try:
                await self._end(circle)
            except Exception as error:  # noqa: BLE001 - the next tick takes it up again
                log.warning(
                    "a closed circle is not deleted yet", circle=circle.id, error=type(error).__name__
                )

    async def _end(self, circle: Circle) -> None:
        now = self._clock.now()
        since = self._since.setdefault(circle.id, now)
        if not await self._taking_back.of(circle) and now - since < PATIENCE:
            return
        if await self._delete(circle.id):
            log.info("a closed circle was deleted", circle=circle.id)
            await self._last_word(circle)
        self._since.pop(circle.id, None)

    async def _delete(self, id_: CircleId) -> bool:
        """False where it was kept, or another process has deleted it."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.circles.hold(id_)
            try:
                circle = await tx.circles.get(id_)
            except NoCircle:
                return False
            if circle.closing is None or not circle.closing.over(now):
                return False
            for member in await tx.members.here(id_):
                with suppress(VaultError):  # what does not open is no reason to keep all the rest
                    await handed_on(tx, member, await tx.members.account(member.id))
            await tx.circles.delete(id_)
            await tx.commit()
        return True

    async def _last_word(self, circle: Circle) -> None:
        try:
            await self._messenger.deliver(circle, farewell(circle, self._clock.now()), None)
        except DeliveryError as error:
            log.info("nobody could be told that a circle was deleted", error=type(error).__name__)


async def _announced_again(tx: Transaction, circle: Circle, now: datetime) -> None:
    """The platform's event is looked after at once: while the circle closed, no next one was announced."""
    meeting = await tx.meetings.get(circle.id)
    if meeting is not None and not meeting.meeting.removed:
        await tx.meetings.put(replace(meeting, next_at=now, tries=0))
        await tx.meetings.let_go(circle.id)
