"""A slower channel, as it is said to its facilitator and to everyone in it."""

from typing import Any

from bot.domain.channel_errors import CannotSlow
from bot.domain.errors import DeliveryError
from bot.domain.ids import CircleId
from bot.domain.paces import PACES
from bot.domain.prompts import Content
from bot.services.paces import PaceSet
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.sentences import sentence, stamp
from cogs.speech import Phrase, in_a_row, say
from cogs.words import lines, text

NAMES = {  # of the paces, in seconds
    0: Phrase("off"),
    10: Phrase("10 seconds"),
    30: Phrase("30 seconds"),
    60: Phrase("1 minute"),
    300: Phrase("5 minutes"),
    900: Phrase("15 minutes"),
    3600: Phrase("1 hour"),
}
SLOW = Phrase("<#{channel}> goes slower now: each person can write once in {pace}.")
USUAL = Phrase("<#{channel}> has no slow mode now.")
BY_ITSELF = Phrase("It ends by itself {when}.")
UNTIL_YOU = Phrase("It stays so until you change it with `/channel slow`.")
MANAGERS = Phrase("Those who manage messages or channels can write at any pace.")
TOLD = Phrase("A calm note there says so.")
NOT_TOLD = Phrase("The note about it is not up.")


async def slowed(
    interaction: Interaction, circle: CircleId, seconds: int, duration: str | None, *, note: bool
) -> Told:
    """Sets the pace, tells the channel where it is to be told, and says what is so."""
    if seconds not in PACES:
        raise CannotSlow
    paces = interaction.client.services.paces
    note = note and bool(seconds)
    done = await paces.set_(actor_of(interaction), circle, seconds, span=duration, note=note)
    said = [_said(done), await _note(interaction, done) if note else ""]
    return Told(lines([*said, MANAGERS() if seconds else ""]))


def _said(done: PaceSet) -> str:
    channel = done.circle.home.channel
    if not done.seconds:
        return USUAL(channel=channel)
    end = BY_ITSELF(when=stamp(done.ends_at, "F")) if done.ends_at else UNTIL_YOU()
    return in_a_row(SLOW(channel=channel, pace=NAMES[done.seconds]), end)


async def _note(interaction: Interaction, done: PaceSet) -> str:
    from cogs.messenger import tell_circle

    try:
        await tell_circle(interaction.client, done.circle, lambda: _public(interaction.client.content, done))
    except DeliveryError as error:
        return in_a_row(NOT_TOLD, sentence(error) or "")
    return TOLD()


def _public(content: Content, done: PaceSet) -> dict[str, Any]:
    said = text(content, "sf-p-slow", pace=NAMES[done.seconds]())
    until = f"-# {say('Until {when}.', when=stamp(done.ends_at, 't'))}" if done.ends_at else ""
    return {"content": "\n".join(filter(None, (said, until))), "silent": done.circle.settings.discreet}
