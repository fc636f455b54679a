"""Crisis lines as they are said wherever help is named: number first, then who checked it, and when.

`filled` puts a text of safety.yaml into words; `HelpLines` is the button that any card may carry.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Self

import discord

from bot.domain.lines import Help, Line, LineKind, Shown, numbers
from bot.domain.prompts import Content
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.items import Pressed, button
from cogs.places import channel_id
from cogs.replies import in_place
from cogs.words import text

UNKNOWN = "your local emergency number"
UNCHECKED = "not checked here yet"
LONGEST = 600  # characters of one block of lines within a text (bot/content/_checks.py counts with it)
TEXTS = {  # what is said with the lines of a kind
    LineKind.CRISIS: "sf-s-lines",
    LineKind.ABUSE: "sf-s-abuse-lines",
    LineKind.CHILD: "sf-s-child-lines",
}
PLACEHOLDERS = {
    "lines_crisis": LineKind.CRISIS,
    "lines_abuse": LineKind.ABUSE,
    "lines_child": LineKind.CHILD,
}
_ADDRESS = re.compile(r"https://\S+")
_WORD_TO = re.compile(r"[A-Z]+ to \d")
_E164 = re.compile(r"\+[0-9 ]{7,18}")
_WOMEN_OR_MEN = re.compile(r"\((women|men)\)")


class HelpLines(Pressed, template=r"help:lines:(?P<kind>crisis|abuse|child)(?::(?P<region>[A-Z]{2}))?"):
    """Shows the lines of a kind, for whoever presses: of the country named, else of their circle's.

    Any card may carry it; it works in a server and in a direct message, and with the database down.
    """

    def __init__(self, kind: LineKind, label: str, region: str | None = None) -> None:
        super().__init__(button(label, f"help:lines:{kind}" + (f":{region}" if region else "")))
        self.kind = kind
        self.region = region

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(LineKind(match["kind"]), "Help lines", match["region"])

    async def pressed(self, interaction: Interaction) -> None:
        """In place of a private message, else beneath it for this person's eyes alone."""
        help_ = await interaction.client.services.lines.help_for(
            actor_of(interaction), region=self.region, channel=str(channel_id(interaction))
        )
        await in_place(interaction, Told(filled(interaction.client.content, TEXTS[self.kind], help_)))


def said_emergency(help_: Help) -> str:
    """For `{emergency}`: the numbers, within a sentence; what nobody has checked says so."""
    if not help_.emergency:
        return UNKNOWN
    first = help_.emergency[0]
    number = f"**{_safe(emergency_numbers(first.line))}**"
    return f"{number} ({UNCHECKED})" if first.stale else number


def said_lines(content: Content, help_: Help, kind: LineKind) -> str:
    """For `{lines_…}`: one to three lines, each with who checked it; the fallback where none is known.

    At most LONGEST characters: lines are left out from the end, never a remark of one that stays.
    """
    blocks = [said_line(each) for each in help_.of(kind)]
    while len("\n".join(blocks)) > LONGEST:
        blocks.pop()
    return "\n".join(blocks) or fallback(content, help_)


def filled(content: Content, id_: str, help_: Help, **values: str) -> str:
    """A text by its id with `{emergency}`, `{lines_…}` and the given values filled in.

    Lines begin on a line of their own. Where the emergency number stands in it unchecked, the end says where
    and when it was read.
    """
    said = content.texts[id_]
    number = "{emergency}" in said
    for name, kind in PLACEHOLDERS.items():
        place = re.compile(rf" ?\n?\{{{name}\}}")
        if place.search(said):
            before, after = place.split(said, maxsplit=1)
            said = f"{before}\n{said_lines(content, help_, kind)}{after}"
    for name, value in {**values, "emergency": said_emergency(help_)}.items():
        said = said.replace("{" + name + "}", value)
    if number and help_.emergency and help_.emergency[0].stale:
        said += f"\n-# {_safe(help_.emergency[0].line.phone)}: {remark(help_.emergency[0])}"
    return said


def said_line(shown: Shown) -> str:
    """One line: its name, how to reach it, when and for whom; and beneath, small, who checked it."""
    line = shown.line
    more = [whom(line), line.hours]
    said = " · ".join(part for part in (ways(line), *more) if part)
    return f"**{_safe(line.name)}**: {said}\n-# {remark(shown)}"


def remark(shown: Shown) -> str:
    """Who checked a line and when, or that nobody has, with where and when it was read."""
    line = shown.line
    if not shown.stale and line.verified_on is not None:
        return f"Checked on {_day(line.verified_on)}."
    if line.verified_on is not None:
        return f"Last checked on {_day(line.verified_on)}; it may have changed since."
    if line.local:
        return "Added by a facilitator of this circle; not checked yet."
    when = f" {_read(line.read_on)}" if line.read_on else ""
    age = _age(line.age)
    return f"Not checked by anyone here yet. Read at {_safe(line.place)}{when}{age}."


def ways(line: Line) -> str:
    """How it is reached: call, text, chat; numbers in bold, addresses as links."""
    called = f"call **{_number(line.phone)}**" if line.phone else ""
    texted = _texted(line)
    if line.phone and line.text == line.phone:
        called, texted = f"call or text **{_number(line.phone)}**", ""
    online = _ADDRESS.sub(lambda found: f"<{found[0]}>", line.chat) if line.chat else ""
    return ", ".join(part for part in (called, texted, online) if part)


def whom(line: Line) -> str:
    """For whom it is, where that is not everyone."""
    found = _WOMEN_OR_MEN.search(line.for_whom)
    return f"for {found[1]}" if found else ""


def fallback(content: Content, help_: Help) -> str:
    """Where nothing is known: what is there all the same, and a directory of every country's lines."""
    said = text(content, "sf-lines-fallback")
    return f"{said} <{help_.directory.chat}> lists lines of many countries." if help_.directory else said


def emergency_numbers(line: Line) -> str:
    """Such as `112 or 17, or text 114`."""
    return f"{numbers(line)}, or text {line.text}" if line.text else numbers(line)


def first_lines(shown: Sequence[Shown]) -> str:
    """Lines with a blank one between, as a card has them."""
    return "\n\n".join(said_line(each) for each in shown)


def _texted(line: Line) -> str:
    given = line.text
    if not given:
        return ""
    if given.startswith("SMS/"):
        return "text or WhatsApp the same number"
    if given.startswith("WhatsApp"):
        return f"WhatsApp **{_number(given.removeprefix('WhatsApp').strip())}**"
    sent = _safe(given) if _WORD_TO.match(given) else _number(given.removeprefix("SMS").strip())
    return f"text **{sent}**"


def _number(given: str) -> str:
    """As given; one in international form as Discord's own link, which a phone dials (`<tel:+…>`)."""
    if _E164.fullmatch(given):
        return f"<tel:{given.replace(' ', '')}>"
    return _safe(given)


def _safe(given: str) -> str:
    return discord.utils.escape_markdown(given)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _read(given: str) -> str:
    """`2026-11-23` as a day, `2026-11` as a month."""
    if len(given) > len("2026-11"):
        return f"on {_day(date.fromisoformat(given))}"
    return f"in {date.fromisoformat(f'{given}-01'):%B %Y}"


def _age(given: str) -> str:
    if not given:
        return ""
    return " (undated page)" if given.startswith("undated") else f" (page of {given[:4]})"
