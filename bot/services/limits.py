"""One person's costly acts are counted, so that nobody's are everybody's wait.

In memory alone, under a hash whose key this process made: a restart forgets all, and nothing here could say
whose it was. Several processes count apart. Export and forgetting: nothing is kept.
"""

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.limits import Costly, taken

MOST = 10_000  # remembered; who came first is forgotten first


class Limits:
    """What each may still have. Help, a wish for a person and words like danger never come here."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._full_at: OrderedDict[bytes, datetime] = OrderedDict()

    def take(self, actor: Actor, what: Costly) -> None:
        """Counts one. Raises TooOften, and then counts none."""
        key = self._of(actor, what)
        full_at = taken(self._full_at.get(key), what.value, self._clock.now())
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        while len(self._full_at) > MOST:
            self._full_at.popitem(last=False)

    def _of(self, actor: Actor, what: Costly) -> bytes:
        named = f"{what.name}\0{actor.account.platform}\0{actor.account.id}"
        return hashlib.blake2b(named.encode(), key=self._secret, digest_size=16).digest()
