"""The whole ladder to be read, rung by rung, and what a member has tried; for their eyes alone."""

import re
from collections import defaultdict
from dataclasses import replace
from typing import Any

import discord

from bot.domain.areas import Domain
from bot.domain.ids import AttemptId, CircleId, PromptId
from bot.domain.ladder import TOP
from bot.domain.prompts import Content, Prompt
from bot.services.ladder import Standing, Tried
from cogs.actors import Interaction, actor_of
from cogs.boundaries.ending import HOW, attempt_look
from cogs.boundaries.trying import challenge_look
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.replies import in_place
from cogs.speech import Phrase, Words, say
from cogs.words import clipped, in_words, lines

AREAS = {
    Domain.SELF: Phrase("With yourself"),
    Domain.BODY_SPACE: Phrase("Body and space"),
    Domain.TIME: Phrase("Time"),
    Domain.CONVERSATION: Phrase("Conversation"),
    Domain.INFORMATION: Phrase("What is known"),
    Domain.DIGITAL: Phrase("Phone and net"),
    Domain.MONEY: Phrase("Money"),
    Domain.FAMILY: Phrase("Family"),
    Domain.FRIENDSHIP: Phrase("Friendship"),
    Domain.REPAIR: Phrase("Repair"),
    Domain.CHANGE: Phrase("Change"),
}
UP_TO = {  # how high an area is open, within OPEN_TO
    Domain.SELF: Phrase("with yourself up to rung {rung}"),
    Domain.BODY_SPACE: Phrase("body and space up to rung {rung}"),
    Domain.TIME: Phrase("time up to rung {rung}"),
    Domain.CONVERSATION: Phrase("conversation up to rung {rung}"),
    Domain.INFORMATION: Phrase("what is known up to rung {rung}"),
    Domain.DIGITAL: Phrase("phone and net up to rung {rung}"),
    Domain.MONEY: Phrase("money up to rung {rung}"),
    Domain.FAMILY: Phrase("family up to rung {rung}"),
    Domain.FRIENDSHIP: Phrase("friendship up to rung {rung}"),
    Domain.REPAIR: Phrase("repair up to rung {rung}"),
    Domain.CHANGE: Phrase("change up to rung {rung}"),
}
OPEN_TO = Phrase("Open to you: {areas}. All else begins at rung 1.")
START = Phrase("Each area begins at rung 1, and opens one rung at a time.")
NONE_TRIED = Phrase("Nothing is noted here, and that is fine. `/boundary ladder` shows what can be tried.")
EARLIER = Phrase("Earlier")
PAGE = 8


class SeeRung(Pressed, template=rf"boundary:rung:({ROW_ID}):([1-3])"):
    """Shows one rung."""

    def __init__(self, circle: int, rung: int) -> None:
        super().__init__(button(say("Rung {rung}", rung=rung), f"boundary:rung:{circle}:{rung}"))
        self.circle, self.rung = CircleId(circle), rung

    async def pressed(self, interaction: Interaction) -> None:
        """In the place of the one before."""
        standing = await interaction.client.services.ladder.standing(actor_of(interaction), self.circle)
        await in_place(interaction, rung_look(standing, self.rung, interaction.client.content))


class ChooseChallenge(Pressed, template=rf"boundary:choose:({ROW_ID}):([1-3])"):
    """A menu of a rung's challenges."""

    def __init__(self, circle: int, rung: int, found: list[Prompt] | None = None) -> None:
        options = [
            discord.SelectOption(
                label=clipped(one.title, 100), value=one.id, description=clipped(one.text, 100)
            )
            for one in (found or [])[:25]
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"boundary:choose:{circle}:{rung}",
            placeholder=say("Read one"),
            options=options or [discord.SelectOption(label="-", value="-")],
        )
        super().__init__(menu)
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows it whole."""
        ladder, id_ = interaction.client.services.ladder, PromptId(next(iter(chosen(interaction)), ""))
        standing, prompt = await ladder.challenge(actor_of(interaction), self.circle, id_)
        told = challenge_look(standing, prompt, interaction.client.content)
        back = SeeRung(int(self.circle), prompt.intensity)
        view = Panel(*(told.view.children if told.view else ()), back)
        await in_place(interaction, Told(told.text, embed=told.embed, view=view))


class OpenAttempt(Pressed, template=rf"boundary:open:({ROW_ID})"):
    """A menu of what a member tried."""

    def __init__(self, circle: int, found: list[Tried] | None = None) -> None:
        options = [
            discord.SelectOption(label=clipped(_name(each), 100), value=str(each.attempt.id))
            for each in (found or [])[:25]
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"boundary:open:{circle}",
            placeholder=say("Open one"),
            options=options or [discord.SelectOption(label="-", value="-")],
        )
        super().__init__(menu)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows it, with what can be pressed."""
        given = next(iter(chosen(interaction)), "")
        id_ = AttemptId(int(given) if re.fullmatch(ROW_ID, given) else 0)
        tried = await interaction.client.services.ladder.get(actor_of(interaction), id_)
        told = attempt_look(tried, interaction.client.content)
        view = Panel(*(told.view.children if told.view else ()), DeleteAttempt(int(id_)))
        await in_place(interaction, Told(told.text, embed=told.embed, view=view))


