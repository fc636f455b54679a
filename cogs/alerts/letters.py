"""Letters about alerts: to the facilitators' channel, where those are asked by name who can answer."""

import re
from collections.abc import Callable
from typing import Any

import discord

from bot.domain.accounts import Account
from bot.domain.alerts import AlertState, Step
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from bot.services.messenger import AlertNote
from cogs.alerts.buttons import Pick, SeeAlerts, for_letter
from cogs.alerts.words import row, said, span, waited
from cogs.arrived import walked
from cogs.embeds import calm
from cogs.items import Panel, button
from cogs.speech import Phrase, say
from cogs.words import clipped, lines, text

Look = dict[str, Any]  # what discord.py's `send` takes
NEWS = Phrase("There is something new for you here. You can read it when it suits you.")
ANSWERED = {
    "open": "sf-s-answer-none",
    "acknowledged": "sf-s-answer-taken",
    "closed": "sf-s-answer-closed",
}
ONE_ALERT = re.compile(r"alert:(?:take|hand-on|false|close|read):([0-9]+)")
LONGEST, LONGEST_CARD = 2000, 4096  # characters of a message, of an embed's description (Discord)


def alert_look(note: AlertNote, content: Content) -> Look:
    """A letter as it is sent: who is asked first, then what it is about."""
    look = _about(note, content)
    asked = lines([_pings(note), _why(note, content)])
    look["content"] = clipped(lines([asked, look["content"]]), LONGEST)
    people = [discord.Object(int(each.id)) for each in _people(note)]
    roles = [discord.Object(int(note.circle.home.role))] if note.role else []
    look["allowed_mentions"] = discord.AllowedMentions(everyone=False, users=people, roles=roles)
    return look


def revised_look(note: AlertNote, content: Content) -> Look:
    """A letter as it is changed to: how its alerts stand, and nobody asked."""
    look = _about(note, content)
    return {"embed": None, **look, "allowed_mentions": discord.AllowedMentions.none()}


def tells_of(note: AlertNote) -> Callable[[discord.Message], bool]:
    """Knows a letter by the alerts that its card names; it may have been pressed since it left.

    One that came together with others names those that are free. It is never taken for one that came alone:
    better told twice than one of them to nobody.
    """
    wanted, together = {str(each.alert.id) for each in note.alerts}, len(note.alerts) > 1

    def is_it(message: discord.Message) -> bool:
        named, listed = _named(message)
        return bool(named) and listed == together and (named <= wanted if together else named == wanted)

    return is_it


def talk(letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> Look:
    """A facilitator would like to talk to one of the others."""
    return {"content": text(content, "sf-a-talk", facilitator=_who(letter))}


def answered(letter: Letter, circle: Circle, _account: Account | None, content: Content) -> Look:
    """To whom an alert is about: whether somebody has it; neutral where others may see the screen."""
    view = Panel(button(say("Read it"), f"alert:answered:{letter.facts.get('alert')}"))
    if circle.settings.discreet:
        return {"content": NEWS(), "view": view, "silent": True}
    id_ = ANSWERED.get(str(letter.facts.get("state")), "sf-s-answer-none")
    at = int(letter.facts.get("at") or letter.written_at.timestamp())
    return {"content": text(content, id_, time=f"<t:{at}:f>"), "view": view, "silent": True}


def _named(message: discord.Message) -> tuple[set[str], bool]:
    """Which alerts the components of a card name, and whether it is one of several alerts."""
    parts = list(walked([each.to_dict() for each in message.components]))
    ids = [str(each.get("custom_id")) for each in parts]
    alone = {match[1] for id_ in ids if (match := ONE_ALERT.fullmatch(id_))}
    offered = {str(option["value"]) for each in parts for option in each.get("options") or ()}
    return alone | offered, any(id_.startswith("alert:list:") for id_ in ids)


def _about(note: AlertNote, content: Content) -> Look:
    if not note.alerts:
        return {"content": text(content, "sf-a-gone"), "view": None}
    if len(note.alerts) == 1:
        [shown] = note.alerts
        buttons = for_letter(shown)
        return {"content": said(shown, note.circle, content), "view": Panel(*buttons) if buttons else None}
    return {
        "content": text(content, "sf-a-burst", count=str(len(note.alerts))),
        "embed": calm(description=_rows(note, content)),
        "view": Panel(*_of_burst(note)),
    }


def _rows(note: AlertNote, content: Content) -> str:
    """All of them; where that is too long without their links, as `/alerts` has those."""
    for linked in (True, False):
        rows = [
            row(number, shown, content, " · ", linked=linked) for number, shown in enumerate(note.alerts, 1)
        ]
        said = "\n".join(rows)
        if len(said) <= LONGEST_CARD:
            break
    return clipped(said, LONGEST_CARD)


def _of_burst(note: AlertNote) -> list[Any]:
    free = [
        (number, shown) for number, shown in enumerate(note.alerts, 1) if shown.alert.state is AlertState.OPEN
    ]
    return [*([Pick(int(note.circle.id), free)] if free else []), SeeAlerts(int(note.circle.id))]


def _people(note: AlertNote) -> list[Account]:
    return [*note.people, *([note.owner] if note.owner else [])]


def _pings(note: AlertNote) -> str:
    names = [f"<@{each.id}>" for each in _people(note)]
    return " ".join([*names, *([f"<@&{note.circle.home.role}>"] if note.role else [])])


def _why(note: AlertNote, content: Content) -> str:
    """Why it comes (again), and truly how late."""
    if not note.steps:
        return text(content, "sf-a-added") if note.people or note.role else ""
    free = [each.alert for each in note.alerts if each.alert.state is AlertState.OPEN]
    alert, last = (free or [note.alerts[0].alert])[0], note.steps[-1]
    late = text(content, "sf-a-late", time=span(note.late)) if note.is_late else ""
    if last is Step.FIRST:
        return text(content, "sf-a-passed") if "passed_on_by" in note.letter.facts else ""
    ids = {
        Step.SAME: "sf-a-again",
        Step.NEXT: "sf-a-nonext" if note.role else "sf-a-noack",
        Step.OWNER: "sf-a-owner",
    }
    again = text(content, ids[last], response_time=waited(alert, note.now), link=say("see below."))
    return lines([late, again])


def _who(letter: Letter) -> str:
    who = letter.facts.get("who")
    return f"<@{who}>" if who else say("A facilitator")
