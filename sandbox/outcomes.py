"""What came of an interaction, as the person who began it sees it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.entities import Message

if TYPE_CHECKING:
    from sandbox.interactions import Interaction

OPEN = frozenset({"waiting", "thinking", "deferred"})


@dataclass(frozen=True, slots=True)
class Modal:
    """A form on the screen."""

    interaction: "Interaction"
    title: str
    custom_id: str
    components: list[dict[str, Any]]


@dataclass(slots=True, eq=False)
class Outcome:
    """`state`: waiting, thinking, deferred (nothing shows yet), answered, updated, modal, choices, failed."""

    state: str = "waiting"
    message: Message | None = None
    modal: Modal | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[dict[str, Any]] = field(default_factory=list)
    reason: str | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def became(self, state: str, **what: Any) -> None:
        """Takes the next state with what belongs to it."""
        self.state = state
        for name, value in what.items():
            setattr(self, name, value)
        self._changed.set()
        self._changed = asyncio.Event()

    async def first(self, within: float | None = None) -> "Outcome":
        """Waits for the first answer of any kind. Raises TimeoutError."""
        return await self._until(lambda: self.state != "waiting", within)

    async def settled(self, within: float | None = 5.0) -> "Outcome":
        """Waits until something that was deferred is there. Raises TimeoutError."""
        return await self._until(lambda: self.state not in OPEN, within)

    async def followed_up(self, count: int = 1, within: float | None = 5.0) -> "Outcome":
        """Waits for that many follow-up messages. Raises TimeoutError."""
        return await self._until(lambda: len(self.followups) >= count, within)

    async def _until(self, reached: Callable[[], bool], within: float | None) -> "Outcome":
        async with asyncio.timeout(within):
            while not reached():
                await self._changed.wait()
        return self
