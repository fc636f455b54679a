"""What can be pressed: naming someone, what they see, a ready word, and the end; each outlives a restart."""

import re
from typing import Any

import discord

from bot.domain.ids import CircleId, CommitmentId
from bot.domain.practice_errors import ItTakesTwo
from bot.domain.prompts import Content
from bot.services.partners import PartnerShown
from cogs.actors import Interaction, account_of, actor_of
from cogs.commitments._look import title
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.partners._look import ENDED, NOBODY, SENT, WAITING, alongside
from cogs.replies import in_place
from cogs.speech import Phrase, Words, say
from cogs.words import clipped, text

END_IT = Phrase("End it")
_SNOWFLAKE = re.compile(r"[0-9]{1,20}")
WORDS = tuple(f"cr-enc-{n}" for n in range(1, 7))


class ShowPartner(Pressed, template=rf"partner:open:({ROW_ID})"):
    """Shows it from somewhere else."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Alongside me"), f"partner:open:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """How it stands."""
        shown = await interaction.client.services.partners.of(actor_of(interaction), self.circle)
        await in_place(interaction, partner_look(shown, interaction.client.content))


class NamePerson(Pressed, template=rf"partner:name:({ROW_ID})"):
    """A menu of the server's people."""

    def __init__(self, circle: int) -> None:
        super().__init__(
            discord.ui.UserSelect[Any](
                custom_id=f"partner:name:{circle}", placeholder=say("Whom would you like alongside you?")
            )
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Names them; they learn nothing of it unless they have named this member too."""
        given = next(iter(chosen(interaction)), "")
        if not _SNOWFLAKE.fullmatch(given) or _is_bot(interaction, given):
            raise ItTakesTwo
        partners = interaction.client.services.partners
        shown = await partners.name(actor_of(interaction), self.circle, account_of(int(given)))
        await in_place(interaction, partner_look(shown, interaction.client.content))


class ChooseShown(Pressed, template=rf"partner:show:({ROW_ID})"):
    """A menu of one's own commitments: which of them the other sees."""

    def __init__(self, circle: int, shown: PartnerShown | None = None) -> None:
        options = (
            []
            if shown is None
            else [
                discord.SelectOption(
                    label=title(each, 100), value=str(each.id), default=each.id in shown.shows
                )
                for each in shown.live
            ]
        )
        super().__init__(
            discord.ui.Select[Any](
                custom_id=f"partner:show:{circle}",
                placeholder=say("What they see of yours: nothing so far"),
                options=options or [discord.SelectOption(label="-", value="-")],
                min_values=0,
                max_values=max(len(options), 1),
            )
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Exactly these from now on."""
        ids = {CommitmentId(int(each)) for each in chosen(interaction) if re.fullmatch(ROW_ID, each)}
        shown = await interaction.client.services.partners.show(actor_of(interaction), self.circle, ids)
        await in_place(interaction, partner_look(shown, interaction.client.content))


class SendWord(Pressed, template=rf"partner:send:({ROW_ID})"):
    """A menu of ready words."""

    def __init__(self, circle: int, content: Content | None = None) -> None:
        options = (
            []
            if content is None
            else [discord.SelectOption(label=clipped(text(content, id_), 100), value=id_) for id_ in WORDS]
        )
        super().__init__(
            discord.ui.Select[Any](
                custom_id=f"partner:send:{circle}",
                placeholder=say("Send a word of encouragement"),
                options=options or [discord.SelectOption(label="-", value="-")],
            )
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """One a day."""
        partners, actor = interaction.client.services.partners, actor_of(interaction)
        word = next((each for each in chosen(interaction) if each in WORDS), WORDS[0])
        await partners.send(actor, self.circle, word)
        told = partner_look(await partners.of(actor, self.circle), interaction.client.content)
        said = SENT(word=text(interaction.client.content, word))
        await in_place(interaction, Told(said, embed=told.embed, view=told.view))


class EndIt(Pressed, template=rf"partner:end:({ROW_ID})"):
    """Ends it, or takes a naming back; no reason is asked."""

    def __init__(self, circle: int, label: Words = END_IT) -> None:
        super().__init__(button(label, f"partner:end:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """At once."""
        circle = await interaction.client.services.partners.end(actor_of(interaction), self.circle)
        await in_place(interaction, Told(ENDED(), view=Panel(NamePerson(int(circle.id)))))


def partner_look(shown: PartnerShown, content: Content) -> Told:
    """How it stands, with what can be done now."""
    circle = int(shown.circle.id)
    if shown.named is None:
        return Told(NOBODY(), view=Panel(NamePerson(circle)))
    ways: list[Pressed] = [ChooseShown(circle, shown)] if shown.live else []
    if not shown.mutual:
        said = WAITING(who=f"<@{shown.named.id}>")
        return Told(said, view=Panel(*ways, EndIt(circle, say("Take it back"))))
    if not shown.sent:
        ways.append(SendWord(circle, content))
    return Told("", embed=alongside(shown, content), view=Panel(*ways, EndIt(circle)))


def _is_bot(interaction: Interaction, id_: str) -> bool:
    data: Any = interaction.data or {}
    users = data.get("resolved", {}).get("users", {}) if isinstance(data.get("resolved"), dict) else {}
    user = users.get(id_) if isinstance(users, dict) else None
    return isinstance(user, dict) and bool(user.get("bot"))
