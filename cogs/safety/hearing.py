"""After a person's words were kept, and that was said: help for their eyes alone, where words matched."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import discord
import structlog

from bot.domain.accounts import Actor
from bot.domain.errors import DeliveryError
from bot.domain.languages import Language
from bot.domain.listening.tiers import Tier
from bot.services.listening import Listened
from cogs.actors import Interaction, actor_of, written_by
from cogs.delivering import delivering
from cogs.direct_messages import reply
from cogs.errors import Told, answer
from cogs.help_now.said import filled
from cogs.places import channel_id
from cogs.safety.scenes import Flag, Setting, scene_for
from cogs.safety.steps import opener, page
from cogs.speech import speaking
from cogs.words import text

if TYPE_CHECKING:
    from cogs.client import TrellisClient

log = structlog.get_logger()


async def hear(interaction: Interaction, texts: Iterable[str], offered: bool) -> None:
    """Listens to what was written in a form, and answers beneath the answer to it. Never raises."""
    client, actor = interaction.client, actor_of(interaction)
    channel = str(channel_id(interaction))
    listened = await client.services.listening.listen(actor, texts, channel=channel, offered=offered)
    try:
        flags = [Flag.HERE] if interaction.guild_id is None else []
        told = await _told(client, await _arrived(client, listened), actor, channel, *flags)
        if told is not None:
            with delivering():
                await answer(interaction, told)
    except Exception as error:
        if isinstance(error, DeliveryError):
            log.warning("help was not delivered", error=type(error).__name__)
        else:
            log.exception("help could not be shown")
        await client.services.listening.undelivered(actor, listened, offered=offered)


async def heard_directly(client: "TrellisClient", message: discord.Message) -> bool:
    """Listens to a direct message; True where it was answered with help.

    Where it could not be screened that is said, and what was asked for comes all the same.
    """
    actor = written_by(message)
    listened = await client.services.listening.listen(actor, [message.content])
    try:
        with speaking(listened.language or Language.EN):
            told = await _told(client, listened, actor, None, Flag.HERE)
            if told is not None:
                await reply(message, told)
    except Exception:
        await client.services.listening.undelivered(actor, listened, offered=False)
        raise
    return told is not None and not listened.failed


async def _told(
    client: "TrellisClient", listened: Listened, actor: Actor, channel: str | None, *flags: Flag
) -> Told | None:
    """What is shown; None where nothing is."""
    if listened.tier is Tier.NONE and not listened.failed:
        return None
    content = client.content
    help_ = await client.services.lines.help_for(actor, channel=channel)
    if listened.failed:
        return Told(filled(content, "sf-x-unheard", help_))
    if not listened.first:
        alone = listened.held and not listened.opener
        return Told(text(content, "sf-x-held")) if alone else None
    scene = scene_for(listened, *flags)
    if listened.opener:
        return opener(scene, content)
    return page(scene, Setting(content=content, help=help_, standing=listened))


async def _arrived(client: "TrellisClient", listened: Listened) -> Listened:
    """The same, once an alert that has just been written had the time to arrive: only then it is said."""
    raised = listened.alert_raised
    if raised is None or raised.told:
        return listened
    try:
        return replace(listened, alert_raised=await client.services.alerts.told(raised))
    except Exception as error:  # noqa: BLE001 - help does not wait for the database: a note is on its way
        log.warning("whether an alert has arrived could not be read", error=type(error).__name__)
        return listened
