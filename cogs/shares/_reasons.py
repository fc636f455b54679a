"""The reasons that facilitators give: from the pack's kind words, in their own, or both."""

from typing import Any

import discord

from bot.domain.prompts import Content
from bot.services.reviewing import MAX_REASON
from cogs.forms import LONGEST, Fields, Form
from cogs.speech import Phrase, grouped, say
from cogs.words import clipped, lines

UNSEALING = Phrase(
    "**Only for safety.** The author chose to stay unnamed. Once you send this, who asked, when "
    "and why is written in the audit list and in the author's own list of who saw what, and they "
    "are told. Then you see who it is."
)


class _ReasonForm(Form):
    """A ready reason, own words, or both."""

    def __init__(self, title: str, custom_id: str, content: Content, description: str) -> None:
        super().__init__(title=title, custom_id=custom_id)
        ready: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="ready",
            required=False,
            min_values=0,
            max_values=1,
            options=[
                discord.SelectOption(
                    value=id_,
                    label=clipped(_capital(reason), 100),
                    description=clipped(content.texts[id_], 100),
                )
                for id_, reason in content.declines.items()
            ],
        )
        about = say("Kind words that stand ready; the author reads them in full.")
        self.add_item(discord.ui.Label(text=say("What it is about"), description=about, component=ready))
        self.add_item(discord.ui.Label(text=say("In your words"), description=description, component=_own()))


class AskForm(_ReasonForm):
    """What could be changed."""

    def __init__(self, share: int, content: Content) -> None:
        about = say("It reaches the author, who gets their words back to change. Either field is enough.")
        super().__init__(say("Ask to reword"), f"share:asking:{share}", content, about)


class DeclineForm(_ReasonForm):
    """Why it does not fit."""

    def __init__(self, share: int, content: Content) -> None:
        about = say("It reaches the author. Kind and plain; what would make it fit? Either field is enough.")
        super().__init__(say("Decline"), f"share:declining:{share}", content, about)


class UnsealForm(Form):
    """What follows, and the reason."""

    def __init__(self, share: int) -> None:
        super().__init__(title=say("Who wrote this?"), custom_id=f"share:unsealing:{share}")
        self.add_item(discord.ui.TextDisplay(UNSEALING()))
        self.add_item(
            discord.ui.Label(
                text=say("The reason"), description=say("The author reads it."), component=_own(required=True)
            )
        )


def given(fields: Fields, content: Content) -> str:
    """The reason as its author reads it; empty where none was given."""
    ready = [content.texts[id_] for id_ in fields.values("ready") if id_ in content.declines]
    return lines([*ready[:1], fields.text("reason")])


def _own(*, required: bool = False) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id="reason",
        style=discord.TextStyle.paragraph,
        placeholder=say("Up to {limit} characters, with the ready words.", limit=grouped(MAX_REASON)),
        required=required,
        max_length=LONGEST,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
