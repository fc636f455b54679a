"""How a commitment looks to its member: their words, the last days, and what can be pressed."""

from datetime import date, timedelta
from typing import NamedTuple

import discord

from bot.domain.commitments import KEEPS, LOG_BACK, Commitment, Mark
from bot.services.own_commitments import CommitmentShown
from cogs import cadences
from cogs.commitments._form import HARD, OFTEN, PLACE, SEEN, SMALLEST, VALUE
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.harmless import harmless
from cogs.speech import Phrase, say, several
from cogs.words import clipped

SAID = {
    Mark.KEPT: Phrase("kept"),
    Mark.SMALL: Phrase("kept, smallest version"),
    Mark.REST: Phrase("rest day"),
    Mark.MISSED: Phrase("not this time"),
    Mark.REPAIRED: Phrase("late, and mended"),
}
ONLY_YOU = Phrase("Only you see this.")
NONE = Phrase(
    "You have no commitment here, and none is needed. If you'd like one: `/commit add` begins "
    "with a single small act."
)
DAYS_NOTED = Phrase("The last days")
I_WILL = Phrase("I will")  # as most begin; a label does without


class Dated(NamedTuple):
    """One sentence as it is said of today, of yesterday, and of a `{day}` before."""

    today: Phrase
    yesterday: Phrase
    before: Phrase

    def __call__(self, day: date, today: date) -> str:
        if day == today:
            return self.today()
        return self.yesterday() if day == _before(today) else self.before(day=short_day(day))


FOR_DAY = Dated(Phrase("For today."), Phrase("For yesterday."), Phrase("For {day}."))
HOW_DID_IT_GO = Dated(
    Phrase("How did it go today?"), Phrase("How did it go yesterday?"), Phrase("How did it go {day}?")
)


def commitment_card(shown: CommitmentShown) -> discord.Embed:
    """All that the member wrote, and the last days as they logged them."""
    it = shown.commitment
    words = it.words
    embed = calm(title=say("Your commitment"), description=harmless(words.text))
    often = _often(it)
    for name, value in (
        (SEEN, words.seen),
        (SMALLEST, words.smallest),
        (OFTEN, often),
        (PLACE, words.plan),
        (VALUE, words.value),
        (HARD, words.hard),
        (DAYS_NOTED, _days(shown)),
    ):
        if value:
            said = value if name in (OFTEN, DAYS_NOTED) else harmless(value)
            embed.add_field(name=name(), value=clipped(said, 1024), inline=False)
    if it.reminded:
        embed.add_field(
            name=say("Reminder"),
            value=say("at {time}, on days that ask", time=f"{it.reminded:%H:%M}"),
            inline=False,
        )
    begins = say("Your day begins at {time} ({zone}).", time=f"{it.day_starts:%H:%M}", zone=it.zone.key)
    embed.set_footer(text=f"{ONLY_YOU} {begins}")
    return embed


def title(it: Commitment, most: int = 60) -> str:
    """Its first words, for a button or a menu."""
    said = it.words.text
    for beginning in {I_WILL.english, I_WILL()}:
        said = said.removeprefix(f"{beginning} ")
    return clipped(upper(said.strip()), most)


def overview(all_: list[CommitmentShown]) -> discord.Embed:
    """All of one's own, a line or two each."""
    embed = calm(title=say("Your commitments"))
    for shown in all_[:20]:
        it = shown.commitment
        today = shown.log.get(shown.today)
        said = [say("How often: {often}", often=_often(it))]
        if it.live and not it.paused and not it.lapse_only:
            said.append(
                say("Today: {how}", how=SAID[today])
                if today
                else say("Today: nothing noted, and that is fine")
            )
        embed.add_field(name=clipped(harmless(it.words.text), 256), value="\n".join(said), inline=False)
    embed.set_footer(text=ONLY_YOU())
    return embed


def day_name(day: date, today: date) -> str:
    """`Today`, `Yesterday`, or the day's name, as it begins a line."""
    if day == today:
        return say("Today")
    return say("Yesterday") if day == _before(today) else upper(short_day(day))


def upper(said: str) -> str:
    """With a capital letter first, the others as they are."""
    return said[:1].upper() + said[1:]


def loggable_days(shown: CommitmentShown) -> list[date]:
    """Today and the days before that can still be logged, newest first."""
    first = max(shown.today - timedelta(days=LOG_BACK), shown.commitment.begun)
    return [shown.today - timedelta(days=n) for n in range((shown.today - first).days + 1)]


def _often(it: Commitment) -> str:
    said = [cadences.said(it.cadence)]
    if it.lapse_only:
        said.append(say("you log only what didn't go well"))
    if it.ended:
        said.append(say("let go on {day}", day=short_day(it.ended, year=True)))
    elif it.paused:
        said.append(say("paused since {day}", day=short_day(it.rests[-1].first)))
    return "; ".join(said)


def _days(shown: CommitmentShown) -> str:
    days = [day for day in loggable_days(shown) if day in shown.log]
    if not days:
        return ""
    return "\n".join(f"{day_name(day, shown.today)}: {SAID[shown.log[day]]}" for day in days)


def record(shown: CommitmentShown) -> str:
    """The whole record as lines of text, oldest first."""
    kept = sum(mark in KEEPS for mark in shown.log.values())
    head = [
        shown.commitment.words.text,
        several("{n} time kept in all.", "{n} times kept in all.", kept),
        "",
    ]
    return "\n".join([*head, *(f"{day.isoformat()}  {SAID[mark]}" for day, mark in shown.log.items())])


def _before(day: date) -> date:
    return day - timedelta(days=1)
