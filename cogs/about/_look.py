"""How Trellis says what it is, and how it kept its word."""

import discord

from bot.domain.circles import Circle
from bot.domain.prompts import Content
from bot.domain.promises import PromiseLog
from cogs.letters import KINDS, REASONS
from cogs.sentences import stamp

LONG = "sf-d-long"
OPERATOR = "the person who runs me"
SHOWN = 5  # explained posts, newest first


def about_look(content: Content, version: str) -> discord.Embed:
    """What it is and is not, and its version."""
    embed = discord.Embed(
        title="Trellis",
        description="A trellis does not grow the plant. It holds still while the plant grows.\n\n"
        + content.texts[LONG].replace("{operator}", OPERATOR),
    )
    embed.add_field(
        name="Not for emergencies",
        value="I'm a bot, no therapist and no emergency service. In danger, your local emergency number is there now.",
        inline=False,
    )
    embed.add_field(
        name="Private",
        value="What you write is kept encrypted. `/privacy` shows what is kept about you, and deletes it.",
        inline=False,
    )
    embed.set_footer(text=f"Trellis {version} · free software (MIT)")
    return embed


def kept_word(embed: discord.Embed, circle: Circle, promises: PromiseLog) -> None:
    """Adds the promise log of the last 30 days: what was promised, what came, and why the rest did not."""
    lines = [f"Posts promised: {promises.promised}. Sent: {promises.sent}, of these late: {promises.late}."]
    if promises.missed:
        lines.append(f"Missed by a fault: {promises.missed}.")
    if promises.held:
        lines.append(f"Held back by choice: {promises.held}.")
    for entry in list(promises.explained)[-SHOWN:]:
        kind, reason = KINDS.get(entry.kind.value, "post"), REASONS.get(entry.reason.value, "unknown")
        lines.append(f"- {stamp(entry.due, 'f')}: {kind}; {reason}")
    name = discord.utils.escape_markdown(circle.name)
    embed.add_field(name=f"The last 30 days in {name}"[:256], value="\n".join(lines)[:1024], inline=False)
