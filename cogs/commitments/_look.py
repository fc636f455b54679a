"""How a commitment looks to its member: their words, the last days, and what can be pressed."""

from datetime import date, timedelta

import discord

from bot.domain.commitments import KEEPS, LOG_BACK, Commitment, Mark, Rhythm, spoken_cadence
from bot.services.own_commitments import CommitmentShown
from cogs.commitments._form import HARD, OFTEN, PLACE, SEEN, SMALLEST, VALUE
from cogs.dates import on_day, short_day
from cogs.embeds import calm
from cogs.harmless import harmless
from cogs.speech import Phrase, say, several
from cogs.words import clipped

SAID = {
    Mark.KEPT: "kept",
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
            embed.add_field(name=name, value=clipped(said, 1024), inline=False)
    if it.reminded:
        embed.add_field(
            name=say("Reminder"),
            value=say("at {reminded}, on days that ask", reminded=f"{it.reminded:%H:%M}"),
            inline=False,
        )
    embed.set_footer(
        text=say(
            "{only_you} Your day begins at {day_starts} ({zone}).",
            only_you=ONLY_YOU,
            day_starts=f"{it.day_starts:%H:%M}",
            zone=it.zone.key,
        )
    )
    return embed


def title(it: Commitment, most: int = 60) -> str:
    """Its first words, for a button or a menu."""
    said = it.words.text.removeprefix("I will ").strip()
    return clipped(upper(said), most)


def overview(all_: list[CommitmentShown]) -> discord.Embed:
    """All of one's own, a line or two each."""
    embed = calm(title=say("Your commitments"))
    for shown in all_[:20]:
        it = shown.commitment
        today = shown.log.get(shown.today)
        said = [say("How often: {it}", it=_often(it))]
        if it.live and not it.paused and not it.lapse_only:
            said.append(
                say("Today: {today}", today=SAID[today])
                if today
                else say("Today: nothing noted, and that is fine")
            )
        embed.add_field(name=clipped(harmless(it.words.text), 256), value="\n".join(said), inline=False)
    embed.set_footer(text=ONLY_YOU)
    return embed


def day_name(day: date, today: date) -> str:
    """`today`, `yesterday`, or the day's name."""
    names = {today: "today", today - timedelta(days=1): "yesterday"}
    return names.get(day) or short_day(day)


def upper(said: str) -> str:
    """With a capital letter first, the others as they are."""
    return said[:1].upper() + said[1:]


def loggable_days(shown: CommitmentShown) -> list[date]:
    """Today and the days before that can still be logged, newest first."""
    first = max(shown.today - timedelta(days=LOG_BACK), shown.commitment.begun)
    return [shown.today - timedelta(days=n) for n in range((shown.today - first).days + 1)]


def _often(it: Commitment) -> str:
    cadence = it.cadence
    said = f"on {on_day(cadence.on)}" if cadence.on else spoken_cadence(cadence)
    if cadence.rhythm is Rhythm.DAYS:
        said = said.replace(", ", " and ") if len(cadence.days) == 2 else said
    if it.lapse_only:
        said += say("; you log only what didn't go well")
    if it.ended:
        return say("{said}; let go on {ended}", said=said, ended=short_day(it.ended, year=True))
    return (
        say("{said}; paused since {first}", said=said, first=short_day(it.rests[-1].first))
        if it.paused
        else said
    )


def _days(shown: CommitmentShown) -> str:
    days = [day for day in loggable_days(shown) if day in shown.log]
    if not days:
        return ""
    return "\n".join(f"{upper(day_name(day, shown.today))}: {SAID[shown.log[day]]}" for day in days)


def record(shown: CommitmentShown) -> str:
    """The whole record as lines of text, oldest first."""
    kept = sum(mark in KEEPS for mark in shown.log.values())
    head = [
        shown.commitment.words.text,
        say("{kept} kept in all.", kept=several("{n} time", "{n} times", kept)),
        "",
    ]
    return "\n".join([*head, *(f"{day.isoformat()}  {SAID[mark]}" for day, mark in shown.log.items())])
