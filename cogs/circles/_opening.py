"""What follows a setup: the welcome card for all, and the next steps for the facilitator."""

import discord
import structlog

from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError
from cogs.actors import Interaction, actor_of
from cogs.circles._components import PostNow, PostWelcome, SeeStatus
from cogs.circles._welcome import welcome
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.messenger import say
from cogs.permissions import CANNOT_PING, cannot_ping
from cogs.sentences import sentence, stamp

log = structlog.get_logger()


async def opened(interaction: Interaction, circle: Circle) -> Told:
    """Posts the welcome card and says what comes next. A card that could not be posted is offered again."""
    services = interaction.client.services
    schedules = await services.schedules.list(actor_of(interaction), circle.id)
    dues = sorted(due.at for _, nexts, _ in schedules for due in nexts)
    name = discord.utils.escape_markdown(circle.name)
    lines = [f"**{name}** stands, in <#{circle.home.channel}>."]
    if dues:
        lines.append(f"The first check-in is posted {stamp(dues[0], 'F')} ({stamp(dues[0], 'R')}).")
    buttons: list[Pressed] = [PostNow(circle.id), SeeStatus(circle.id)]
    try:
        card = welcome(circle, interaction.client.content)
        await services.circles.welcomed(circle.id, await say(interaction.client, circle, **card))
        lines.append("The welcome card is up there, with the agreement and **Join**.")
    except DeliveryError as error:
        log.warning("welcome card not posted", circle=circle.id, error=type(error).__name__)
        lines.append(f"The welcome card is not up yet. {sentence(error)}")
        buttons.append(PostWelcome(circle.id))
    if cannot_ping(interaction.client, circle.home):
        lines.append(CANNOT_PING.format(channel=circle.home.facilitators, role=circle.home.role))
    lines.append("You might pin the welcome card: the first week refers to the agreement in it.")
    lines.append(
        "Facilitators without Manage Server can be given `/circle` and `/schedule` in Discord under "
        "*Server Settings → Integrations → Trellis*."
    )
    return Told("\n".join(lines), view=Panel(*buttons))
