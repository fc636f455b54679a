"""What can be pressed in a pair's thread, and by a facilitator who comes to listen."""

import re
from typing import Self

from bot.domain.ids import PairId
from bot.domain.pairs import Press
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Pressed, button
from cogs.pairs._look import LABELS, card
from cogs.speech import Phrase, say, speaking

COME_IN = Phrase("You can read along now: <#{thread}>. Both of them were told that one of you may.")


class TakeTurn(Pressed, template=rf"pair:turn:({ROW_ID}):({'|'.join(Press)})"):
    """One of the two goes a step on, takes more time, or steps out."""

    def __init__(self, pair: int, press: Press) -> None:
        super().__init__(button(LABELS[press], f"pair:turn:{pair}:{press.value}"))
        self.pair, self.press = PairId(pair), press

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), Press(match[2]))

    async def pressed(self, interaction: Interaction) -> None:
        """The card changes for both."""
        shown = await interaction.client.services.pairs.press(actor_of(interaction), self.pair, self.press)
        with speaking(shown.circle.settings.language):
            look = card(shown)
        await interaction.response.edit_message(**look)


class ListenAlong(Pressed, template=rf"pair:listen:({ROW_ID})"):
    """A facilitator comes to read along, where it was wished for."""

    def __init__(self, pair: int) -> None:
        super().__init__(button(say("I'll listen"), f"pair:listen:{pair}"))
        self.pair = PairId(pair)

    async def pressed(self, interaction: Interaction) -> None:
        """They are added to the thread."""
        from cogs.delivering import delivering

        shown = await interaction.client.services.pairs.listen(actor_of(interaction), self.pair)
        thread = int(shown.pair.thread or 0)
        with delivering():
            await interaction.client.http.add_user_to_thread(thread, interaction.user.id)
        await answer(interaction, Told(COME_IN(thread=thread)))
