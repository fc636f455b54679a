"""What facilitators see of the words that wait: just the card that would be posted, its age, its place."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.listening.tiers import Tier
from bot.domain.prompts import Content
from bot.services.reviewing import Reviewed
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.safety.scenes import label_of
from cogs.sentences import stamp
from cogs.shares.card import share_card
from cogs.speech import Phrase, say, speaking

NOTHING_WAITS = Phrase("Nothing waits for review.")
ABOVE = Phrase("Offered to the circle. If you approve it, it stands in the channel just like this.")
MARKED = Phrase(
    "Word match for {label}. This is a word match, not an assessment, and may be wrong. Its "
    "author was shown help in private. An alert, if they agreed to one, stands in `/alerts`."
)
READ_BY = Phrase(
    "Please think of who reads here: words about danger may reach the person whom they are about."
)
MISREAD = Phrase("Its author says that they were misread.")
UNSCREENED = Phrase("I couldn't look at these words when they came in. Nothing is known of them.")
AGAIN = Phrase("These words carry a mark: word match for {label}. Would you like to post them all the same?")


def waiting_look(share: Reviewed, buttons: Sequence[Pressed], content: Content, place: str = "") -> Told:
    """One share with its buttons; `place` such as "2 of 7 waiting"."""
    since = share.waits_since or share.offered_at
    age = calm(
        description=say("Waiting since {since} ({ago})", since=stamp(since, "f"), ago=stamp(since, "R"))
    )
    mark = _mark(share, content)
    if mark:
        age.add_field(name=say("Held"), value=mark, inline=False)
    if place:
        age.set_footer(text=place)
    author = share.author.id if share.author else None
    with speaking(share.language):  # just as it would be posted
        shown = share_card(share.draft, content.spoken(share.language), share.title, author)
    return Told(ABOVE(), embed=shown, also=age, view=Panel(*buttons))


def again_look(share: Reviewed, buttons: Sequence[Pressed], content: Content) -> Told:
    """Asked once more, with the words beneath."""
    told = waiting_look(share, buttons, content)
    asked = AGAIN(label=label_of(share.matched, content))
    return replace(told, text=asked)


def _mark(share: Reviewed, content: Content) -> str:
    if share.unscreened:
        return UNSCREENED()
    if share.matched is Tier.NONE:
        return ""
    said = MARKED(label=label_of(share.matched, content))
    more = [READ_BY() if share.matched is Tier.DANGER_FROM_OTHER else "", MISREAD() if share.misread else ""]
    return "\n".join([said, *filter(None, more)])
