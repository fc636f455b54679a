"""What the circle and its facilitators are told of duty: calmly, and so that it is true when it arrives."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.alerts.said import hours_line
from cogs.duty.components import LeaveGap, TakeTurn, UntilWhen
from cogs.items import Panel
from cogs.speech import say
from cogs.words import lines, text

Look = dict[str, Any]  # what discord.py's `send` takes


def note(letter: Letter, circle: Circle, _account: Account | None, content: Content) -> Look:
    """To the circle: whether somebody is on duty. No phone rings."""
    at = f"<t:{letter.facts.get('since')}:f>"
    if letter.facts.get("covered"):
        return {"content": text(content, "sf-a-somebody", time=at), "silent": True}
    said = lines([text(content, "sf-a-nobody", time=at), hours_line(content, circle)])
    return {"content": said, "silent": True}


def gap(letter: Letter, circle: Circle, _account: Account | None, content: Content) -> Look:
    """To facilitators, before nobody is on duty."""
    hours = say("from {time} on", time=f"<t:{letter.facts.get('at')}:t>")
    said = text(content, "sf-a-rota-gap", hours=hours)
    view = Panel(UntilWhen(int(circle.id), say("I'll take it")), LeaveGap(int(circle.id)))
    return {"content": said, "view": view}


def swap(letter: Letter, circle: Circle, _account: Account | None, content: Content) -> Look:
    """To facilitators: one of them would like to hand over."""
    who = letter.facts.get("who")
    said = text(content, "sf-a-swap", facilitator=f"<@{who}>" if who else say("A facilitator"))
    return {"content": said, "view": Panel(TakeTurn(int(circle.id), int(letter.facts.get("duty") or 0)))}
