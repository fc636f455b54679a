"""`/help-now`: works anywhere, for anyone, with the database down and where Trellis is no member."""

from discord import app_commands
from discord.app_commands import Choice

from bot.domain import regions
from cogs.actors import Interaction, actor_of
from cogs.anywhere import anywhere
from cogs.choices import OFFERED, offered
from cogs.help_now._card import help_card
from cogs.help_now._countries import countries
from cogs.help_now._places import show
from cogs.items import button
from cogs.places import channel_id
from cogs.speech import say


@offered
async def choose_country(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Countries near what was typed; before that, those of which a number is known."""
    known = countries(interaction.client.services)
    found = regions.search(current, interaction.client.content.regions, OFFERED) if current.strip() else known
    return [Choice(name=f"{name} ({code})"[:100], value=code) for code, name in found]


@anywhere
@app_commands.command(name="help-now", description="People you can call or text, and the emergency number")
@app_commands.describe(region="The country; your circle's if left out")
@app_commands.autocomplete(region=choose_country)
async def help_now(interaction: Interaction, region: str | None = None) -> None:
    """Shows it at once."""
    services = interaction.client.services
    found = await services.lines.find(
        actor_of(interaction), typed=region, channel=str(channel_id(interaction))
    )
    told = help_card(services, found)
    if interaction.guild_id is None and told.view is not None:
        told.view.add_item(button(say("My map"), "map:show:0"))  # one tap away, where nobody else is
    await show(interaction, told)
