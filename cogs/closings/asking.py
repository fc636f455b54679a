"""`/circle close` asks before anything happens; `/circle resume` keeps a circle that closes."""

import discord

from bot.domain.circles import Circle, paused_at
from cogs.actors import Interaction, actor_of
from cogs.closings.components import CloseCircle, LeaveOpen, standing
from cogs.closings.said import kept
from cogs.errors import Told
from cogs.items import Panel
from cogs.speech import Phrase, say
from cogs.words import lines

AT_ONCE = Phrase(
    "- **At once** I post nothing any more: no check-in, no reminder of a meeting, no nudge, no "
    "digest, no new pairs. Nobody new can join, and no new words are taken for the channel. "
    "<#{channel}> and <#{facilitators}> read it, with the date."
)
MEANWHILE = Phrase(
    "- **For 7 days** everything is still there. Everybody can take what is theirs along, with "
    "**Export** under `/privacy`. Check-ins, exercises, `/help-now`, alerts and **I'd like a "
    "person** go on. Any facilitator can keep the circle after all."
)
THEN = Phrase(
    "- **Then** all that I keep of the circle is deleted, its members' keys with it, so that "
    "nothing of theirs can be read in my backups either. The circle's own lists stand there, "
    "sealed, until those backups are replaced."
)
STAYS = Phrase("- **Discord** keeps the posts in the channel.")
FILE = Phrase(
    "With the press you get a file of what is the circle's own: settings, agreement, plan and own "
    "texts, schedules, help lines, who did what as a facilitator (as numbers), weeks in bands, "
    "promise log, duty. Nothing of any member is in it."
)


async def asked(interaction: Interaction, circle: Circle) -> Told:
    """What would happen, with the two ways; or how it stands, where it happens already."""
    circles = interaction.client.services.circles
    circle = await circles.as_facilitator(actor_of(interaction), circle.id)
    already = standing(circle)
    if already is not None:
        return already
    home, name = circle.home, discord.utils.escape_markdown(circle.name)
    at_once = AT_ONCE(channel=home.channel, facilitators=home.facilitators)
    means = f"{at_once}\n{MEANWHILE}\n{THEN}\n{STAYS}"
    said = lines([say("Closing **{name}** means:", name=name), means, FILE()])
    return Told(said, view=Panel(CloseCircle(int(circle.id)), LeaveOpen(int(circle.id))))


async def kept_open(interaction: Interaction, circle: Circle) -> Told | None:
    """Keeps a circle that closes, and says so; None where it does not close."""
    if circle.closing is None:
        return None
    circle = await interaction.client.services.closings.keep(actor_of(interaction), circle.id)
    return Told(kept(circle, rests=paused_at(circle, interaction.client.clock.now())))
