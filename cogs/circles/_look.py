"""How a circle's settings, its pause and its standing are said."""

import discord

from bot.domain.circles import Circle, Settings
from cogs.errors import Told
from cogs.sentences import stamp

NEXT_STEP = "You can change any of these by naming it with `/circle settings`."


def settings_look(circle: Circle, *, before: Circle) -> Told:
    """All settings, with those that were just changed marked."""
    was, now = _settings(before.settings), _settings(circle.settings)
    embed = discord.Embed(title=f"Settings of {discord.utils.escape_markdown(circle.name)}"[:256])
    for name, value in now.items():
        changed = was[name] != value
        embed.add_field(name=name, value=f"**{value}** (was {was[name]})" if changed else value)
    text = "Changed." if was != now else NEXT_STEP
    return Told(text, embed=embed)


def _settings(settings: Settings) -> dict[str, str]:
    quiet = settings.quiet
    return {
        "Time zone": settings.zone.key,
        "Daily check-in": f"{settings.prompt_time:%H:%M}",
        "Discreet": "yes" if settings.discreet else "no",
        "Quiet hours": f"{quiet.start:%H:%M} to {quiet.end:%H:%M}" if quiet else "none",
        "Region": settings.region or "not set",
        "Sharing": settings.sharing.value,
    }


def paused(circle: Circle) -> str:
    """What the circle reads when a pause begins."""
    until = circle.pause.until if circle.pause else None
    end = (
        f"Posts begin again {stamp(until, 'F')}."
        if until
        else "Posts begin again when a facilitator says so."
    )
    return (
        f"The circle rests for now: nothing is posted by me. {end} `/checkin` and everything private keep "
        "working meanwhile, and nothing of yours is lost."
    )


def resumed() -> str:
    """What the circle reads when a pause ends."""
    return "The circle goes on: posts come at their usual times again. There is nothing to catch up on."


def status_look(*a, **k): ...
