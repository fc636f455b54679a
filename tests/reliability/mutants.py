"""Faults put into the bot on purpose, in its own process: the suite is to notice each of them."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex
from typing import Any

Mutant = Callable[[], None]


def mark_before_send() -> None:
    """A post counts as sent before it is: a crash between the two loses it."""
    from bot.services._sending import Sending

    post: Any = Sending._post

    async def instead(self: Any, circle: Any, occurrence: Any) -> str:
        await self._sent(occurrence, "1")
        return str(await post(self, circle, occurrence))

    Sending._post = instead  # type: ignore[method-assign]


def no_nonce() -> None:
    """Each try has a nonce of its own, as discord.py makes it: a repeated one is posted again."""
    from bot.domain.occurrences import Occurrence
    from bot.domain.outbox import Letter

    for kind in (Occurrence, Letter):
        kind.nonce = property(lambda _: f"trellis-{token_hex(6)}")  # type: ignore[method-assign, assignment]


def acknowledge_before_commit() -> None:
    """On SQLite: `commit()` returns at once, and the disk hears of it a twentieth of a second later."""
    from storage.writer import Unit, Writer

    say: Any = Writer._say

    async def hasty(self: Any) -> None:
        self.done.set_result(True)

    async def late(self: Any, words: str) -> list[Any]:
        await asyncio.sleep(0.05 if words == "COMMIT" else 0)
        return list(await say(self, words))

    Unit._committed = hasty  # type: ignore[method-assign]
    Writer._say = late  # type: ignore[method-assign]


def never_settle() -> None:
    """Claims that no send came back from are left alone."""
    from bot.services.dispatch import Dispatch

    async def settle(_: Any) -> None:
        return None

    Dispatch.settle = settle  # type: ignore[method-assign]


def deliver_before_send() -> None:
    """A letter counts as delivered when it is taken."""
    from bot.services.letters import Letters

    sent: Any = Letters._sent

    async def instead(self: Any, circle: Any, letter: Any, account: Any) -> Any:
        async with self._storage.begin() as tx:
            await tx.outbox.delivered(letter.id, self._clock.now(), "1")
            await tx.commit()
        return await sent(self, circle, letter, account)

    Letters._sent = instead  # type: ignore[method-assign]


def trust_the_nonce_for_ever() -> None:
    """Nothing is looked for, however long the bot was away."""
    from bot.services import _arrived, _sending

    for module in (_arrived, _sending):
        module.NONCE_WINDOW = timedelta(days=1)


def keep_no_words() -> None:
    """What could not be kept does not come back to who wrote it."""
    from cogs.check_ins import _answering

    async def instead(_interaction: Any, error: Exception, *_: Any) -> None:
        raise error

    _answering.give_back = instead


MUTANTS: dict[str, Mutant] = {
    each.__name__.replace("_", "-"): each
    for each in (
        mark_before_send,
        no_nonce,
        acknowledge_before_commit,
        never_settle,
        deliver_before_send,
        trust_the_nonce_for_ever,
        keep_no_words,
    )
}
