"""A slower channel, as it is said to its facilitator and to everyone in it."""

from bot.domain.channel_errors import CannotSlow
from bot.domain.errors import DeliveryError
from bot.domain.ids import CircleId
from bot.domain.paces import PACES
from bot.services.paces import PaceSet
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.sentences import sentence, stamp
from cogs.words import lines, text

SLOW = "<#{channel}> goes slower now: each person can write once in {pace}. {end}"
USUAL = "<#{channel}> has no slow mode now."
BY_ITSELF = "It ends by itself {when}."
UNTIL_YOU = "It stays so until you change it with `/channel slow`."
MANAGERS = "Those who manage messages or channels can write at any pace."
TOLD = "A calm note there says so."
NOT_TOLD = "The note about it is not up. {why}"


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
    return Told(lines([*said, MANAGERS if seconds else ""]))


def _said(done: PaceSet) -> str:
    channel = done.circle.home.channel
    if not done.seconds:
        return USUAL.format(channel=channel)
    end = BY_ITSELF.format(when=stamp(done.ends_at, "F")) if done.ends_at else UNTIL_YOU
    return SLOW.format(channel=channel, pace=PACES[done.seconds], end=end)


async def _note(interaction: Interaction, done: PaceSet) -> str:
    from cogs.messenger import say

    said = text(interaction.client.content, "sf-p-slow", pace=PACES[done.seconds])
    until = f"-# Until {stamp(done.ends_at, 't')}." if done.ends_at else ""
    try:
        await say(
            interaction.client,
            done.circle,
            content="\n".join(filter(None, (said, until))),
            silent=done.circle.settings.discreet,
        )
    except DeliveryError as error:
        return NOT_TOLD.format(why=sentence(error))
    return TOLD
