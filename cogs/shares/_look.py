"""What facilitators see of the words that wait: the words and their age, never whose they are."""

from collections.abc import Sequence

from bot.services.shares import Reviewed
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.sentences import stamp

NOTHING_WAITS = "Nothing waits for review."


def waiting_look(share: Reviewed, buttons: Sequence[Pressed], place: str = "") -> Told:
    """One share with its buttons; `place` such as "2 of 7 waiting"."""
    embed = calm(title="Offered to the circle", description=share.text)
    embed.add_field(
        name="Waiting since",
        value=f"{stamp(share.offered_at, 'f')} ({stamp(share.offered_at, 'R')})",
        inline=False,
    )
    if place:
        embed.set_footer(text=place)
    return Told("", embed=embed, view=Panel(*buttons))
