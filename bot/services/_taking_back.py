"""Takes back what stands on the platform by us for a circle that ends: as far as it can be reached, no more.

Rules, a slower pace, the announced meeting, threads of pairs, people's own rests from posting; and the cards
of alerts name nobody any more. Each by itself: one that fails holds up no other, and none a deletion.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError, Unreachable, VaultError
from bot.domain.meetings import Standing
from bot.domain.outbox import Letter
from bot.domain.paces import Slowed
from bot.domain.pairs import ended
from bot.services._alerting import ALERT
from bot.services._pairing import shown
from bot.services.guards import Guards
from bot.services.messenger import AlertNote, Messenger, PairShown
from storage import Storage
from storage.transaction import Reading

LONGEST = timedelta(seconds=60)  # that all of a circle's may take; other circles wait meanwhile

log = structlog.get_logger(__name__)

Step = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class _Left:
    """What there is to take back."""

    meeting: Standing | None
    slowed: Slowed | None
    pairs: tuple[PairShown, ...] = field(repr=False)
    hushed: tuple[tuple[Account, datetime], ...] = field(repr=False)
    cards: tuple[Letter, ...] = field(repr=False)


class TakingBack:
    """Fine where it was done before."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger, guards: Guards) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._guards = guards

    async def of(self, circle: Circle) -> bool:
        """Whether it is done, as far as it ever can be; False: it may go better a little later."""
        now = self._clock.now()
        try:
            async with self._storage.read() as tx:
                left = await _left(tx, circle, now)
            async with asyncio.timeout(LONGEST.total_seconds()):
                return all([await _done(step) for step in self._steps(circle, left, now)])
        except (TimeoutError, VaultError) as error:
            log.warning("not all of a closed circle could be taken back", error=type(error).__name__)
            return False

    def _steps(self, circle: Circle, left: _Left, now: datetime) -> list[Step]:
        face = self._messenger
        steps: list[Step] = [partial(self._out_of_the_rules, circle)]
        if left.slowed is not None:
            steps.append(partial(self._as_fast_as_before, circle, left.slowed))
        if left.meeting is not None:
            steps.append(partial(face.cancel_meeting, circle, left.meeting.event))
        steps += [partial(face.close_pair, pair) for pair in left.pairs]
        steps += [partial(face.unhush, circle, account, until) for account, until in left.hushed]
        return steps + [partial(self._naming_nobody, circle, card, now) for card in left.cards]

    async def _out_of_the_rules(self, circle: Circle) -> None:
        if not await self._guards.let_go(circle.id):
            raise Unreachable  # or not permitted, which a person may mend in the same minutes

    async def _as_fast_as_before(self, circle: Circle, slowed: Slowed) -> None:
        """Unless somebody has set another pace since."""
        if await self._messenger.pace(circle) == slowed.seconds:
            await self._messenger.set_pace(circle, slowed.before)

    async def _naming_nobody(self, circle: Circle, card: Letter, now: datetime) -> None:
        note = AlertNote(circle=circle, letter=card, alerts=(), now=now)
        await self._messenger.revise_alert(note, card.message or "")


async def _done(step: Step) -> bool:
    try:
        await step()
    except Unreachable:
        return False
    except DeliveryError as error:
        log.info("something of a closed circle stays on the platform", error=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - whatever it is, it keeps no member's things from being deleted
        log.warning("something of a closed circle could not be taken back", error=type(error).__name__)
    return True


async def _left(tx: Reading, circle: Circle, now: datetime) -> _Left:
    threads = [each for each in await tx.pairs.going_on(circle.id) if each.thread is not None]
    return _Left(
        meeting=await tx.meetings.get(circle.id),
        slowed=await tx.slow_modes.of(circle.id),
        pairs=tuple([await shown(tx, ended(each, now)) for each in threads]),
        hushed=tuple(await _hushed(tx, circle, now)),
        cards=tuple([each for each in await tx.outbox.posted(circle.id, ALERT) if each.message]),
    )


async def _hushed(tx: Reading, circle: Circle, now: datetime) -> list[tuple[Account, datetime]]:
    """Whose posting rests by us on the server, and by no other circle of theirs there: until when."""
    found = []
    for member in await tx.members.here(circle.id):
        mute = await tx.mutes.of(member.id)
        if mute is None or mute.posting is None or mute.posting <= now:
            continue
        account = await tx.members.account(member.id)
        others = [each for each in await tx.members.of(account) if each.id != member.id and each.active]
        servers = {(await tx.circles.get(each.circle)).home.server for each in others}
        if circle.home.server not in servers:
            found.append((account, mute.posting))
    return found
