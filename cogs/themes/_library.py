"""The library at a glance, and one theme of it with all that it says."""

import discord

from bot.domain.library import MOST_INTENSE, Library
from bot.domain.prompts import Theme
from cogs.embeds import calm
from cogs.errors import Told
from cogs.speech import say
from cogs.themes._choices import theme_name
from cogs.words import blanks_kept, clipped, lines

LONGEST, FIELD = 4096, 1024  # characters of an embed's description and of a field (Discord)


def library_look(library: Library) -> Told:
    """Its themes by title, and how many questions and challenges there are for this circle."""
    titles = [
        f"{_place(theme)}{discord.utils.escape_markdown(theme_name(theme))}" for theme in library.themes
    ]
    embed = calm(title=say("What the circle can post"), description=clipped("\n".join(titles), LONGEST))
    counts = {
        say("Questions for any day"): len(library.check_ins),
        say("Questions for hard days"): len(library.hard_days),
        say("Boundary challenges"): len(library.challenges(MOST_INTENSE)),
    }
    for name, count in counts.items():
        embed.add_field(name=name, value=str(count))
    embed.set_footer(
        text=say("/theme library with a theme shows all that it says. /theme import adds your own.")
    )
    return Told("", embed=embed)


def theme_look(library: Library, theme: Theme) -> Told:
    """All its parts in the order of its week; the notes on a card of their own."""
    days = "\n".join(f"{number}. {blanks_kept(one.text)}" for number, one in enumerate(theme.daily, 1))
    embed = calm(
        title=clipped(theme_name(theme), 256), description=clipped(f"{theme.opening.text}\n\n{days}", LONGEST)
    )
    challenge = library.prompt(theme.challenge)
    parts = {
        say("Intention"): theme.intention,
        say("Boundary challenge"): challenge.title if challenge else say("none"),
        say("Practice: {title}", title=theme.practice.title): lines(
            [theme.practice.text, theme.practice.script]
        ),
        say("Closing question"): theme.closing.text,
    }
    for name, value in parts.items():
        embed.add_field(name=clipped(name, 256), value=clipped(blanks_kept(value), FIELD), inline=False)
    notes = calm(title=say("For facilitators alone"), description=clipped(library.spoken(theme.notes), 1500))
    return Told("", embed=embed, also=notes if theme.notes else None)


def _place(theme: Theme) -> str:
    return f"{theme.week}. " if theme.week else "- "
