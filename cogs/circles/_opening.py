"""What follows a setup: the welcome card for all, and the next steps for the facilitator."""

from typing import TYPE_CHECKING

import discord
import structlog
from discord.app_commands import ContextMenu

from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError
from bot.domain.languages import NATIVE
from cogs.actors import Interaction, actor_of
from cogs.circles._components import PostNow, PostWelcome, SeeStatus
from cogs.circles._welcome import welcome
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.messenger import tell_circle
from cogs.permissions import CANNOT_PING, cannot_ping
from cogs.sentences import sentence, stamp
from cogs.speech import say

if TYPE_CHECKING:
    from cogs.client import TrellisClient

log = structlog.get_logger()


async def opened(interaction: Interaction, circle: Circle) -> Told:
    """Posts the welcome card and says what comes next. A card that could not be posted is offered again."""
    services = interaction.client.services
    schedules = await services.schedules.list(actor_of(interaction), circle.id)
    dues = sorted(due.at for _, nexts, _ in schedules for due in nexts)
    name = discord.utils.escape_markdown(circle.name)
    lines = [say("**{name}** stands, in <#{channel}>.", name=name, channel=circle.home.channel)]
    if dues:
        lines.append(
            say(
                "The first check-in is posted {when} ({from_now}).",
                when=stamp(dues[0], "F"),
                from_now=stamp(dues[0], "R"),
            )
        )
    buttons: list[Pressed] = [PostNow(circle.id), SeeStatus(circle.id)]
    client = interaction.client
    try:
        message = await tell_circle(client, circle, lambda: welcome(circle, client.content))
        await services.circles.welcomed(circle.id, message)
        lines.append(say("The welcome card is up there, with the agreement and **Join**."))
    except DeliveryError as error:
        log.warning("welcome card not posted", circle=circle.id, error=type(error).__name__)
        lines.append(say("The welcome card is not up yet. {why}", why=sentence(error)))
        buttons.append(PostWelcome(circle.id))
    if cannot_ping(interaction.client, circle.home):
        lines.append(CANNOT_PING(channel=circle.home.facilitators, role=circle.home.role))
    lines.append(say("You might pin the welcome card: the first week refers to the agreement in it."))
    lines.append(
        say(
            "Facilitators without Manage Server can be given these in Discord under *Server Settings → "
            "Integrations → Trellis*: {commands}.",
            commands=_for_facilitators(client),
        )
    )
    language = NATIVE[circle.settings.language]
    lines.append(say("Posts are in {language}; `/circle settings language` sets another.", language=language))
    return Told("\n".join(lines), view=Panel(*buttons))


def _for_facilitators(client: "TrellisClient") -> str:
    """What Discord hides from whoever lacks Manage Server, until somebody says otherwise."""
    hidden = (each for each in client.tree.get_commands() if each.default_permissions is not None)
    return ", ".join(f"`/{each.name}`" for each in hidden if not isinstance(each, ContextMenu))
