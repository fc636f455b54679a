"""Crisis lines as they are said wherever help is named: number first, then who checked it, and when.

`filled` puts a text of safety.yaml into words; `HelpLines` is the button that any card may carry.
"""

import re
from collections.abc import Callable
from typing import Self

from bot.domain.lines import Help, LineKind
from bot.domain.prompts import Content
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told
from cogs.help_now._countries import AnotherCountry
from cogs.help_now._lines import emergency_numbers, origin, remark, safe, said_day, said_line, spaced
from cogs.help_now._places import person_of, show
from cogs.help_now._table import in_words
from cogs.items import Panel, Pressed, button
from cogs.places import channel_id
from cogs.speech import Phrase, Words, say
from cogs.words import lines, text

__all__ = [
    "A_PRESS_AWAY",
    "HelpLines",
    "fallback",
    "filled",
    "help_buttons",
    "people_now",
    "said_emergency",
    "said_line",
    "said_lines",
    "urgent",
    "ways_to_help",
]

DANGER = Phrase("In danger right now, call")
UNKNOWN = Phrase("your local emergency number")
NO_SERVICE = Phrase("I'm a bot and no emergency service.")
A_PRESS_AWAY = Phrase(
    "I'm a bot and no emergency service. In danger right now, your local emergency number is "
    "there. People who listen are one press away."
)
BETWEEN = "\n\n"  # paragraphs
LONGEST = 600  # characters of one block of lines within a text (bot/content/_checks.py counts with it)
LABELS = {
    LineKind.CRISIS: Phrase("People to call or text"),
    LineKind.ABUSE: Phrase("Safety at home"),
    LineKind.CHILD: Phrase("For a child or young person"),
}
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


class HelpLines(Pressed, template=r"help:lines:(?P<kind>crisis|abuse|child)(?::(?P<region>[A-Z]{2}))?"):
    """Shows the lines of a kind, for whoever presses: of the country named, else of their circle's.

    Any card may carry it; it works in a server and in a direct message, and with the database down.
    """

    def __init__(self, kind: LineKind, label: Words | None = None, region: str | None = None) -> None:
        custom_id = f"help:lines:{kind}" + (f":{region}" if region else "")
        super().__init__(button(label or LABELS[kind], custom_id))
        self.kind = kind
        self.region = region

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(LineKind(match["kind"]), region=match["region"])

    async def pressed(self, interaction: Interaction) -> None:
        """In place of a private message, else beneath it for this person's eyes alone."""
        help_ = await interaction.client.services.lines.help_for(
            actor_of(interaction), region=self.region, channel=str(channel_id(interaction))
        )
        said = lines([urgent(help_), of_kind(interaction.client.content, help_, self.kind)])
        view = Panel(*help_buttons(help_, self.kind))
        for way in person_of(interaction.message):
            view.add_item(way)
        await show(interaction, Told("", embed=calm(description=said), view=view))


def ways_to_help() -> list[Pressed]:
    """The two that stand beneath A_PRESS_AWAY."""
    return [HelpLines(LineKind.CRISIS), HelpLines(LineKind.ABUSE)]


def help_buttons(help_: Help, shown: LineKind) -> list[Pressed]:
    """The lines of the other kinds, and those of another country."""
    others = [HelpLines(kind, region=help_.region) for kind in LABELS if kind is not shown]
    return [*others, AnotherCountry()]


def urgent(help_: Help) -> str:
    """The emergency number, largest; beneath it who checked it."""
    if not help_.emergency:
        return f"{DANGER}\n# {UNKNOWN}"
    numbers = [f"# {safe(emergency_numbers(each.line))}\n-# {remark(each)}" for each in help_.emergency]
    return "\n".join([DANGER(), *numbers])


def said_emergency(help_: Help) -> str:
    """For `{emergency}`: the numbers, within a sentence; what nobody has checked says so."""
    if not help_.emergency:
        return UNKNOWN()
    first = help_.emergency[0]
    number = f"**{safe(emergency_numbers(first.line))}**"
    if not first.stale:
        return number
    if first.line.verified_on is None:
        return say("{number} (not checked here yet)", number=number)
    return say("{number} (last checked {day})", number=number, day=said_day(first.line.verified_on))


def said_lines(content: Content, help_: Help, kind: LineKind) -> str:
    """For `{lines_…}`: one to three lines, each with who checked it; the fallback where none is known.

    At most LONGEST characters: lines are left out from the end, never a remark of one that stays.
    """
    blocks = [said_line(each) for each in help_.of(kind)]
    while len(BETWEEN.join(blocks)) > LONGEST:
        blocks.pop()
    return BETWEEN.join(blocks) or fallback(content, help_)


def filled(content: Content, id_: str, help_: Help, *more: str, **values: str) -> str:
    """A text by its id with `{emergency}`, `{lines_…}` and the given values filled in, and `more` paragraphs.

    Lines are paragraphs of their own, to be found at a glance. Where the emergency number stands in it
    unchecked, which is said beside it, the end says where and when it was read.
    """
    said = _with_lines(content.texts[id_], lambda kind: said_lines(content, help_, kind))
    number = "{emergency}" in said
    for name, value in {**values, "emergency": said_emergency(help_)}.items():
        said = said.replace("{" + name + "}", value)
    said = "\n\n".join([said, *more])
    first = help_.emergency[0] if help_.emergency else None
    if number and first is not None and first.stale:
        said += f"\n\n-# {safe(in_words(first.line.phone))}: {origin(first.line)}."
    return said


def fallback(content: Content, help_: Help) -> str:
    """Where nothing is known: what is there all the same, and a directory of every country's lines."""
    said = text(content, "sf-lines-fallback")
    if help_.directory is None:
        return said
    directory = say("{address} lists lines of many countries.", address=f"<{help_.directory.chat}>")
    return f"{said} {directory}"


def people_now(content: Content, help_: Help) -> str:
    """Beside a wish for a person: who can be reached meanwhile; the fallback only where nobody is known."""
    found = help_.of(LineKind.CRISIS)
    people = filled(content, TEXTS[LineKind.CRISIS], help_) if found else fallback(content, help_)
    return f"{NO_SERVICE} {people}"


def of_kind(content: Content, help_: Help, kind: LineKind) -> str:
    """The text of a kind with its lines, under the emergency number: there stands who checked that."""
    shown = spaced(help_.of(kind))
    if not shown:
        return fallback(content, help_)
    said = _with_lines(content.texts[TEXTS[kind]], lambda _: shown)
    number = safe(emergency_numbers(help_.emergency[0].line)) if help_.emergency else UNKNOWN()
    return said.replace("{emergency}", f"**{number}**" if help_.emergency else number)


def _with_lines(said: str, listed: Callable[[LineKind], str]) -> str:
    for name, kind in PLACEHOLDERS.items():
        place = re.compile(rf"\s*\{{{name}\}}\s*")
        if place.search(said):
            before, after = place.split(said, maxsplit=1)
            said = BETWEEN.join(part for part in (before, listed(kind), after) if part)
    return said
