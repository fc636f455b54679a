"""How walking alongside looks: who, what they show, and the last word that came."""

from collections.abc import Collection
from datetime import date

import discord

from bot.domain.partners import SHOWN_BACK, Seen
from bot.domain.prompts import Content
from bot.services.partners import PartnerShown
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.harmless import harmless
from cogs.speech import Phrase, say
from cogs.words import clipped, text

NOBODY = Phrase(
    "Nobody walks alongside you here, and nobody needs to. If you'd like it: ask someone of this "
    "circle yourself, in your own words. When you have each picked the other here, it begins.\n\n"
    "They then see only what you choose to show: which days you kept and which you rested. "
    "Nothing else, and never what didn't go well. Either of you can end it with one press, and "
    "no reason is asked."
)
WAITING = Phrase(
    "You named {who}. Nothing was sent to them, and nobody can see it. When they pick you in "
    "`/partner`, it begins; until then, it stays a thought of yours."
)
ENDED = Phrase("It's ended, and nothing of it is kept. No reason was asked, and none was given.")
SENT = Phrase("On its way to them: “{word}”")
SHOWS_NOTHING = Phrase("They show nothing just now, and that is fine.")
FOOTER = Phrase("They can see in /privacy that you looked. Either of you can end this at any time.")


def alongside(shown: PartnerShown, content: Content) -> discord.Embed:
    """What the other shows; and what reached this member from them."""
    who = f"<@{shown.named.id}>" if shown.named else ""
    embed = calm(
        title=say("Walking alongside"), description=say("You and {who} chose this, both of you.", who=who)
    )
    for each in shown.theirs:
        embed.add_field(name=clipped(harmless(each.text), 256), value=_days(each), inline=False)
    if not shown.theirs:
        embed.add_field(name=say("Of theirs"), value=SHOWS_NOTHING(), inline=False)
    mine = [harmless(each.words.text) for each in shown.live if each.id in shown.shows]
    own = clipped("\n".join(mine) or say("Nothing so far; you choose below."), 1024)
    embed.add_field(name=say("What they see of yours"), value=own, inline=False)
    if shown.word in content.texts:
        embed.add_field(name=say("The last word from them"), value=text(content, shown.word), inline=False)
    embed.set_footer(text=FOOTER())
    return embed


def _days(each: Seen) -> str:
    kept, rested = _named(each.kept), _named(each.rested)
    parts = [
        say("Kept: {kept}", kept=kept) if kept else "",
        say("Rested: {rested}", rested=rested) if rested else "",
    ]
    return "\n".join(filter(None, parts)) or say("Nothing to see in the last {days} days.", days=SHOWN_BACK)


def _named(days: Collection[date]) -> str:
    return ", ".join(short_day(day) for day in days)
