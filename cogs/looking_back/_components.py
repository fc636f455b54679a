"""What can be pressed on one's own story; all of it private, all of it outlives a restart."""

import io
import re
from typing import Any

import discord

from bot.domain.ids import CircleId
from bot.domain.schedules import parse_date
from bot.services.looking_back import LookedBack
from cogs.actors import Interaction, actor_of
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.harmless import harmless
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.looking_back._story import ahead, as_text, told
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import clipped

ONLY_YOU = Phrase("Only you see this. What you keep here stays until you take it out.")
LONGEST = 3900  # characters of a description, with room to spare (Discord: 4,096)
OPTIONS = 25  # of a menu (Discord)
_WORDS = re.compile(r"(\d{4}-\d{2}-\d{2}):(\d{1,3})")
_PLACE = re.compile(r"(kept|day):(\d{1,2})")


class Aim(Pressed, template=rf"story:aim:({ROW_ID})"):
    """Opens the form of what the member is growing toward."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("What I'm growing toward"), f"story:aim:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """With what stands in it."""
        from cogs.looking_back._form import AimForm

        looked = await interaction.client.services.looking_back.of(actor_of(interaction), self.circle)
        await interaction.response.send_modal(AimForm(int(self.circle), looked.story))


class PlanHardDay(Pressed, template=rf"story:plan:({ROW_ID})"):
    """Opens the form of a hard day."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Plan a hard day"), f"story:plan:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """A new one; the same date again takes the place of the first."""
        from cogs.looking_back._form import HardDayForm

        await interaction.response.send_modal(HardDayForm(int(self.circle)))


class KeepWords(Pressed, template=rf"story:keep:({ROW_ID})"):
    """A menu of one's own words."""

    def __init__(self, circle: int, looked: LookedBack | None = None) -> None:
        offered = looked.words[:OPTIONS] if looked else ()
        options = [
            discord.SelectOption(
                label=clipped(" ".join(each.words.split()) or "-", 100),
                value=f"{each.on.isoformat()}:{place}",
                description=short_day(each.on, year=True),
            )
            for place, each in offered
        ]
        menu = discord.ui.Select[Any](
            custom_id=f"story:keep:{circle}",
            placeholder=say("Words worth keeping"),
            options=options or [discord.SelectOption(label="-", value="-")],
            max_values=max(len(options), 1),
        )
        super().__init__(menu)
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """They stay, also when the note that they stood in is over."""
        found = [_WORDS.fullmatch(each) for each in chosen(interaction)]
        places = [(parse_date(match[1]), int(match[2])) for match in found if match]
        actor = actor_of(interaction)
        looked = await interaction.client.services.looking_back.keep(actor, self.circle, places)
        await in_place(interaction, story_look(looked, say("Kept, for you alone.")))


class TakeOut(Pressed, template=rf"story:out:({ROW_ID})"):
    """A menu of what is kept, to take one out."""

    def __init__(self, circle: int, looked: LookedBack | None = None) -> None:
        options = _kept(looked) if looked else []
        menu = discord.ui.Select[Any](
            custom_id=f"story:out:{circle}",
            placeholder=say("Take one out"),
            options=options or [discord.SelectOption(label="-", value="-")],
        )
        super().__init__(menu)
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """At once."""
        match = _PLACE.fullmatch(next(iter(chosen(interaction)), ""))
        places = {match[1]: int(match[2])} if match else {}
        service, actor = interaction.client.services.looking_back, actor_of(interaction)
        looked = await service.take_out(
            actor, self.circle, kept=places.get("kept"), hard_day=places.get("day")
        )
        await in_place(interaction, story_look(looked, say("Taken out.")))


class GiveStory(Pressed, template=rf"story:file:({ROW_ID}):([0-9]{{1,4}})"):
    """Hands the story out; the second number is the year, or 0."""

    def __init__(self, circle: int, year: int) -> None:
        super().__init__(button(say("Give it to me as a file"), f"story:file:{circle}:{year}"))
        self.circle, self.year = CircleId(circle), year

    async def pressed(self, interaction: Interaction) -> None:
        """As a text file that only they see."""
        actor = actor_of(interaction)
        looked = await interaction.client.services.looking_back.of(actor, self.circle, self.year or None)
        file = discord.File(io.BytesIO(as_text(looked).encode()), "looking-back.txt")
        await interaction.response.send_message(
            say("Here it is, for your eyes alone."), file=file, ephemeral=True
        )


class ShowStory(Pressed, template=rf"story:show:({ROW_ID})"):
    """Shows it from somewhere else."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Looking back"), f"story:show:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """The last twelve months."""
        looked = await interaction.client.services.looking_back.of(actor_of(interaction), self.circle)
        await in_place(interaction, story_look(looked))


def story_look(looked: LookedBack, said: str = "") -> Told:
    """The story, what is ahead, and what can be pressed."""
    circle, year = int(looked.circle.id), looked.year
    paragraphs = clipped("\n\n".join(told(looked, harmless)), LONGEST)
    embed = calm(title=say("Looking back"), description=paragraphs)
    for name, said_ in ahead(looked, harmless).items():
        embed.add_field(name=name, value=clipped(said_, 1024), inline=False)
    embed.set_footer(text=ONLY_YOU())
    ways: list[Pressed] = [KeepWords(circle, looked)] if looked.words else []
    if looked.story.kept or looked.story.hard_days:
        ways.append(TakeOut(circle, looked))
    whole = (year.first.month, year.first.day) == (1, 1) and year.last != looked.today
    ways += [Aim(circle), PlanHardDay(circle), GiveStory(circle, year.first.year if whole else 0)]
    return Told(said, embed=embed, view=Panel(*ways))


def _kept(looked: LookedBack) -> list[discord.SelectOption]:
    days = [
        discord.SelectOption(label=clipped(each.name, 100), value=f"day:{n}")
        for n, each in enumerate(looked.story.hard_days)
    ]
    words = [
        discord.SelectOption(label=clipped(" ".join(each.words.split()) or "-", 100), value=f"kept:{n}")
        for n, each in enumerate(looked.story.kept)
    ]
    return [*days, *reversed(words)][:OPTIONS]
