"""Anyone finds crisis lines, joined or not, also while the database is down.

Export and forgetting: nothing here is about a member.
"""

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.lines import Help, help_for
from bot.domain.prompts import Content
from storage import Storage


class Lines:
    """The table's lines and each circle's own."""

    def __init__(
        self, storage: Storage, clock: Clock, content: Content, *, hide_unverified: bool = False
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._hide = hide_unverified

    async def help_for(
        self,
        actor: Actor,  # noqa: ARG002 - whose circle says the region: follows with local lines
        *,
        region: str | None = None,
        channel: str | None = None,  # noqa: ARG002
    ) -> Help:
        """The lines of a country by its code; of the actor's circle where none is named. Never raises."""
        return help_for(self._content.lines, region, self._clock.now().date(), hide=self._hide)
