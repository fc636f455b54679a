"""Whether a letter stands already: looked for before it is tried again, once its nonce is forgotten.

A try without an answer may have been applied, as before a crash. Within NONCE_WINDOW the same nonce makes a
second one the first; after a longer absence what stands there is compared with what the letter says.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.domain.errors import DeliveryError, Unreachable
from bot.domain.outbox import Letter
from bot.services._sending import NONCE_WINDOW
from storage import Storage

AROUND = timedelta(minutes=10)  # before it was written: clocks differ

Look = Callable[[frozenset[str]], Awaitable[str | None]]  # past these messages, which are other letters'


async def arrived(storage: Storage, letter: Letter, now: datetime, look: Look) -> str | None:
    """The message in which it stands; None where it is to be sent. Raises Unreachable.

    A place that cannot be looked through is one that takes no letter either: sending says why.
    """
    if not letter.tries or now - letter.written_at <= NONCE_WINDOW:
        return None
    async with storage.read() as tx:
        others = await tx.outbox.messages(letter.circle, letter.written_at - AROUND)
    try:
        return await look(others)
    except Unreachable:
        raise
    except DeliveryError:
        return None
