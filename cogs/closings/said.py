"""The sentences of a closing that stand in several places."""

from bot.domain.circles import Circle
from cogs.sentences import stamp
from cogs.speech import Phrase

CLOSES = Phrase(
    "This circle closes {at} ({ago}). I tell <#{channel}> and <#{facilitators}> so. Until then "
    "**Keep the circle**, or `/circle resume`, takes it back, and nothing is lost. After that all "
    "that I keep of it is deleted."
)
KEPT = Phrase(
    "The circle stays, and nothing was lost. Posts come at their usual times again. I tell "
    "<#{channel}> and <#{facilitators}> so."
)
KEPT_RESTING = Phrase(
    "The circle stays, and nothing was lost. It rests as it did before; `/circle resume` ends "
    "that. I tell <#{channel}> and <#{facilitators}> so."
)
STAYS = Phrase("The circle stays open. Nothing was changed, and nobody was told anything.")


def closes(circle: Circle) -> str:
    """To its facilitators: when, and how it is taken back."""
    assert circle.closing is not None  # noqa: S101 - it is said of one that closes
    at = circle.closing.closes_at
    home = circle.home
    return CLOSES(at=stamp(at, "F"), ago=stamp(at, "R"), channel=home.channel, facilitators=home.facilitators)


def kept(circle: Circle, *, rests: bool) -> str:
    """To the facilitator who has kept it."""
    said = KEPT_RESTING if rests else KEPT
    return said(channel=circle.home.channel, facilitators=circle.home.facilitators)


def stays() -> str:
    """Where nothing was closed."""
    return STAYS()
