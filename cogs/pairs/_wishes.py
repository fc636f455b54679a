"""A member's wish for a week, and whom they are kept apart from; for their eyes alone."""

import re
from typing import Any

import discord

from bot.domain.ids import CircleId
from bot.domain.practice_errors import ItTakesTwo
from bot.services.pairs import PairStanding
from cogs.actors import Interaction, account_of, actor_of
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.replies import in_place
from cogs.sentences import stamp
from cogs.speech import Phrase, say, several
from cogs.words import lines

WHAT = Phrase(
    "**Practise together: say it back.** Two of you get a private thread for some days. One "
    "writes up to four lines about something mild, the other only says back what they heard, and "
    "asks: did I get that right? Then you swap. Each turn is about five minutes, and there is a "
    "way out at each step."
)
SEEN = Phrase(
    "The other person sees your name there. Whoever manages threads on this server can open the "
    "thread, too. If you'd like a facilitator's ear, one may read along, and both of you are "
    "told."
)
IN = Phrase("You are in. Pairs are made {when}, and I leave a thread for the two of you then.")
IN_WITH_EAR = Phrase(
    "You are in, with a facilitator's ear. Pairs are made {when}, and I leave a thread then."
)
WAITED = Phrase("You were one more than pairs last time, so you go first.")
LIVE = Phrase("Your thread is here: <#{thread}>")
OPENS = Phrase("You are paired, and the thread is on its way.")
_SNOWFLAKE = re.compile(r"[0-9]{1,20}")


class JoinPairs(Pressed, template=rf"pair:join:({ROW_ID}):([01])"):
    """In for the next drawing; the second number says whether with an ear."""

    def __init__(self, circle: int, ear: int) -> None:
        label = say("I'm in, with a facilitator's ear") if ear else say("I'm in this week")
        style = discord.ButtonStyle.secondary if ear else discord.ButtonStyle.primary
        super().__init__(button(label, f"pair:join:{circle}:{ear}", style))
        self.circle, self.ear = CircleId(circle), bool(ear)

    async def pressed(self, interaction: Interaction) -> None:
        """Until the drawing it can be taken back."""
        pairs = interaction.client.services.pairs
        await in_place(
            interaction, standing_look(await pairs.join(actor_of(interaction), self.circle, ear=self.ear))
        )


class LeavePairs(Pressed, template=rf"pair:leave:({ROW_ID})"):
    """Not this week."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Not this week after all"), f"pair:leave:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing of it is kept."""
        pairs = interaction.client.services.pairs
        await in_place(interaction, standing_look(await pairs.leave(actor_of(interaction), self.circle)))


class KeepApart(Pressed, template=rf"pair:apart:({ROW_ID})"):
    """A menu of the server's people."""

    def __init__(self, circle: int) -> None:
        super().__init__(
            discord.ui.UserSelect[Any](
                custom_id=f"pair:apart:{circle}", placeholder=say("Never pair me with this person")
            )
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """They learn nothing of it."""
        given = next(iter(chosen(interaction)), "")
        if not _SNOWFLAKE.fullmatch(given):
            raise ItTakesTwo
        pairs = interaction.client.services.pairs
        standing = await pairs.keep_apart(actor_of(interaction), self.circle, account_of(int(given)))
        await in_place(interaction, standing_look(standing))


class EndApart(Pressed, template=rf"pair:end-apart:({ROW_ID})"):
    """Clears that list."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Clear that list"), f"pair:end-apart:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """At once."""
        pairs = interaction.client.services.pairs
        await in_place(interaction, standing_look(await pairs.end_apart(actor_of(interaction), self.circle)))


class ShowPairs(Pressed, template=rf"pair:show:({ROW_ID})"):
    """Shows it from somewhere else."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Practise together"), f"pair:show:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Where one stands."""
        pairs = interaction.client.services.pairs
        await in_place(interaction, standing_look(await pairs.of(actor_of(interaction), self.circle)))


def standing_look(standing: PairStanding) -> Told:
    """What it is, where one stands, and what can be pressed."""
    circle, wish = int(standing.circle.id), standing.wish
    said = [WHAT(), SEEN()]
    ways: list[Pressed] = [JoinPairs(circle, 0), JoinPairs(circle, 1)]
    if wish is not None:
        said.append((IN_WITH_EAR if wish.ear else IN)(when=stamp(standing.draws_at, "F")))
        said.append(WAITED() if wish.waited else "")
        ways = [JoinPairs(circle, 0 if wish.ear else 1), LeavePairs(circle)]
    else:
        said.append(say("The next pairs are made {when}.", when=stamp(standing.draws_at, "F")))
    if standing.pair is not None:
        thread = standing.pair.thread
        said.append(LIVE(thread=thread) if thread else OPENS())
    if standing.apart:
        said.append(_apart(standing.apart))
        ways.append(EndApart(circle))
    return Told(lines(said), view=Panel(KeepApart(circle), *ways))


def _apart(number: int) -> str:
    return several(
        "You asked never to be paired with {n} person. Nobody else knows it.",
        "You asked never to be paired with {n} people. Nobody else knows it.",
        number,
    )