class TurnMine(Pressed, template=rf"boundary:mine:({ROW_ID}):([0-9]{{1,4}})"):
    """Leafs through what was tried."""

    def __init__(self, circle: int, page: int, label: Words = EARLIER) -> None:
        super().__init__(button(label, f"boundary:mine:{circle}:{page}"))
        self.circle, self.page = CircleId(circle), page

    async def pressed(self, interaction: Interaction) -> None:
        """Shows another page."""
        mine = await interaction.client.services.ladder.mine(actor_of(interaction), self.circle)
        await in_place(interaction, mine_look(mine, interaction.client.content, int(self.circle), self.page))


class DeleteAttempt(Pressed, template=rf"boundary:delete:({ROW_ID})"):
    """Deletes one, with all that was noted on it."""

    def __init__(self, attempt: int) -> None:
        super().__init__(button(say("Delete this"), f"boundary:delete:{attempt}", discord.ButtonStyle.danger))
        self.attempt = AttemptId(attempt)

    async def pressed(self, interaction: Interaction) -> None:
        """At once."""
        await interaction.client.services.ladder.delete(actor_of(interaction), self.attempt)
        await in_place(interaction, Told(say("Deleted. Nothing of it is kept.")))


def rung_look(standing: Standing, rung: int, content: Content) -> Told:
    """A rung's challenges by area, and how high each area is open."""
    found = [in_words(one, content) for one in standing.fits if one.intensity == rung]
    by_area: dict[Domain | None, list[str]] = defaultdict(list)
    for one in found:
        by_area[one.domain].append(one.title)
    name, meaning = content.rungs[rung]
    embed = calm(
        title=say("Rung {rung} of {top}: {name}", rung=rung, top=TOP, name=name),
        description=lines([meaning, _open_to(standing)]),
    )
    for area, label in AREAS.items():
        if by_area[area]:
            embed.add_field(name=label(), value="\n".join(by_area[area]), inline=True)
    embed.set_footer(text=say("Only you see this."))
    circle = int(standing.circle.id)
    others = [SeeRung(circle, each) for each in content.rungs if each != rung]
    with_another = button(say("Practise together"), f"pair:show:{circle}")
    return Told("", embed=embed, view=Panel(ChooseChallenge(circle, rung, found), *others, with_another))


def mine_look(mine: list[Tried], content: Content, circle: int, page: int) -> Told:
    """What was tried, the newest first."""
    if not mine:
        return Told(NONE_TRIED())
    page = min(page, (len(mine) - 1) // PAGE)
    shown = [_in_words(each, content) for each in mine[page * PAGE : (page + 1) * PAGE]]
    embed = calm(title=say("What you have tried"), description="\n".join(_name(each) for each in shown))
    embed.set_footer(text=say("Only you see this. Every ending is a good one."))
    ways: list[Pressed] = [OpenAttempt(circle, shown)]
    if page:
        ways.append(TurnMine(circle, page - 1, say("Later")))
    if (page + 1) * PAGE < len(mine):
        ways.append(TurnMine(circle, page + 1))
    return Told("", embed=embed, view=Panel(*ways))


def _open_to(standing: Standing) -> str:
    higher = [
        UP_TO[area](rung=rung) for area, rung in standing.open_to.items() if area is not None and rung > 1
    ]
    return OPEN_TO(areas=", ".join(sorted(higher))) if higher else START()


def _in_words(tried: Tried, content: Content) -> Tried:
    return replace(tried, challenge=in_words(tried.challenge, content)) if tried.challenge else tried


def _name(tried: Tried) -> str:
    attempt = tried.attempt
    title = tried.challenge.title if tried.challenge else attempt.challenge
    how = HOW[attempt.ending]() if attempt.ending else say("going on")
    day = attempt.begun_at.astimezone(tried.circle.settings.zone).date()
    return f"{short_day(day)}: {title}, {how}"
