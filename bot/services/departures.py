"""Who has left the platform's server is treated as leaving; only its own definite word says so, no silence.

Without a list of members Trellis asks once a day for each, a few a minute. An outage, a refusal, or that we
were removed from a server ourselves, says nothing about anybody. Who is back within GRACE is a member again.
Export: that a departure was noticed stands among the member's letters. Forgetting: it goes with their key.
"""

import structlog

from bot.clock import Clock
from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError, NoCircle, Unreachable
from bot.domain.ids import MemberId
from bot.domain.members import Member, leaving, returning
from bot.domain.outbox import Recipient
from bot.domain.shares import OPEN, withdrawn
from bot.services._safety_maps import handed_on
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading, Transaction

PARTS = 24 * 60  # of a day: each member is asked for in the minute that their id falls on
AT_ONCE = 5  # members a tick
BACKLOG = 30  # ticks within which a longer queue is worked off
DEPARTED = "departed"  # a note that never leaves: this leaving was noticed, so a coming back ends it

log = structlog.get_logger(__name__)


class Departures:
    """Works by itself; nobody calls it."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._until: int | None = None  # the minute up to which members were taken up
        self._waiting: dict[MemberId, None] = {}  # in this order; after a restart the morrow asks again

    async def tick(self) -> None:
        """Asks for the next few; for each minute. Where the platform is away, the rest waits."""
        await self._take_up()
        for id_ in list(self._waiting)[: max(AT_ONCE, len(self._waiting) // BACKLOG)]:
            del self._waiting[id_]
            try:
                await self._ask(id_)
            except Unreachable:
                self._waiting[id_] = None
                return
            except DeliveryError as error:
                log.info("a member could not be asked for", error=type(error).__name__)

    async def _take_up(self) -> None:
        minute = int(self._clock.now().timestamp() // 60)
        first = minute if self._until is None else max(self._until + 1, minute - PARTS + 1)
        self._until = minute
        parts = {each % PARTS for each in range(first, minute + 1)}
        if parts:
            async with self._storage.read() as tx:
                found = await tx.members.in_parts(parts, PARTS)
            self._waiting |= dict.fromkeys(found)

    async def _ask(self, id_: MemberId) -> None:
        asked = await self._asked(id_)
        if asked is None:
            return
        circle, account, active = asked
        if await self._messenger.present(circle, account) is active:
            return
        async with self._storage.begin() as tx:
            member = await tx.members.get(id_)
            if member is None or member.active is not active:
                return  # decided for themself meanwhile
            await (self._gone(tx, member) if active else self._back(tx, member))
            await tx.commit()

    async def _asked(self, id_: MemberId) -> tuple[Circle, Account, bool] | None:
        """Where, who, and whether they are a member now; None where it is not to be asked."""
        async with self._storage.read() as tx:
            member = await tx.members.get(id_)
            if member is None or not (member.active or await _departed(tx, member)):
                return None  # deleted, or left by their own word, which their being there does not change
            try:
                circle = await tx.circles.get(member.circle)
            except NoCircle:
                return None
            return circle, await tx.members.account(id_), member.active

    async def _gone(self, tx: Transaction, member: Member) -> None:
        now = self._clock.now()
        await handed_on(tx, member, await tx.members.account(member.id))
        await tx.members.put(leaving(member, now))
        for share in await tx.shares.of(member.id):
            if share.review in OPEN:
                await tx.shares.put(withdrawn(share, now), was=share.review)
        facts = {"left": int(now.timestamp())}
        note = await tx.outbox.add(member.circle, Recipient.MEMBER, DEPARTED, facts, now, member=member.id)
        await tx.outbox.delivered(note.id, now, "")
        log.info("a member has left the server")

    async def _back(self, tx: Transaction, member: Member) -> None:
        if member.delete_at is not None and member.delete_at > self._clock.now():
            await tx.members.put(returning(member))
            log.info("a member is back on the server")


async def _departed(tx: Reading, member: Member) -> bool:
    """Whether this leaving is one that was noticed here."""
    if member.left_at is None:
        return False
    return await tx.outbox.latest(member.id, DEPARTED, {"left": int(member.left_at.timestamp())}) is not None
