"""The script builder: blanks filled in give a sentence back; it is kept only if its member asks for that."""

import re
from typing import Any, Self

import discord

from bot.domain.ids import AttemptId, CircleId, PromptId
from bot.domain.ladder import BLANKS, blanks, built
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import Fields, Form
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import blanks_kept, clipped, in_words

CHALLENGE = r"bd-[0-9]{3}"
HERE = Phrase("Here it is, for your eyes alone. It is kept nowhere unless you say so.")
FIELD = 200  # characters


class WordsForm(Form):
    """A field for each blank, with the words around it."""

    def __init__(self, attempt: int, circle: int, challenge: str, script: str) -> None:
        super().__init__(
            title=say("Build the words"), custom_id=f"boundary:building:{attempt}:{circle}:{challenge}"
        )
        parts = re.split(r"_{3,}", script)
        for n in range(min(blanks(script), BLANKS)):
            around = f"{_tail(parts[n])} … {_head(parts[n + 1])}".strip()
            field = discord.ui.TextInput[Any](custom_id=f"blank{n}", required=False, max_length=FIELD)
            self.add_item(
                discord.ui.Label(
                    text=say("Blank {number}", number=n + 1),
                    description=clipped(around, 100),
                    component=field,
                )
            )


class BuildWords(Pressed, template=rf"boundary:words:({ROW_ID}):({ROW_ID}):({CHALLENGE})"):
    """Opens the form; the first id is the attempt's, or 0."""

    def __init__(self, attempt: int, circle: int, challenge: str) -> None:
        super().__init__(button(say("Build the words"), f"boundary:words:{attempt}:{circle}:{challenge}"))
        self.attempt, self.circle, self.challenge = attempt, CircleId(circle), PromptId(challenge)

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), int(match[2]), match[3])

    async def pressed(self, interaction: Interaction) -> None:
        """With a field a blank."""
        ladder = interaction.client.services.ladder
        _, prompt = await ladder.challenge(actor_of(interaction), self.circle, self.challenge)
        script = in_words(prompt, interaction.client.content).script
        form = WordsForm(self.attempt, int(self.circle), self.challenge, script)
        await interaction.response.send_modal(form)


class KeepWords(Pressed, template=rf"boundary:keep:({ROW_ID})"):
    """Keeps the sentence that stands above it, with its attempt."""

    def __init__(self, attempt: int) -> None:
        super().__init__(button(say("Keep these words"), f"boundary:keep:{attempt}"))
        self.attempt = AttemptId(attempt)

    async def pressed(self, interaction: Interaction) -> None:
        """Encrypted, like all of it."""
        message = interaction.message
        shown = (message.embeds[0].description or "") if message and message.embeds else ""
        words = shown.replace("\\_", "_")
        await interaction.client.services.ladder.keep_words(actor_of(interaction), self.attempt, words)
        await in_place(interaction, Told(say("Kept, for you alone. You find it under `/boundary mine`.")))


async def submitted(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The sentence, given back."""
    ladder = interaction.client.services.ladder
    _, prompt = await ladder.challenge(actor_of(interaction), CircleId(int(match[2])), PromptId(match[3]))
    script = in_words(prompt, interaction.client.content).script
    said = built(script, [fields.text(f"blank{n}") for n in range(BLANKS)])
    attempt = int(match[1])
    view = Panel(KeepWords(attempt)) if attempt else None
    await answer(
        interaction,
        Told(
            HERE(),
            embed=calm(title=say("Your words"), description=blanks_kept(clipped(said, 2000))),
            view=view,
        ),
    )


def _tail(part: str) -> str:
    return part[-40:].lstrip(". ") if len(part) > 40 else part


def _head(part: str) -> str:
    return part[:40]
