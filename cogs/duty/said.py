"""Who is on duty, in words."""

from collections.abc import Sequence

from bot.domain.duty import Duty
from cogs.sentences import stamp
from cogs.speech import Phrase, say

NOBODY = Phrase("Nobody is on duty.")
NOT_USED = Phrase("Nobody has used `/duty` here yet. It tells members truly whether somebody reads.")


def on_duty_words(duties: Sequence[Duty], *, used: bool) -> str:
    """Each with until when."""
    if not duties:
        return NOBODY() if used else NOT_USED()
    return say("On duty: {people}.", people=", ".join(map(_one, duties)))


def _one(duty: Duty) -> str:
    who = f"<@{duty.account.id}>"
    if duty.until is None:
        return say("{who} until they end it", who=who)
    return say("{who} until {when}", who=who, when=stamp(duty.until, "f"))
