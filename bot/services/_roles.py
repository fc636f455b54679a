"""Whether who is on duty still facilitates: the platform's own definite word alone ends a turn."""

from collections.abc import Collection, Iterable
from datetime import datetime

import structlog

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.duty import Duty
from bot.domain.errors import DeliveryError
from bot.services._watching import look
from bot.services.messenger import Messenger
from storage import Storage

log = structlog.get_logger(__name__)


async def who_facilitate(
    messenger: Messenger, circle: Circle, duties: Iterable[Duty], *, first: bool = False
) -> tuple[list[Account], list[Duty]]:
    """Those of them who still do (of whom nothing definite is known do); `first`: no more than one."""
    there, gone = [], []
    for duty in duties:
        if not await still_facilitates(messenger, circle, duty.account):
            gone.append(duty)
            continue
        there.append(duty.account)
        if first:
            break
    return there, gone


async def still_facilitates(messenger: Messenger, circle: Circle, account: Account) -> bool:
    """Whether they do; of whom nothing definite is known does."""
    try:
        return await messenger.holds_role(circle, account)
    except DeliveryError as error:
        log.info("a role could not be asked for", error=type(error).__name__)
        return True


async def end_lost(storage: Storage, lost: Collection[Duty], now: datetime) -> None:
    """Who facilitates no more is on no rota."""
    async with storage.begin() as tx:
        for duty in lost:
            await tx.duty.remove(duty.id)
        for circle in sorted({duty.circle for duty in lost}):
            await look(tx, circle, now)
        await tx.commit()
