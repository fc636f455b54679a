"""The map on one calm card, and what can be pressed beneath it."""

from typing import Any

import structlog

from bot.domain.accounts import Actor
from bot.domain.errors import ManyCircles, NoCircle, NotAMember
from bot.domain.prompts import Content
from bot.domain.safety_maps import MapPart, SafetyMap
from bot.services.safety_maps import MapShown
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told
from cogs.grounding._pieces import Item, help_lines, start
from cogs.items import Panel
from cogs.members.joining import Join
from cogs.places import circle_here
from cogs.safety_map import components
from cogs.speech import Phrase, say
from cogs.words import lines, text

log = structlog.get_logger()

TITLE = components.MY_MAP
LABELS = {
    MapPart.SIGNS: Phrase("How I notice that it gets hard"),
    MapPart.HELPS: Phrase("What helps me"),
    MapPart.BOUNDARIES: Phrase("My boundaries"),
    MapPart.PEOPLE: Phrase("My people"),
}
JOINING = Phrase("You can join the circle here, or leave it as it is.")
ELSEWHERE = Phrase("Joining begins in the circle's own channel, with `/join`.")


async def map_of(interaction: Interaction, said: str = "") -> Told:
    """The presser's own map; who is nobody's member is told what it is, and offered to join."""
    try:
        shown = await interaction.client.services.safety_maps.of(actor_of(interaction))
    except NotAMember:
        return await not_joined(interaction)
    except Exception:
        log.exception("a map could not be read")
        return away(interaction.client.content)
    return map_look(shown, interaction.client.content, said, dm=interaction.guild_id is None)


async def of_writer(services: Any, content: Content, actor: Actor) -> Told:
    """The map of someone who wrote a direct message."""
    try:
        return map_look(await services.safety_maps.of(actor), content, dm=True)
    except NotAMember:
        return Told(lines([text(content, "sf-map-join"), ELSEWHERE()]), view=Panel(*_open_to_all()))
    except Exception:
        log.exception("a map could not be read")
        return away(content)


def away(content: Content) -> Told:
    """Where it cannot be read now: said so, with what is there all the same."""
    return Told(text(content, "sf-map-away"), view=Panel(*_open_to_all()))


async def not_joined(interaction: Interaction) -> Told:
    """What it is, and the way in."""
    what = text(interaction.client.content, "sf-map-join")
    try:
        circle = await circle_here(interaction)
    except (NoCircle, ManyCircles):
        return Told(lines([what, ELSEWHERE()]), view=Panel(*_open_to_all()))
    return Told(lines([what, JOINING()]), view=Panel(Join(int(circle.id)), *_open_to_all()))


def map_look(shown: MapShown, content: Content, said: str = "", *, dm: bool) -> Told:
    """All of it on one card; an empty one says what it is for."""
    if shown.map is None:
        embed = calm(title=TITLE(), description=text(content, "sf-map-what"))
        about_device = text(content, "sf-map-device")
        embed.add_field(name=say("A thought about your device"), value=about_device, inline=False)
        return Told(said, embed=embed, view=Panel(*_ways(shown, dm=dm)))
    embed = calm(title=TITLE())
    for part, words in shown.map.parts.items():
        embed.add_field(name=LABELS[part](), value=words, inline=False)
    embed.set_footer(text=text(content, "sf-map-foot"))
    embed.timestamp = shown.map.changed_at
    return Told(said, embed=embed, view=Panel(*_ways(shown, dm=dm)))


def plain(map_: SafetyMap) -> str:
    """The same as text."""
    return "\n\n".join(f"{LABELS[part]}\n{words}" for part, words in map_.parts.items())


def _open_to_all() -> list[Item]:
    return [help_lines(say("Help lines")), start(say("A short exercise"))]


def _ways(shown: MapShown, *, dm: bool) -> list[Item]:
    ways: list[Item] = [components.ChangeMap(components.CHANGE if shown.map else say("Begin my map"))]
    ways += [help_lines(say("Help lines")), *components.persons(shown)]
    if shown.map:
        ways.append(components.ClearMap())  # after what one reaches for on a hard day
    if dm:
        ways.append(components.HideMap())
    return ways
