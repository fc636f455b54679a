"""Two weeks of posts at a glance, day by day, and each of them to be looked at."""

from collections.abc import Sequence
from itertools import groupby

import discord

from bot.domain.occurrences import Reason
from bot.domain.outlook import Foreseen
from bot.services.schedules import Fortnight
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel
from cogs.reasons import KINDS, REASONS, gist, kind_of
from cogs.schedules._components import SeePost
from cogs.schedules.previewing import SHOWN, options
from cogs.sentences import stamp
from cogs.speech import Phrase, say
from cogs.words import clipped

LONGEST = 4096  # characters of an embed's description (Discord)
NOTHING = Phrase(
    "Nothing is scheduled. `/schedule add` makes a recurring post, and `/theme plan` lays out weeks."
)
WHERE = Phrase("Each line is in your own time. Choose a post below to see it exactly as it will be posted.")


def fortnight_look(fortnight: Fortnight) -> Told:
    """What comes, in order; what does not come is named with its reason."""
    circle = fortnight.circle
    if not fortnight.posts:
        return Told(NOTHING())
    embed = calm(
        title=clipped(
            say("The next two weeks of {name}", name=discord.utils.escape_markdown(circle.name)), 256
        ),
        description=clipped("\n".join([WHERE(), "", *_days(fortnight)]), LONGEST),
    )
    seen = options_of(fortnight.posts)
    selects = [
        SeePost(
            int(circle.id),
            place,
            seen[at : at + SHOWN],
            say("See a post as it will look ({place})", place=place + 1),
        )
        for place, at in enumerate(range(0, len(seen), SHOWN))
    ]
    return Told("", embed=embed, view=Panel(*selects[:5]) if selects else None)


def options_of(posts: Sequence[Foreseen]) -> list[discord.SelectOption]:
    """All choices, in pieces that `options` takes."""
    return [option for one in posts for option in options([one])]


def post_line(one: Foreseen) -> str:
    """`09:00 boundary challenge · The yes list`, in the reader's own time."""
    kind = KINDS[one.schedule.kind]
    if one.prompt is None:
        return f"{stamp(one.due.at, 't')} ~~{kind}~~ {REASONS[one.reason or Reason.NOTHING_PLANNED]}"
    said = discord.utils.escape_markdown(gist(one.prompt))
    return f"{stamp(one.due.at, 't')} {kind_of(one.prompt)} · {said}"


def _days(fortnight: Fortnight) -> list[str]:
    lines = []
    for day, posts in groupby(fortnight.posts, key=lambda one: one.due.date):
        due = list(posts)
        holiday = f" · {fortnight.holidays[day]}" if day in fortnight.holidays else ""
        lines.append(f"**{stamp(due[0].due.at, 'D')}**{holiday}")
        lines += [f"- {post_line(one)}" for one in due]
    return lines
