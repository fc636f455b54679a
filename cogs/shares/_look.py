"""What facilitators see of the words that wait: just the card that would be posted, its age, its place."""

from collections.abc import Sequence

from bot.domain.prompts import Content
from bot.services.reviewing import Reviewed
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.sentences import stamp
from cogs.shares.card import share_card

NOTHING_WAITS = "Nothing waits for review."
ABOVE = "Offered to the circle. If you approve it, it stands in the channel just like this."


def waiting_look(share: Reviewed, buttons: Sequence[Pressed], content: Content, place: str = "") -> Told:
    """One share with its buttons; `place` such as "2 of 7 waiting"."""
    since = share.waits_since or share.offered_at
    age = calm(description=f"Waiting since {stamp(since, 'f')} ({stamp(since, 'R')})")
    if place:
        age.set_footer(text=place)
    author = share.author.id if share.author else None
    shown = share_card(share.draft, content, share.title, author)
    return Told(ABOVE, embed=shown, also=age, view=Panel(*buttons))
