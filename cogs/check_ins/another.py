"""Another question for a member who leaves the running theme out, before an answer button does its work."""

import re
from typing import Self

from bot.domain.circles import Sharing
from bot.domain.ids import OccurrenceId
from bot.domain.prompts import Content, ShareRule
from bot.services.themes import Another
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import blanks_kept, clipped, in_words

MOST_TURNS = 999
AGAIN = Phrase("You take this theme up again, so its own question is yours.")
SAID = Phrase(
    "This week's theme is one that you leave out, and that's fine. Here is another question, for "
    "you alone. You can answer it, take the next one, or let it be."
)


async def offered_another(interaction: Interaction, occurrence: int) -> bool:
    """Shows it with the ways on, where the presser leaves this theme out; False for everyone else."""
    found = await _another(interaction, occurrence, 0)
    if found is None:
        return False
    await answer(interaction, _look(found, occurrence, 0, interaction.client.content))
    return True


class NextQuestion(Pressed, template=rf"check-in:next:(?P<occurrence>{ROW_ID}):(?P<turn>[0-9]{{1,3}})"):
    """Shows yet another one, in its place."""

    def __init__(self, occurrence: int, turn: int) -> None:
        super().__init__(button(say("Another question"), f"check-in:next:{occurrence}:{turn}"))
        self.occurrence, self.turn = occurrence, turn

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match["occurrence"]), int(match["turn"]))

    async def pressed(self, interaction: Interaction) -> None:
        """The next one; where the theme was taken up again meanwhile, the way on alone."""
        from cogs.check_ins._components import AddMore

        found = await _another(interaction, self.occurrence, self.turn)
        if found is None:
            await in_place(interaction, Told(AGAIN(), view=Panel(AddMore(self.occurrence))))
            return
        await in_place(interaction, _look(found, self.occurrence, self.turn, interaction.client.content))


async def _another(interaction: Interaction, occurrence: int, turn: int) -> Another | None:
    themes = interaction.client.services.themes
    return await themes.another(actor_of(interaction), OccurrenceId(occurrence), turn)


def _look(found: Another, occurrence: int, turn: int, content: Content) -> Told:
    from cogs.check_ins._components import AddMore, AnswerPrivately
    from cogs.shares.offering import OfferFreely

    prompt = in_words(found.prompt, content)
    ways: list[Pressed] = [AddMore(occurrence, AnswerPrivately.label)]
    if found.circle.settings.sharing is not Sharing.OFF and prompt.share is not ShareRule.PRIVATE:
        ways.append(OfferFreely(int(found.circle.id)))
    ways.append(NextQuestion(occurrence, (turn + 1) % MOST_TURNS))
    embed = calm(title=clipped(prompt.title, 256), description=blanks_kept(prompt.text))
    return Told(SAID(), embed=embed, view=Panel(*ways))
