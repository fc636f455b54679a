"""What facilitators are told by itself: that the plan ends soon, and each week a look back and ahead."""

from datetime import date
from typing import Any

from discord.utils import escape_markdown

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.ids import PromptId
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.dates import on_day
from cogs.embeds import calm
from cogs.items import Panel
from cogs.reasons import KINDS, REASONS, gist, kind_of
from cogs.speech import Phrase, say, several
from cogs.themes._components import PreviewWeeks, SeeCalendar, StopDigest
from cogs.words import clipped

FIELD = 1024  # characters of an embed's field (Discord)
ENDS = Phrase(
    "The plan ends soon: from {day} on nothing is planned {left}. The last theme is **{last}**. "
    "`/theme plan` lays out more weeks; without them check-ins go on with other questions, and "
    "theme and reflection posts stay out."
)
DRY = Phrase(
    "A theme or reflection post is due on {day} {left}, and nothing is planned for it. `/theme "
    "plan` lays out weeks; or `/schedule remove` takes that post away."
)
QUIET = Phrase("No post is due next week. `/schedule add` makes a recurring one.")


def queue_ends(letter: Letter, circle: Circle, _account: Account | None, _content: Content) -> dict[str, Any]:
    """7 and 2 days ahead."""
    facts = letter.facts
    day, days, last = date.fromisoformat(str(facts["on"])), int(facts["days"] or 0), facts.get("last")
    left = {0: say("(today)"), 1: say("(tomorrow)")}.get(days) or several(
        "(in {n} day)", "(in {n} days)", days
    )
    said = ENDS(day=on_day(day), left=left, last=last) if last else DRY(day=on_day(day), left=left)
    return {"content": said, "view": Panel(SeeCalendar(int(circle.id)))}


def digest(letter: Letter, circle: Circle, _account: Account | None, content: Content) -> dict[str, Any]:
    """Counts of the week that ends, and the week that comes, with its private notes."""
    facts = letter.facts
    theme, number = facts.get("theme"), facts.get("number")
    ahead = (
        say("Next week is week {number}: **{theme}**.", number=number, theme=theme)
        if theme
        else say("Next week has no theme.")
    )
    coming = _coming(str(facts.get("coming") or ""), content)
    embed = calm(title=say("The week behind, the week ahead"), description=f"{ahead}\n\n{coming}")
    fields = {
        say("Last week"): _behind(letter),
        say("Public holidays"): str(facts.get("holidays") or ""),
        say("Waiting"): _waiting(letter),
        say("The plan"): _until(facts.get("until")),
        say("Notes for facilitators"): str(facts.get("notes") or ""),
    }
    for name, value in fields.items():
        if value:
            embed.add_field(name=name, value=clipped(value, FIELD), inline=False)
    circle_id = int(circle.id)
    return {"embed": embed, "view": Panel(PreviewWeeks(circle_id), StopDigest(circle_id))}


def _behind(letter: Letter) -> str:
    facts = letter.facts
    posted, missed, held = (int(facts[name] or 0) for name in ("posted", "missed", "held"))
    parts = [several("{n} post went out", "{n} posts went out", posted)]
    if missed:
        parts.append(
            several(
                "{n} missed by a fault (`/circle status` says why)",
                "{n} missed by a fault (`/circle status` says why)",
                missed,
            )
        )
    if held:
        parts.append(several("{n} held back by choice", "{n} held back by choice", held))
    return ", ".join(parts) + "."


def _coming(lines: str, content: Content) -> str:
    said = []
    for line in lines.splitlines():
        at, kind, id_, title = line.split("\t", 3)
        prompt, why = content.prompts.get(PromptId(id_)), REASONS.get(id_.strip("()"))
        what = f"{KINDS[kind]} · {escape_markdown(title)}"
        if prompt is not None:
            what = f"{kind_of(prompt)} · {escape_markdown(gist(prompt))}"
        elif id_.startswith("(") and why:
            what = f"~~{KINDS[kind]}~~ {why}"
        said.append(f"<t:{at}:d> <t:{at}:t> {what}")
    return "\n".join(said) or QUIET()


def _waiting(letter: Letter) -> str:
    facts, said = letter.facts, []
    if facts["waiting"]:
        said.append(
            several(
                "{n} text for review, the oldest <t:{oldest}:R>.",
                "{n} texts for review, the oldest <t:{oldest}:R>.",
                int(facts["waiting"]),
                oldest=facts["oldest"],
            )
        )
    if facts["stuck"]:
        stuck = int(facts["stuck"])
        said.append(several("{n} message of mine on the way.", "{n} messages of mine on the way.", stuck))
    return "\n".join(said) or say("Nothing waits.")


def _until(day: object) -> str:
    return (
        say("Planned until {day}.", day=on_day(date.fromisoformat(str(day))))
        if day
        else say("No more weeks are planned.")
    )
